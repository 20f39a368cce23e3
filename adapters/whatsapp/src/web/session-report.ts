import type { ChannelStatus } from '@loket/contracts/channels.js';
import type { PairingOffer, SessionState } from '@loket/contracts/channel-sessions.js';
import type { Ending } from './session-process.js';
import { isRunning, type SessionInput } from './session-state.js';

export interface SessionReport {
  state: SessionState;
  /** why, as a stable code; null where the state says all */
  reason: string | null;
  /** digits of the number that is paired */
  account: string | null;
}

/** Whoever wants to watch a session. What people see is pulled (`WebSession.view`). */
export interface SessionListeners {
  /** null = there is nothing to show any more */
  pairing?(offer: PairingOffer | null): void;
  report?(report: SessionReport): void;
}

/** What the end of a process means to its session. */
export const endingInputs: Record<Ending['ending'], SessionInput> = {
  stopped: 'stop',
  logged_out: 'logged_out',
  unlinked: 'logged_out',
  conflict: 'conflict',
  auth_failed: 'auth_failed',
  code_refused: 'auth_failed',
  blocked: 'blocked',
  browser_died: 'died',
  page_crashed: 'died',
  page_failed: 'died',
  crashed: 'died',
  unresponsive: 'died',
};

const statuses: Record<SessionState, ChannelStatus> = {
  stopped: 'paused',
  starting: 'connecting',
  qr_pending: 'connecting',
  code_pending: 'connecting',
  authenticating: 'connecting',
  syncing: 'connecting',
  ready: 'connected',
  degraded: 'disconnected',
  backoff: 'disconnected',
  logged_out: 'paused',
  conflict: 'paused',
  auth_failed: 'paused',
  blocked: 'paused',
};

/** The state as the channel shows it, with a stable code of why. */
export function statusOf({ state, reason }: SessionReport): { status: ChannelStatus; code: string | null } {
  const why = reason ?? (isRunning(state) ? null : state);
  return { status: statuses[state], code: state === 'ready' || why === null ? null : `whatsapp_${why}` };
}
