import type { EntityManager } from 'typeorm';
import type { SuggestionKind, SuggestionState } from '@loket/contracts/suggestions.js';
import type { EventLog } from '../events/event-log.js';

interface SettledRow {
  id: string;
  kind: SuggestionKind;
  state: SuggestionState;
  case_ids: string[];
  customer_ids: string[];
  decided_by_id: string | null;
}

/**
 * Settles suggestions of pairs of which one has been merged. Call `EventLog.committed` after the commit.
 *
 * @param moved cases and customers that may have been merged
 */
export async function settleMerged(
  tx: EntityManager,
  log: EventLog,
  moved: { caseIds: Iterable<string>; customerIds: Iterable<string> },
  now: Date,
): Promise<void> {
  const [rows]: [SettledRow[], number] = await tx.query(settleSql, [
    [...moved.caseIds],
    [...moved.customerIds],
    now,
  ]);
  await log.append(
    tx,
    rows.map((row) => ({
      type: 'suggestion.settled',
      caseId: null,
      version: null,
      actorId: row.decided_by_id,
      data: {
        suggestionId: row.id,
        kind: row.kind,
        state: row.state,
        caseIds: row.case_ids,
        customerIds: row.customer_ids,
      },
    })),
    now,
  );
}

/**
 * A merge that was made by accepting the suggestion counts as accepted, also when the process that accepted it died
 * before it could write that down.
 */
const settleSql = `
  UPDATE suggestions s
  SET state = CASE WHEN made.id IS NULL THEN 'obsolete' ELSE 'accepted' END, operation_id = made.id,
      decided_by_id = made.actor_id, decided_at = made.created_at, updated_at = $3
  FROM suggestions it
  LEFT JOIN LATERAL (
    SELECT o.id, o.actor_id, o.created_at FROM operations o
    WHERE o.suggestion_id = it.id AND o.undone_at IS NULL
      AND CASE it.kind WHEN 'case' THEN o.case_ids && it.case_ids ELSE o.customer_ids && it.customer_ids END
    ORDER BY o.position DESC LIMIT 1
  ) made ON true
  WHERE s.id = it.id AND s.state = 'waiting' AND (
    (it.kind = 'case' AND it.case_ids && $1::uuid[]
      AND EXISTS (SELECT FROM cases c WHERE c.id = ANY(it.case_ids) AND c.merged_into_id IS NOT NULL))
    OR (it.kind = 'customer' AND it.customer_ids && $2::uuid[]
      AND EXISTS (SELECT FROM customers k WHERE k.id = ANY(it.customer_ids) AND k.merged_into_id IS NOT NULL)))
  RETURNING s.id, s.kind, s.state, s.case_ids, s.customer_ids, s.decided_by_id`;
