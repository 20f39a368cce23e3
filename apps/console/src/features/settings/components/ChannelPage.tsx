import { Button, Switch } from '@mantine/core';
import { IconPlugX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { useChannels, useUpdateChannel } from '../../../api/channels.js';
import { errorText } from '../../../api/error-text.js';
import { ChannelMark } from '../../../ui/ChannelMark.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { showToast } from '../../../ui/toasts.js';
import { EmailEditor } from './EmailEditor.js';
import { GenericEditor } from './GenericEditor.js';
import { IngressPanel } from './IngressPanel.js';
import { Loaded } from './Loaded.js';
import { Page } from './Page.js';
import { StatusLine, StatusReason } from './StatusLine.js';
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
  const saved = () => showToast({ text: t('settings.channels.saved') });
  return (
    <Page title={channel.name} icon={<ChannelMark kind={channel.kind} size={20} />} back={back}>
      <div className={s.two}>
        {channel.kind === 'email' ? (
          <EmailEditor channel={channel} onSaved={saved} />
        ) : (
          <GenericEditor kind={channel.kind} channel={channel} onSaved={saved} />
        )}
        <div className={s.column}>
          <StatusPanel channel={channel} />
          <IngressPanel channel={channel} />
        </div>
      </div>
    </Page>
  );
}

function StatusPanel({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const update = useUpdateChannel();
  const broken = channel.status === 'disconnected' || channel.status === 'paused';
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
      <p style={{ marginBottom: broken ? 8 : 0 }}>{t(`settings.status.means.${channel.status}`)}</p>
      <StatusReason channel={channel} words />
      {broken && (
        <Button mt={12} variant="default" loading={update.isPending} onClick={() => set({})}>
          {t('settings.channels.reconnect')}
        </Button>
      )}
    </section>
  );
}
