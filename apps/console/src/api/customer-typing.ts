import { useSyncExternalStore } from 'react';
import type { CustomerTyping } from '@loket/contracts/sockets.js';

/** Without another sign he has stopped: the sign is repeated every few seconds while he writes. */
const shownMs = 6_000;

/** By case: when nothing more is expected of him. */
const writing = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function changed() {
  for (const listener of listeners) listener();
}

/** Cases whose customer is writing now; how the socket and the screens meet. */
export const customerTyping = {
  set({ caseId, typing }: Pick<CustomerTyping, 'caseId' | 'typing'>) {
    clearTimeout(writing.get(caseId));
    if (typing)
      writing.set(
        caseId,
        setTimeout(() => customerTyping.stop(caseId), shownMs),
      );
    else if (!writing.delete(caseId)) return;
    changed();
  },
  /** What he was writing is here, or nothing more was heard. */
  stop(caseId: string) {
    customerTyping.set({ caseId, typing: false });
  },
  clear() {
    for (const timer of writing.values()) clearTimeout(timer);
    writing.clear();
    changed();
  },
};

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useCustomerTyping(caseId: string): boolean {
  return useSyncExternalStore(subscribe, () => writing.has(caseId));
}
