import type { EntityManager } from 'typeorm';
import { readsNow } from '../messages/shown-changes.queries.js';
import { previewOf } from './preview.js';

/** Longer than any preview can need, counted as the database counts: a character there may be two here. */
export const previewSource = 800;

/**
 * The message whose words stand for its case in lists: the newest of a person, or the first one when there are only
 * automatic ones.
 *
 * @param cases condition on `case_id`, e.g. `= $1`
 */
export const shownMessage = (cases: string): string => `(
  SELECT id FROM (
    (SELECT 1 AS rank, id FROM messages
     WHERE case_id ${cases} AND automatic IS NULL ORDER BY created_at DESC, id DESC LIMIT 1)
    UNION ALL
    (SELECT 2, id FROM messages WHERE case_id ${cases} ORDER BY created_at, id LIMIT 1)) either
  ORDER BY rank LIMIT 1)`;

/** Lists show a message as it reads today, so its edit changes them too. The caller holds the cases. */
export async function followPreviews(tx: EntityManager, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  const rows: { id: string; text: string }[] = await tx.query(
    `SELECT c.id, left(${readsNow('m')}, ${previewSource}) AS text
     FROM cases c JOIN messages m ON m.id = ${shownMessage('= c.id')}
     WHERE c.id = ANY($1::uuid[])`,
    [caseIds],
  );
  await tx.query(
    `UPDATE cases c SET preview = n.preview FROM unnest($1::uuid[], $2::text[]) AS n(id, preview)
     WHERE c.id = n.id AND c.preview <> n.preview`,
    [rows.map((row) => row.id), rows.map((row) => previewOf(row.text))],
  );
}
