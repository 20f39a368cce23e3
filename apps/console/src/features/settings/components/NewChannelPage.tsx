import { Button } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Channel, ChannelKind } from '@loket/contracts/channels.js';
import { ChannelMark, channelColor, useChannelName } from '../../../ui/ChannelMark.js';
import { showToast } from '../../../ui/toasts.js';
import { EmailEditor } from './EmailEditor.js';
import { GenericEditor } from './GenericEditor.js';
import { Page } from './Page.js';
import s from './settings.module.css';

const kinds: ChannelKind[] = ['email', 'whatsapp', 'webchat', 'phone'];

/** Which kind, then its settings. */
export function NewChannelPage({ kind }: { kind: string | undefined }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const kindName = useChannelName();
  const chosen = kinds.find((one) => one === kind);
  const saved = (channel: Channel) => {
    showToast({ text: t('settings.channels.added', { name: channel.name }) });
    go(`/settings/channels/${channel.id}`, { replace: true });
  };
  if (chosen) {
    return (
      <Page
        narrow
        title={t('settings.channels.newOf', { kind: kindName(chosen) })}
        icon={<ChannelMark kind={chosen} size={20} />}
        back={{ to: '/settings/channels/new', label: t('settings.channels.otherKind') }}
      >
        {chosen === 'email' ? (
          <EmailEditor onSaved={saved} />
        ) : (
          <GenericEditor kind={chosen} onSaved={saved} />
        )}
      </Page>
    );
  }
  return (
    <Page
      narrow
      title={t('settings.channels.add')}
      intro={t('settings.channels.addIntro')}
      back={{ to: '/settings/channels', label: t('settings.channels.title') }}
    >
      <ul className={s.kinds}>
        {kinds.map((one) => (
          <li key={one} className={s.kind}>
            <span className={s.tile} style={{ '--c': channelColor(one) } as CSSProperties}>
              <ChannelMark kind={one} size={19} />
            </span>
            <div>
              <b>{kindName(one)}</b>
              <p>{t(`settings.channels.kind.${one}`)}</p>
            </div>
            <Button
              component={Link}
              href={`/settings/channels/new/${one}`}
              variant="default"
              aria-label={`${t('settings.channels.choose')} ${kindName(one)}`}
            >
              {t('settings.channels.choose')}
            </Button>
          </li>
        ))}
      </ul>
    </Page>
  );
}
