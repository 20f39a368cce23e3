import { useSyncExternalStore } from 'react';
import type { Ringing } from '@loket/contracts/call-views.js';

/** A card that nobody closes goes by itself: by then it has long stopped ringing. */
const shownMs = 60_000;
const most = 3;

let calls: readonly Ringing[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Ringing[]) {
  calls = next;
  for (const listener of listeners) listener();
}

/** Telephones that ring now, newest first; how the socket and the screens meet. */
export const ringing = {
  /** @param me id of who is signed in: what a colleague takes up is no business of his any more */
  push(call: Ringing, me: string) {
    const others = calls.filter(({ callId }) => callId !== call.callId);
    const elsewhere = call.agentRef !== null && call.agentRef.id !== me;
    if (elsewhere) return set(others);
    const known = calls.some(({ callId }) => callId === call.callId);
    // what was taken up and put away does not come back
    if (call.state === 'in_progress' && !known && call.agentRef === null) return;
    set([call, ...others].slice(0, most));
    setTimeout(() => ringing.dismiss(call.callId), shownMs);
  },
  dismiss(callId: string) {
    if (calls.some((call) => call.callId === callId)) set(calls.filter((call) => call.callId !== callId));
  },
  clear() {
    if (calls.length > 0) set([]);
  },
};

export function useRinging(): readonly Ringing[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => calls,
  );
}
