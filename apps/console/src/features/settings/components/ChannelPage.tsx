import { Switch } from '@mantine/core';
import { IconPlugX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callJsonMediaType } from '@loket/contracts/call-views.js';
import type { Channel } from '@loket/contracts/channels.js';
import { useChannels, useUpdateChannel } from '../../../api/channels.js';
import { errorText } from '../../../api/error-text.js';
import { ChannelMark } from '../../../ui/ChannelMark.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { showToast } from '../../../ui/toasts.js';
import { isBroken, sourceOf } from '../channel-health.js';
import { WebchatEditor } from '../webchat/WebchatEditor.js';
import { CallWebhookPanel } from './CallWebhookPanel.js';
import { EmailEditor } from './EmailEditor.js';
import { ImportCallsPanel } from './ImportCallsPanel.js';
import { IngressPanel } from './IngressPanel.js';
import { Loaded } from './Loaded.js';
import { Page } from './Page.js';
import { PhoneEditor } from './PhoneEditor.js';
import { PhonePanel } from './PhonePanel.js';
import { ReconnectButton } from './ReconnectButton.js';
import { StatusLine, StatusReason } from './StatusLine.js';
import { WebhookPanel } from './WebhookPanel.js';
import { WhatsappEditor } from './WhatsappEditor.js';
import s from './settings.module.css';

/** One channel: its state, its settings, and where others may feed it. */
export function ChannelPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const back = { to: '/settings/channels', label: t('settings.channels.title') };
  return (
    <Loaded query={channels}>
      {(items) => {
        const channel = items.find((one) => one.id === id);
        if (channel) return <Editor channel={channel} back={back} />;
        return (
          <Page title={t('settings.channels.title')} back={back}>
            <EmptyState icon={<IconPlugX size={26} stroke={1.5} />} title={t('settings.channels.gone')} />
          </Page>
        );
      }}
    </Loaded>
  );
}

function Editor({ channel, back }: { channel: Channel; back: { to: string; label: string } }) {
  const { t } = useTranslation();
  // as long as this page is open, for who has not been at Meta yet
  const [verifyToken, setVerifyToken] = useState<string | null>(null);
  const saved = () => showToast({ text: t('settings.channels.saved') });
  const page = { title: channel.name, icon: <ChannelMark kind={channel.kind} size={20} />, back };
  if (channel.kind === 'webchat') {
    return (
      <Page {...page}>
        <WebchatEditor
          channel={channel}
          onSaved={saved}
          aside={
            <>
              <StatusPanel channel={channel} />
              <IngressPanel channel={channel} />
            </>
          }
        />
      </Page>
    );
  }
  return (
    <Page {...page}>
      <div className={s.two}>
        {channel.kind === 'email' ? (
          <EmailEditor channel={channel} onSaved={saved} />
        ) : channel.kind === 'whatsapp' ? (
          <WhatsappEditor
            channel={channel}
            onSaved={(_, token) => {
              setVerifyToken((before) => token ?? before);
              saved();
            }}
          />
        ) : (
          <PhoneEditor channel={channel} onSaved={saved} />
        )}
        <div className={s.column}>
          <StatusPanel channel={channel} />
          <Webhook channel={channel} verifyToken={verifyToken} />
          {channel.capabilities.rawMediaTypes.includes(callJsonMediaType) && (
            <ImportCallsPanel channelId={channel.id} />
          )}
          <IngressPanel channel={channel} />
        </div>
      </div>
    </Page>
  );
}

/** Meta's calls begin with a handshake; telephone systems have none. */
function Webhook({ channel, verifyToken }: { channel: Channel; verifyToken: string | null }) {
  const { webhook } = channel.capabilities;
  if (!webhook) return null;
  if (webhook.verifyToken === null) return <CallWebhookPanel channel={channel} />;
  return <WebhookPanel channel={channel} verifyToken={verifyToken} />;
}

function StatusPanel({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const update = useUpdateChannel();
  const broken = isBroken(channel);
  const source = sourceOf(channel);
  const means = t(`settings.status.means.${channel.status}`);
  const set = (part: { enabled?: boolean }) =>
    update.mutate(
      { id: channel.id, ...part },
      { onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }) },
    );
  return (
    <section className={`${s.panel} ${s.first}`} aria-live="polite">
      <h2>
        <span className="grow">
          <StatusLine channel={channel} />
        </span>
        <Switch
          aria-label={t('settings.channels.enabled')}
          checked={channel.enabled}
          disabled={update.isPending}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
      </h2>
      <p style={{ marginBottom: broken ? 8 : 0 }}>
        {source === 'mailbox'
          ? means
          : t(`settings.status.meansOf.${source}.${channel.status}`, { defaultValue: means })}
      </p>
      {/* a linked phone tells when it is tried again, not only that */}
      <StatusReason channel={channel} words next={source !== 'phone' || channel.status !== 'disconnected'} />
      {source === 'phone' && channel.enabled && <PhonePanel channel={channel} />}
      {source !== 'phone' && broken && channel.statusCode !== 'secrets_missing' && (
        <ReconnectButton channel={channel} />
      )}
    </section>
  );
}
