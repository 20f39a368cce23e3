import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Notice } from '@loket/contracts/notices.js';

/** What may be worth somebody's attention: news for him, or a customer who wrote. */
export type Sign = { kind: 'notice'; notice: Notice } | { kind: 'message'; case: CaseSummary };

/** Cases of which the screen itself tells that they were taken: who, why, and what became of what one wrote. */
const toldThere = new Map<string, number>();

const listeners = new Set<(sign: Sign) => void>();

/** How the socket and those who draw attention (windows, sounds, cards) meet. */
export const attention = {
  tell(sign: Sign) {
    for (const listener of listeners) listener(sign);
  },
  /**
   * As long as the caller shows this case, its loss is told there.
   * @returns ends it
   */
  tellsOf(caseId: string): () => void {
    toldThere.set(caseId, (toldThere.get(caseId) ?? 0) + 1);
    return () => toldThere.set(caseId, (toldThere.get(caseId) ?? 1) - 1);
  },
  /** Is it told where the case is shown? Then a card would say it a second time. */
  isToldThere({ kind, case: { id } }: Notice): boolean {
    return kind === 'taken' && (toldThere.get(id) ?? 0) > 0;
  },
  /** @returns unsubscribe */
  listen(listener: (sign: Sign) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
