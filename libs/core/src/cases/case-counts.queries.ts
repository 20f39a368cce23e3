import type { EntityManager } from 'typeorm';
import { countCap } from './case-list.queries.js';
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
