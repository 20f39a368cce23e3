import type { EntityManager } from 'typeorm';
import type { SuggestionKind } from '@loket/contracts/suggestions.js';
import type { FinderBatch } from './finder-step.js';

/**
 * Takes back suggestions that wait and no longer hold. They come again when they hold again.
 *
 * @param keys as `pairKey` makes them; those that nobody suggested are left alone
 */
export async function settlePairs(
  tx: EntityManager,
  { log, now }: Pick<FinderBatch, 'log' | 'now'>,
  kind: SuggestionKind,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const [rows]: [{ id: string; caseIds: string[]; customerIds: string[] }[], number] = await tx.query(
    `UPDATE suggestions SET state = 'obsolete', updated_at = $3
     WHERE kind = $1 AND key = ANY($2::text[]) AND state = 'waiting'
     RETURNING id, case_ids AS "caseIds", customer_ids AS "customerIds"`,
    [kind, keys, now],
  );
  await log.append(
    tx,
    rows.map(({ id, caseIds, customerIds }) => ({
      type: 'suggestion.settled',
      caseId: null,
      version: null,
      actorId: null,
      data: { suggestionId: id, kind, state: 'obsolete', caseIds, customerIds },
    })),
    now,
  );
}
