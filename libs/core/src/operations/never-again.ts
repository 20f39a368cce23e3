import type { EntityManager } from 'typeorm';
import type { SuggestionKind } from '@loket/contracts/suggestions.js';
import { newId } from '@loket/platform/ids.js';
import type { NewEvent } from '../events/event-log.js';
import { pairKey } from '../suggestions/suggestion-key.js';

/**
 * Remembers that people took these two apart, so that the desk neither joins nor suggests them again.
 *
 * @param kind whose ids they are
 * @returns the event, when a suggestion that somebody may see is settled by it
 */
export async function neverAgain(
  tx: EntityManager,
  kind: Exclude<SuggestionKind, 'incident'>,
  [a, b]: readonly [string, string],
  actorId: string | null,
  now: Date,
): Promise<NewEvent[]> {
  const key = pairKey(a, b);
  const [before]: { id: string; state: string }[] = await tx.query(
    'SELECT id, state FROM suggestions WHERE kind = $1 AND key = $2 FOR UPDATE',
    [kind, key],
  );
  const [row]: { id: string; caseIds: string[]; customerIds: string[] }[] = await tx.query(
    `INSERT INTO suggestions AS s (id, kind, key, state, score, evidence, case_ids, customer_ids, decided_by_id, decided_at,
                                   created_at, updated_at)
     VALUES ($1, $2, $3, 'dismissed', 0, '[]', $4, $5, $6, $7::timestamptz, $7::timestamptz, $7::timestamptz)
     ON CONFLICT (kind, key) DO UPDATE
       SET state = 'dismissed', decided_by_id = excluded.decided_by_id, decided_at = excluded.decided_at,
           updated_at = excluded.updated_at
     RETURNING s.id, s.case_ids AS "caseIds", s.customer_ids AS "customerIds"`,
    [newId(), kind, key, kind === 'case' ? [a, b] : [], kind === 'customer' ? [a, b] : [], actorId, now],
  );
  if (!row || before?.state !== 'waiting') return [];
  const { id, caseIds, customerIds } = row;
  return [
    {
      type: 'suggestion.settled',
      caseId: null,
      version: null,
      actorId,
      data: { suggestionId: id, kind, state: 'dismissed', caseIds, customerIds },
    },
  ];
}
