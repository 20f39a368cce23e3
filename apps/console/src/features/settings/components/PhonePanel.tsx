import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import type { Channel } from '@loket/contracts/channels.js';
import { useChannelSession } from '../../../api/channel-sessions.js';
import { useFormat } from '../../../ui/useFormat.js';
import { PairingDialog } from '../pairing/PairingDialog.js';
import { PhoneActions } from '../pairing/PhoneActions.js';
import { NextTry } from '../pairing/NextTry.js';
import { movesOn } from '../pairing-step.js';
import { ReconnectButton } from './ReconnectButton.js';
import { isBroken } from '../channel-health.js';
import w from './whatsapp.module.css';

/** The phone behind a channel: which number, what can be done, and the dialog that links one (`?pair`). */
export function PhonePanel({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, go] = useLocation();
  const pairing = new URLSearchParams(useSearch()).has('pair');
  const phone = useChannelSession(channel.id, { since: channel.statusAt, watch: pairing, movesOn });
  const { session, error } = phone;
  const path = `/settings/channels/${channel.id}`;
  const linked = session?.account && (session.state === 'ready' || session.state === 'degraded');
  return (
    <>
      {linked && session.account && (
        <p className={w.linkedNumber}>
          {t('settings.pairing.number')}: <b>{format.phone(`+${session.account}`)}</b>
        </p>
      )}
      {channel.status === 'disconnected' && (
        <div className={w.under}>
          <NextTry at={session?.nextTryAt ?? null} />
        </div>
      )}
      <PhoneActions channel={channel} phone={phone} onPair={() => go(`${path}?pair`, { replace: true })} />
      {error !== null && isBroken(channel) && <ReconnectButton channel={channel} />}
      {pairing && (
        <PairingDialog channel={channel} phone={phone} onClose={() => go(path, { replace: true })} />
      )}
    </>
  );
}
