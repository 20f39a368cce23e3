import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '@loket/contracts/events.js';
import { lookAgain } from './calm.js';
import { keys } from './keys.js';

/** Counts beside the views: three times a minute at most while the whole desk works, at once after one's own hand. */
const countsPauseMs = 20_000;
/** So often at once after a quiet while: what comes while one asks makes its answer old. */
const countsBurst = 3;
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
  lookAgain(client, keys.caseCounts, { pauseMs, burst: countsBurst });
}

export function recountSuggestions(client: QueryClient): void {
  lookAgain(client, keys.allSuggestions, { pauseMs: suggestionsPauseMs });
  lookAgain(client, keys.suggestionCounts, { pauseMs: suggestionsPauseMs });
}
