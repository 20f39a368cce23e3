import type { TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';

export interface Folded {
  /** without the copies whose answer stands among them */
  shown: readonly TimelineItem[];
  /** by the id of the answer */
  copies: ReadonlyMap<string, TimelineMessage>;
}

/**
 * An answer that its reader was no longer there for goes on another way too. It is still one answer: what went the other
 * way becomes a mark on it. Where the answer itself is not here, its copy stands for itself.
 */
export function foldCopies(items: readonly TimelineItem[]): Folded {
  const here = new Set(items.map(({ id }) => id));
  const copies = new Map<string, TimelineMessage>();
  const shown = items.filter((item) => {
    if (item.type !== 'message' || !item.copyOf || !here.has(item.copyOf)) return true;
    copies.set(item.copyOf, item);
    return false;
  });
  return { shown, copies };
}
