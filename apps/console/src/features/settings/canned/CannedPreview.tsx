import { SegmentedControl } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '@loket/contracts/access.js';
import { useChannels } from '../../../api/channels.js';
import { useMe } from '../../../api/session.js';
import { currentLocale } from '../../../app/i18n.js';
import s from '../components/settings.module.css';
import { cannedLocales, previewOf, type CannedForm } from './canned-form.js';
import g from './canned.module.css';

const namesOf = (name: string) => ({ name, firstName: name.split(' ')[0] ?? name });

/** What a customer would read, with an invented customer in the blanks. */
export function CannedPreview({ form }: { form: CannedForm }) {
  const { t } = useTranslation();
  const me = useMe();
  const channel = useChannels().data?.[0]?.name ?? 'WhatsApp';
  const [chosen, setChosen] = useState<Locale>(currentLocale());
  // the language that is written in, when only one is
  const [only] = cannedLocales.filter((one) => form.texts[one].trim() !== '');
  const locale = form.texts[chosen].trim() === '' && only ? only : chosen;
  const { parts, unknown } = previewOf(form.texts[locale].trim(), {
    customer: namesOf(t('settings.canned.sample.customer')),
    agent: namesOf(me.name),
    case: { number: '1042', subject: t(`settings.canned.sample.subject.${locale}`) },
    channel: { name: channel },
  });
  return (
    <section className={`${s.panel} ${g.preview}`} aria-labelledby="canned-preview">
      <div className={g.previewHead}>
        <h2 id="canned-preview" className={s.sub}>
          {t('settings.canned.preview')}
        </h2>
        <SegmentedControl
          aria-label={t('settings.canned.previewLanguage')}
          value={locale}
          data={cannedLocales.map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={setChosen}
        />
      </div>
      {parts.length === 0 ? (
        <p className={s.dim}>{t('settings.canned.previewEmpty')}</p>
      ) : (
        <div className={g.bubble} lang={locale}>
          {parts.map(({ text, kind }, at) =>
            kind === 'plain' ? (
              text
            ) : (
              <mark key={at} data-k={kind}>
                {text}
              </mark>
            ),
          )}
          {form.attachments.length > 0 && (
            <span className={g.bubbleFiles}>
              {form.attachments.map((file, at) => (
                <span key={`${file.sha256}${String(at)}`}>
                  <IconPaperclip size={13} aria-hidden /> {file.name}
                </span>
              ))}
            </span>
          )}
        </div>
      )}
      {unknown.length > 0 && (
        <p className={s.note} role="status" style={{ marginTop: 12 }}>
          {t('settings.canned.unknown', { names: unknown.map((name) => `{{${name}}}`).join(', ') })}
        </p>
      )}
      <p className={s.dim} style={{ marginTop: 12 }}>
        {t('settings.canned.how', { shortcut: form.shortcut.trim() || t('settings.canned.shortcutExample') })}
      </p>
    </section>
  );
}
