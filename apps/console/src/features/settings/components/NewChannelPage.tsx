import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Channel, ChannelKind } from '@loket/contracts/channels.js';
import { ChannelMark, channelColor, useChannelName } from '../../../ui/ChannelMark.js';
import { showToast } from '../../../ui/toasts.js';
import { WebchatEditor } from '../webchat/WebchatEditor.js';
import { EmailEditor } from './EmailEditor.js';
import { Page } from './Page.js';
import { PhoneEditor } from './PhoneEditor.js';
import { WebhookPanel } from './WebhookPanel.js';
import { WhatsappEditor } from './WhatsappEditor.js';
import s from './settings.module.css';
import w from './whatsapp.module.css';

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
  if (made)
    return <Made {...made} onDone={() => go(`/settings/channels/${made.channel.id}`, { replace: true })} />;
  if (chosen) {
    return (
      <Page
        narrow={chosen !== 'webchat'}
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
        ) : chosen === 'webchat' ? (
          <WebchatEditor onSaved={(channel) => saved(channel)} />
        ) : (
          <PhoneEditor onSaved={(channel) => saved(channel)} />
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

/** What is left to do elsewhere, while the token that it takes is still known. */
function Made({
  channel,
  verifyToken,
  onDone,
}: {
  channel: Channel;
  verifyToken: string | null;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const top = useRef<HTMLDivElement>(null);
  // the form's button has gone, and with it the focus
  useEffect(() => top.current?.focus(), []);
  return (
    <div ref={top} tabIndex={-1} className={w.made}>
      <Page narrow title={channel.name} icon={<ChannelMark kind={channel.kind} size={20} />}>
        <WebhookPanel channel={channel} verifyToken={verifyToken} />
        <div className={w.after}>
          <span className={`grow ${s.dim}`}>{t('settings.webhook.saved')}</span>
          <Button onClick={onDone}>{t('settings.webhook.done')}</Button>
        </div>
      </Page>
    </div>
  );
}
