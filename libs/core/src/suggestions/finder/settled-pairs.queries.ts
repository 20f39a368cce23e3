import type { EntityManager } from 'typeorm';
import { pairKey } from '../suggestion-key.js';

/** What the pairs are of: the table, and the column of ledger and suggestions that names its rows. */
const tables = {
  case: { table: 'cases', ids: 'case_ids', kinds: ['merge_cases', 'split_case'] },
  customer: {
    table: 'customers',
    ids: 'customer_ids',
    kinds: ['merge_customers', 'unlink_identity'],
  },
} as const;

/**
 * Pairs among these cases or customers that people have told apart already: a suggestion of them was dismissed, a merge of
 * them undone, one split off the other. Also when one of the two has been merged since, and another stands for it.
 *
 * @returns `pairKey` of each
 */
export async function toldApart(
  manager: EntityManager,
  kind: keyof typeof tables,
  ids: Iterable<string>,
): Promise<Set<string>> {
  const asked = [...new Set(ids)];
  if (asked.length < 2) return new Set();
  const { table, ids: column, kinds } = tables[kind];
  const rows: { a: string; b: string }[] = await manager.query(
    `WITH standing AS MATERIALIZED (
       SELECT id, id AS root FROM ${table} WHERE id = ANY($1::uuid[])
       UNION ALL SELECT id, merged_into_id FROM ${table} WHERE merged_into_id = ANY($1::uuid[])
     ), everyone AS MATERIALIZED (SELECT array_agg(id) AS ids FROM standing), apart AS (
       SELECT s.${column}[1] AS a, s.${column}[2] AS b FROM suggestions s
       WHERE s.kind = $2 AND s.state = 'dismissed' AND s.${column} && (SELECT ids FROM everyone)
       UNION ALL
       SELECT o.from_id, o.into_id FROM operations o
       WHERE o.kind = ANY($3::text[]) AND (o.kind IN ('merge_cases', 'merge_customers')) = (o.undone_at IS NOT NULL)
         AND o.${column} && (SELECT ids FROM everyone)
     )
     SELECT DISTINCT one.root AS a, other.root AS b FROM apart
     JOIN standing one ON one.id = apart.a JOIN standing other ON other.id = apart.b
     WHERE one.root <> other.root`,
    [asked, kind, kinds],
  );
  return new Set(rows.map(({ a, b }) => pairKey(a, b)));
}

/**
 * Pairs that are suggested on other grounds than likeness, such as a channel that says two accounts are one: what names
 * and addresses weigh cannot take that back. Evidence of likeness has `bits`.
 *
 * @returns keys among these
 */
export async function vouchedPairs(manager: EntityManager, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows: { key: string }[] = await manager.query(
    `SELECT key FROM suggestions
     WHERE kind = 'customer' AND key = ANY($1::text[]) AND state = 'waiting' AND NOT evidence @? '$[*].data.bits'`,
    [keys],
  );
  return new Set(rows.map((row) => row.key));
}
