import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { LiveEvent } from '@loket/contracts/events.js';
import { keys } from './keys.js';

/** what comes in one go is asked for once */
const settleMs = 300;

interface Watch {
  /** when it was last asked for because of this */
  at: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  due: number;
}

const watches = new WeakMap<QueryClient, Map<string, Watch>>();

function watchOf(client: QueryClient, key: QueryKey): Watch {
  const all = watches.get(client) ?? new Map<string, Watch>();
  watches.set(client, all);
  const hash = hashKey(key);
  const found = all.get(hash) ?? { at: -Infinity, timer: undefined, due: Infinity };
  all.set(hash, found);
  return found;
}

/**
 * Something happened that may have changed this: it is asked for again soon when it was quiet, and otherwise once in
 * `pauseMs`, however much goes on. A page that nobody looks at asks when it is looked at again.
 */
export function lookAgain(client: QueryClient, queryKey: QueryKey, pauseMs: number): void {
  const watch = watchOf(client, queryKey);
  const due = Math.max(Date.now() + settleMs, watch.at + pauseMs);
  if (watch.timer !== undefined && watch.due <= due) return;
  clearTimeout(watch.timer);
  watch.due = due;
  const ask = () => {
    watch.timer = undefined;
    watch.at = Date.now();
    void client.invalidateQueries({ queryKey });
  };
  watch.timer = setTimeout(() => {
    if (typeof document === 'undefined' || !document.hidden) return ask();
    document.addEventListener('visibilitychange', ask, { once: true });
  }, due - Date.now());
}

/** Counts beside the views: three times a minute at most while the whole desk works, at once after one's own hand. */
const countsPauseMs = 20_000;
/** Who waits too long, and who wakes up, is for the clock to say: without any event it is looked at once a minute. */
export const countsEveryMs = 60_000;
/** Suggestions come with every message, and nobody waits for them. */
const suggestionsPauseMs = 30_000;

/** Events after which a count can be another one. */
const counted = new Set<LiveEvent['type']>([
  'case.opened',
  'case.reopened',
  'case.updated',
  'case.assigned',
  'case.merged',
  'case.split',
  'operation.undone',
  'message.received',
  'message.queued',
  'message.sent_elsewhere',
  'call.updated',
  'team.created',
  'team.updated',
]);

/** The counts that one event says nothing certain about: teams, mentions, sleeping cases, who waits too long. */
export function recountAfter(client: QueryClient, event: LiveEvent, me: string): void {
  if (counted.has(event.type)) recount(client, event.actorId === me ? 0 : countsPauseMs);
}

export function recount(client: QueryClient, pauseMs = countsPauseMs): void {
  lookAgain(client, keys.caseCounts, pauseMs);
}

export function recountSuggestions(client: QueryClient): void {
  lookAgain(client, keys.allSuggestions, suggestionsPauseMs);
  lookAgain(client, keys.suggestionCounts, suggestionsPauseMs);
}
