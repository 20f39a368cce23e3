import type { EntityManager } from 'typeorm';
import type { SavedFilter } from '@loket/contracts/saved-views.js';
import { countCap, type CaseFilter } from './case-list.queries.js';
import { carried } from './carried.js';

/**
 * Open cases of each team that somebody sees in his rail: his own, for supervisors all that are not closed. One query,
 * each team counted on its own range of an index and no further than the cap.
 */
export async function countQueues(
  manager: EntityManager,
  agentId: string,
  now: Date,
): Promise<Record<string, number>> {
  const rows: { id: string; count: number }[] = await manager.query(
    `SELECT t.id, counted.count FROM teams t
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS count
       FROM (SELECT FROM cases c WHERE c.team_id = t.id AND ${carried('c', '$2::timestamptz')} LIMIT $3::int) capped
     ) counted
     WHERE t.closed_at IS NULL AND (
       EXISTS (SELECT FROM team_members m WHERE m.team_id = t.id AND m.agent_id = $1)
       OR EXISTS (SELECT FROM agents a WHERE a.id = $1 AND a.role IN ('supervisor', 'admin')))`,
    [agentId, now, countCap],
  );
  return Object.fromEntries(rows.map(({ id, count }) => [id, count]));
}

/** Of those that a rail has place for; who keeps more finds them uncounted. */
const mostCounted = 40;

/**
 * The saved views that have a number in somebody's rail, as lists. It says what is left to be done, and is asked for by
 * everybody again and again: so none of words, which every message would have to be read for, and none that also lists
 * what is done, of which there is more each year.
 */
export async function listsToCount(
  manager: EntityManager,
  agentId: string,
  now: Date,
): Promise<Map<string, CaseFilter>> {
  const rows: { id: string; filter: SavedFilter }[] = await manager.query(
    `SELECT id, filter FROM saved_views
     WHERE (owner_id = $1 OR shared) AND coalesce(filter->>'q', '') = ''
       AND (filter->>'status' IN ('open', 'pending') OR filter->>'view' IN ('callback', 'snoozed'))
     ORDER BY owner_id = $1 DESC, position, created_at, id LIMIT ${mostCounted}`,
    [agentId],
  );
  return new Map(rows.map(({ id, filter }) => [id, { ...filter, agentId, now, among: null }]));
}
