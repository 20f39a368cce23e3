import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Channel } from '@loket/contracts/channels.js';
import { useChannels } from '../../../api/channels.js';
import { ChannelMark, useChannelName } from '../../../ui/ChannelMark.js';
import { isBroken, needsPairing } from '../channel-health.js';
import { ListPage } from './ListPage.js';
import { StatusLine, StatusReason } from './StatusLine.js';
import s from './settings.module.css';

/** Every way in, and how it is doing now. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const channels = useChannels();
  return (
    <ListPage
      title={t('settings.channels.title')}
      intro={t('settings.channels.intro')}
      query={channels}
      add={{ label: t('settings.channels.add'), to: '/settings/channels/new' }}
      empty={{
        icon: <IconPlugConnected size={26} stroke={1.5} />,
        title: t('settings.channels.none'),
        text: t('settings.channels.noneWhy'),
      }}
    >
      {(items) => (
        <ul className={s.tbl}>
          {items.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
    </ListPage>
  );
}

function ChannelRow({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const kindName = useChannelName();
  const { address, name } = channel;
  const broken = isBroken(channel);
  const pair = channel.capabilities.session && needsPairing(channel);
  const act = t(pair ? 'settings.pairing.link' : broken ? 'settings.channels.fix' : 'settings.channels.edit');
  const detail = address && address !== name ? address : kindName(channel.kind);
  return (
    <li className={`${s.r} ${s.chanRow}`}>
      <ChannelMark kind={channel.kind} size={17} />
      <b className="cut">{name}</b>
      <span className={`${s.dim} ${s.addr} cut`}>{detail}</span>
      <span className={s.stCell}>
        <StatusLine channel={channel} />
      </span>
      <span className={s.end}>
        <Button
          component={Link}
          href={`/settings/channels/${channel.id}${pair ? '?pair' : ''}`}
          size="xs"
          variant="subtle"
          aria-label={`${act} ${name}`}
        >
          {act}
        </Button>
      </span>
      {broken && <StatusReason channel={channel} />}
    </li>
  );
}
