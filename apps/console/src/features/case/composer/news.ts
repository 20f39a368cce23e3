import type { TimelineItem } from '@loket/contracts/cases.js';

/** What somebody else did since one began to write, and what one should look at first. */
export interface News {
  kind: 'answered' | 'resolved' | 'wrote' | 'noted';
  /** null: the customer, or nobody of ours */
  name: string | null;
  at: string;
  itemId: string;
}

const weight: Record<News['kind'], number> = { answered: 0, resolved: 1, wrote: 2, noted: 3 };

/**
 * What a writer must know of before he sends, the gravest first.
 * @param seenAt instant of what was newest when he began
 */
export function newsSince(items: readonly TimelineItem[], seenAt: string | null, me: string): News[] {
  if (seenAt === null) return [];
  return items
    .filter((item) => Date.parse(item.at) > Date.parse(seenAt))
    .flatMap((item) => newsOf(item, me) ?? [])
    .toSorted((a, b) => weight[a.kind] - weight[b.kind]);
}

function newsOf(item: TimelineItem, me: string): News | null {
  const { id: itemId, at } = item;
  if (item.type === 'event') {
    const { to } = (item.data.status ?? {}) as { to?: string };
    const resolved = item.event === 'case.updated' && to === 'resolved' && item.actor?.id !== me;
    return resolved ? { kind: 'resolved', name: item.actor?.name ?? null, at, itemId } : null;
  }
  if (itemId.startsWith('local:') || (item.agent?.id ?? null) === me) return null;
  if (item.type === 'note') return item.draft ? null : { kind: 'noted', name: item.agent.name, at, itemId };
  if (item.automatic || item.copyOf) return null;
  const kind = item.direction === 'inbound' ? 'wrote' : 'answered';
  return { kind, name: item.agent?.name ?? null, at, itemId };
}
