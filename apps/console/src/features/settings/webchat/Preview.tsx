import { SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { chatColours } from '@loket/contracts/chat-colours.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { currentLocale } from '../../../app/i18n.js';
import c from '../components/settings.module.css';
import type { WebchatForm } from '../webchat-form.js';
import { useChatTexts } from './chat-texts.js';
import { PreviewChat, PreviewStart } from './PreviewScreens.js';
import p from './preview.module.css';
import s from './webchat.module.css';
import { wordsIn } from './words-in.js';

const screens = ['start', 'chat', 'away'] as const;
type Screen = (typeof screens)[number];

/** The chat as visitors will see it, drawn from what is typed just now; the real one is a click away in the shop. */
export function Preview({ form, title }: { form: WebchatForm; title: string }) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const [screen, setScreen] = useState<Screen>('start');
  const [chosen, setChosen] = useState<VisitorLanguage | null>(null);
  const language = form.language === 'page' ? (chosen ?? currentLocale()) : (chosen ?? form.language);
  const says = useChatTexts()[language];
  const theme = form.theme === 'auto' ? scheme : form.theme;
  const colour = /^#[0-9a-f]{6}$/i.test(form.colour) ? form.colour : '#0b6374';
  const { accent, onAccent, accentText, accentSoft } = chatColours(colour, theme);
  const colours = {
    '--accent': accent,
    '--on-accent': onAccent,
    '--accent-text': accentText,
    '--accent-soft': accentSoft,
  } as CSSProperties;
  const away = screen === 'away';
  const name = title || t('settings.webchat.nameExample');
  const asks = form.preChat.length > 0 || wordsIn(form.consentText, language) !== '';
  const greeting = away
    ? wordsIn(form.awayGreeting, language) || says('awayGreeting')
    : wordsIn(form.greeting, language) || says('greeting');
  return (
    <section className={`${c.panel} ${s.preview}`} aria-label={t('settings.webchat.preview')}>
      <div className={s.previewHead}>
        <SegmentedControl
          aria-label={t('settings.webchat.previewScreen')}
          value={screen}
          data={screens.map((value) => ({ value, label: t(`settings.webchat.screen.${value}`) }))}
          onChange={(value) => setScreen(value)}
        />
        <SegmentedControl
          aria-label={t('settings.webchat.previewLanguage')}
          value={language}
          data={[
            { value: 'id', label: 'ID' },
            { value: 'en', label: 'EN' },
          ]}
          onChange={(value) => setChosen(value === 'id' ? 'id' : 'en')}
        />
      </div>
      {/* a picture of the chat: nothing in it can be pressed or typed into */}
      <div
        className={p.stage}
        data-theme={theme}
        data-side={form.side}
        style={colours}
        role="img"
        aria-label={t('settings.webchat.previewOf', { name })}
      >
        <div className={p.chat} aria-hidden="true" inert lang={language}>
          <header className={p.header}>
            <span className={p.face}>
              {initials(name)}
              {!away && <i />}
            </span>
            <span className="grow">
              <b className="cut">{name}</b>
              <small>{says(away ? 'away' : 'weAnswer')}</small>
            </span>
          </header>
          {screen !== 'chat' && asks ? (
            <PreviewStart form={form} language={language} greeting={greeting} says={says} />
          ) : (
            <PreviewChat greeting={greeting} says={says} talking={screen === 'chat'} files={form.files.on} />
          )}
          {form.credit && <p className={p.credit}>{says('credit')}</p>}
        </div>
        <span className={p.launcher} aria-hidden="true">
          <svg viewBox="0 0 24 24" width="22" height="22">
            <path d="m6 9 6 6 6-6" />
          </svg>
        </span>
      </div>
    </section>
  );
}

function initials(name: string): string {
  const [first = '', second = ''] = name.split(/\s+/);
  return (first.charAt(0) + second.charAt(0)).toUpperCase();
}
