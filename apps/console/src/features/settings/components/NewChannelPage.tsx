import { Button } from '@mantine/core';
import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Channel, ChannelKind } from '@loket/contracts/channels.js';
import { ChannelMark, channelColor, useChannelName } from '../../../ui/ChannelMark.js';
import { showToast } from '../../../ui/toasts.js';
import { EmailEditor } from './EmailEditor.js';
import { GenericEditor } from './GenericEditor.js';
import { Page } from './Page.js';
import { WebhookPanel } from './WebhookPanel.js';
import { WhatsappEditor } from './WhatsappEditor.js';
import s from './settings.module.css';

const kinds: ChannelKind[] = ['email', 'whatsapp', 'webchat', 'phone'];

/** Which kind, then its settings. */
export function NewChannelPage({ kind }: { kind: string | undefined }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const kindName = useChannelName();
  const chosen = kinds.find((one) => one === kind);
  const [made, setMade] = useState<{ channel: Channel; verifyToken: string | null } | null>(null);
  const saved = (channel: Channel, search = '') => {
    showToast({ text: t('settings.channels.added', { name: channel.name }) });
    go(`/settings/channels/${channel.id}${search}`, { replace: true });
  };
  if (made) {
    const { channel, verifyToken } = made;
    return (
      <Page narrow title={channel.name} icon={<ChannelMark kind={channel.kind} size={20} />}>
        <WebhookPanel channel={channel} verifyToken={verifyToken} />
        <div className={s.after}>
          <span className={`grow ${s.dim}`}>{t('settings.webhook.saved')}</span>
          <Button onClick={() => go(`/settings/channels/${channel.id}`, { replace: true })}>
            {t('settings.webhook.done')}
          </Button>
        </div>
      </Page>
    );
  }
  if (chosen) {
    return (
      <Page
        narrow
        title={t('settings.channels.newOf', { kind: kindName(chosen) })}
        icon={<ChannelMark kind={chosen} size={20} />}
        back={{ to: '/settings/channels/new', label: t('settings.channels.otherKind') }}
      >
        {chosen === 'email' ? (
          <EmailEditor onSaved={(channel) => saved(channel)} />
        ) : chosen === 'whatsapp' ? (
          <WhatsappEditor
            onSaved={(channel, verifyToken) => {
              if (channel.capabilities.webhook) setMade({ channel, verifyToken });
              else saved(channel, channel.capabilities.session ? '?pair' : '');
            }}
          />
        ) : (
          <GenericEditor kind={chosen} onSaved={(channel) => saved(channel)} />
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
