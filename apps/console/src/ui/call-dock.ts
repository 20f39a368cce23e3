import { useSyncExternalStore } from 'react';
import type { CallDirection } from '@loket/contracts/calls.js';

/** What is known of the call that is about to be written down. */
export interface CallPrefill {
  channelId?: string;
  /** as the telephone system tells it */
  callId?: string;
  direction?: CallDirection;
  number?: string;
  withheld?: boolean;
  name?: string;
  /** milliseconds since the epoch */
  startedAt?: number;
  stoppedAt?: number | null;
  /** id of a case, or `new`; its number is to be shown */
  where?: string;
  whereNumber?: number | null;
}

let current: CallPrefill | null = null;
const listeners = new Set<() => void>();

/** The place where a call is written down. It stays while one moves about, so it is no dialog. null closes it. */
export function openCallDock(prefill: CallPrefill | null): void {
  current = prefill;
  for (const listener of listeners) listener();
}

export function useCallDock(): CallPrefill | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
