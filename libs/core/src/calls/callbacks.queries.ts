import type { EntityManager } from 'typeorm';
import { callbackOf, type CallbackChange } from '../cases/callback.js';
import { endsCallbackSql, reachedNobodySql } from './call-rules.js';

interface Row {
  id: string;
  was: Date | null;
  was_number: string | null;
  since: Date | null;
  number: string | null;
}

/**
 * Makes the task to call back agree with the calls of these cases, whatever order they were told in: it stands since the
 * first call that reached nobody after the last that did, after somebody last said that it is done. Cases merged into one
 * of these are part of it. The caller holds the cases.
 *
 * @returns what changed, by case
 */
export async function settleCallbacks(
  tx: EntityManager,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, CallbackChange>> {
  if (caseIds.length === 0) return new Map();
  const [rows]: [Row[], number] = await tx.query(
    `UPDATE cases c SET callback_since = due.since, callback_number = due.number
     FROM (
       SELECT k.id, k.callback_since AS was, k.callback_number AS was_number, min(m.sent_at) AS since,
              (array_agg(m.call->>'number' ORDER BY m.sent_at DESC, m.id DESC))[1] AS number
       FROM cases k
       LEFT JOIN LATERAL (
         SELECT greatest(
           (SELECT max(callback_done_at) FROM cases WHERE id = k.id OR merged_into_id = k.id),
           (SELECT max(d.sent_at) FROM messages d WHERE d.case_id = k.id AND d.call IS NOT NULL AND ${endsCallbackSql('d')})
         ) AS at
       ) done ON true
       LEFT JOIN messages m ON m.case_id = k.id AND m.call IS NOT NULL AND ${reachedNobodySql('m')}
         AND (done.at IS NULL OR m.sent_at > done.at)
       WHERE k.id = ANY($1::uuid[])
       GROUP BY k.id
     ) due
     WHERE c.id = due.id
       AND (c.callback_since IS DISTINCT FROM due.since OR c.callback_number IS DISTINCT FROM due.number)
     RETURNING c.id, due.was, due.was_number, due.since, due.number`,
    [caseIds],
  );
  return new Map(
    rows.map(({ id, was, was_number, since, number }) => [
      id,
      {
        from: callbackOf({ callbackSince: was, callbackNumber: was_number }),
        to: callbackOf({ callbackSince: since, callbackNumber: number }),
      },
    ]),
  );
}
