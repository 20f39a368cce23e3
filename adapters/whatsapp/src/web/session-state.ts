import type { SessionState } from '@loket/contracts/channel-sessions.js';

/** What happens to a session. `start` comes from a person or from the boot of the process. */
export const sessionInputs = [
  'start',
  'qr',
  'code',
  'authenticating',
  'syncing',
  'ready',
  'lost',
  'died',
  'retry',
  'stop',
  'logged_out',
  'conflict',
  'auth_failed',
  'blocked',
] as const;
export type SessionInput = (typeof sessionInputs)[number];

/** Only a person leads out of these. */
export const terminalStates: ReadonlySet<SessionState> = new Set([
  'logged_out',
  'conflict',
  'auth_failed',
  'blocked',
]);

type Row = Partial<Record<SessionInput, SessionState>>;

const ends: Row = {
  died: 'backoff',
  stop: 'stopped',
  logged_out: 'logged_out',
  conflict: 'conflict',
  auth_failed: 'auth_failed',
  blocked: 'blocked',
};
const pairing: Row = {
  ...ends,
  qr: 'qr_pending',
  code: 'code_pending',
  authenticating: 'authenticating',
  syncing: 'syncing',
  ready: 'ready',
};
const paired: Row = { ...ends, syncing: 'syncing', ready: 'ready', lost: 'degraded' };
const resting: Row = { start: 'starting', stop: 'stopped' };

const table: Record<SessionState, Row> = {
  stopped: resting,
  starting: pairing,
  qr_pending: pairing,
  code_pending: pairing,
  authenticating: paired,
  // WhatsApp says ready more than once, and loses its line in the middle of a synchronisation.
  syncing: paired,
  ready: { ...paired, syncing: 'ready' },
  degraded: { ...paired, syncing: 'degraded' },
  backoff: { retry: 'starting', start: 'starting', stop: 'stopped' },
  // A stop of the process does not make a session forget why it needs a person.
  logged_out: { start: 'starting' },
  conflict: { start: 'starting' },
  auth_failed: { start: 'starting' },
  blocked: { start: 'starting' },
};

/** @returns the state that follows; the same one when the input means nothing there */
export function nextState(state: SessionState, input: SessionInput): SessionState {
  return table[state][input] ?? state;
}

/** Whether a process runs in that state. */
export function isRunning(state: SessionState): boolean {
  return state !== 'stopped' && state !== 'backoff' && !terminalStates.has(state);
}
