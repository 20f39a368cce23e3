import type { ChannelSession } from '@loket/contracts/channel-sessions.js';
import type { WhatsappChannelCode } from '@loket/contracts/whatsapp-codes.js';

/** What the pairing dialog shows for a session. */
export type PairingStep =
  /** nothing is under way: how to link is chosen */
  | { step: 'choose' }
  /** the browser opens WhatsApp */
  | { step: 'opening' }
  | { step: 'qr'; qr: string }
  | { step: 'code'; code: string }
  /** the phone said yes */
  | { step: 'linking' | 'syncing' }
  | { step: 'linked'; account: string | null }
  /** nobody scanned in time */
  | { step: 'expired' }
  /** it starts again by itself */
  | { step: 'retrying'; code: string }
  /** it waits for a person */
  | { step: 'failed'; code: string }
  /** this server cannot link any phone now, whatever a person does here */
  | { step: 'hindered'; code: string };

const hindrances: readonly string[] = [
  'whatsapp_web_unavailable',
  'whatsapp_sessions_full',
  'config_invalid',
] satisfies WhatsappChannelCode[];

export function pairingStep({ state, reason, offer, account }: ChannelSession): PairingStep {
  const code = reason === 'config_invalid' ? reason : `whatsapp_${reason ?? state}`;
  switch (state) {
    case 'starting':
      return { step: 'opening' };
    case 'qr_pending':
      return offer?.kind === 'qr' ? { step: 'qr', qr: offer.qr } : { step: 'opening' };
    case 'code_pending':
      return offer?.kind === 'code' ? { step: 'code', code: offer.code } : { step: 'opening' };
    case 'authenticating':
      return { step: 'linking' };
    case 'syncing':
      return { step: 'syncing' };
    case 'ready':
    case 'degraded':
      return { step: 'linked', account };
    case 'backoff':
      return { step: 'retrying', code };
    case 'stopped':
      if (hindrances.includes(code)) return { step: 'hindered', code };
      return stopped(reason, code);
    case 'logged_out':
    case 'conflict':
    case 'auth_failed':
    case 'blocked':
      return { step: 'failed', code };
  }
}

function stopped(reason: string | null, code: string): PairingStep {
  switch (reason) {
    case 'pairing':
      return { step: 'opening' };
    case 'pairing_expired':
      return { step: 'expired' };
    case null:
    case 'not_paired':
      return { step: 'choose' };
    default:
      return { step: 'failed', code };
  }
}

/** Whether it changes by itself, so that looking again is worth it. */
export function movesOn(session: ChannelSession): boolean {
  return !['choose', 'expired', 'failed', 'hindered', 'linked'].includes(pairingStep(session).step);
}

/** `m:ss` until then; null when it is over, or so far off that this machine's clock must be wrong. */
export function countdown(endsAt: string | null, now: Date): string | null {
  if (endsAt === null) return null;
  const seconds = Math.ceil((Date.parse(endsAt) - now.getTime()) / 1000);
  if (!(seconds > 0 && seconds <= 3600)) return null;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
