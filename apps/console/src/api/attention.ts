import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Notice } from '@loket/contracts/notices.js';

/** What may be worth somebody's attention: news for him, or a customer who wrote. */
export type Sign = { kind: 'notice'; notice: Notice } | { kind: 'message'; case: CaseSummary };

const listeners = new Set<(sign: Sign) => void>();

/** How the socket and those who draw attention (windows, sounds, cards) meet. */
export const attention = {
  tell(sign: Sign) {
    for (const listener of listeners) listener(sign);
  },
  /** @returns unsubscribe */
  listen(listener: (sign: Sign) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
