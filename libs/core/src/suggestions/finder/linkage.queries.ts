import type { EntityManager } from 'typeorm';
import { maxKeyHolders } from '../../matching/linkage/linkage-keys.js';
import { saidPrefix } from './said.js';

export async function storedKeys(
  manager: EntityManager,
  customerIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows: { customerId: string; keys: string[] }[] = await manager.query(
    `SELECT customer_id AS "customerId", array_agg(key) AS keys FROM linkage_keys
     WHERE customer_id = ANY($1::uuid[]) GROUP BY customer_id`,
    [customerIds],
  );
  return new Map(rows.map((row) => [row.customerId, new Set(row.keys)]));
}

export interface KeyChange {
  customerId: string;
  key: string;
}

/** Sorted, so that two writers never wait for each other in a circle. */
const inOrder = (changes: readonly KeyChange[]): KeyChange[] =>
  [...changes].sort((a, b) => (a.key + a.customerId < b.key + b.customerId ? -1 : 1));

export async function changeKeys(
  tx: EntityManager,
  added: readonly KeyChange[],
  removed: readonly KeyChange[],
): Promise<void> {
  if (removed.length > 0) {
    const gone = inOrder(removed);
    await tx.query(
      `DELETE FROM linkage_keys l USING unnest($1::text[], $2::uuid[]) AS g(key, customer_id)
       WHERE l.key = g.key AND l.customer_id = g.customer_id`,
      [gone.map((c) => c.key), gone.map((c) => c.customerId)],
    );
  }
  if (added.length > 0) {
    const fresh = inOrder(added);
    await tx.query(
      `INSERT INTO linkage_keys (key, customer_id)
       SELECT n.key, n.customer_id FROM unnest($1::text[], $2::uuid[]) AS n(key, customer_id) ON CONFLICT DO NOTHING`,
      [fresh.map((c) => c.key), fresh.map((c) => c.customerId)],
    );
  }
}

/**
 * Profiles that were merged away need no keys: those of who somebody is are made anew of the profile that stands for them,
 * those of what he said go over to it.
 */
export async function dropKeysOfMerged(tx: EntityManager, customerIds: readonly string[]): Promise<void> {
  await tx.query(
    `WITH gone AS (
       DELETE FROM linkage_keys l USING customers k
       WHERE l.customer_id = k.id AND k.id = ANY($1::uuid[]) AND k.merged_into_id IS NOT NULL
       RETURNING l.key, k.merged_into_id
     )
     INSERT INTO linkage_keys (key, customer_id)
     SELECT DISTINCT key, merged_into_id FROM gone WHERE key LIKE '${saidPrefix}%' ON CONFLICT DO NOTHING`,
    [customerIds],
  );
}

export interface Candidates {
  customerId: string;
  /** others who share a key, those who share most first */
  others: string[];
}

/**
 * Customers who may be the same as these: who share a key that few have, or wait in a suggestion with them. Each key costs
 * one descent of the index and at most 51 rows, however many customers there are.
 */
export async function candidatesOf(
  manager: EntityManager,
  customerIds: readonly string[],
  most: number,
): Promise<Candidates[]> {
  return manager.query(
    `WITH asked AS MATERIALIZED (
       SELECT key, customer_id FROM linkage_keys
       WHERE customer_id = ANY($1::uuid[]) AND key NOT LIKE '${saidPrefix}%'
     ), holders AS MATERIALIZED (
       SELECT k.key, h.ids FROM (SELECT DISTINCT key FROM asked) k
       JOIN LATERAL (
         SELECT array_agg(customer_id) AS ids FROM (
           SELECT customer_id FROM linkage_keys WHERE key = k.key LIMIT $3
         ) few
       ) h ON cardinality(h.ids) BETWEEN 2 AND $3 - 1
     ), pairs AS (
       SELECT a.customer_id, other, count(*) AS shared
       FROM asked a JOIN holders h ON h.key = a.key, unnest(h.ids) AS other
       WHERE other <> a.customer_id GROUP BY a.customer_id, other
       UNION ALL
       SELECT i.id, other, 1000 FROM unnest($1::uuid[]) AS i(id)
       JOIN suggestions s ON s.customer_ids @> ARRAY[i.id] AND s.kind = 'customer' AND s.state = 'waiting',
       unnest(s.customer_ids) AS other WHERE other <> i.id
     )
     SELECT customer_id AS "customerId", (array_agg(other ORDER BY shared DESC, other))[1:$2] AS others
     FROM (SELECT customer_id, other, max(shared) AS shared FROM pairs GROUP BY customer_id, other) p
     GROUP BY customer_id`,
    [customerIds, most, maxKeyHolders + 1],
  );
}

/** How many customers hold each key, counted up to a few more than matter. */
export async function holdersOfKeys(
  manager: EntityManager,
  keys: Iterable<string>,
  upTo: number,
): Promise<Map<string, number>> {
  const asked = [...new Set(keys)];
  if (asked.length === 0) return new Map();
  const rows: { key: string; holders: number }[] = await manager.query(
    `SELECT k.key, (SELECT count(*)::int FROM (SELECT FROM linkage_keys WHERE key = k.key LIMIT $2) few) AS holders
     FROM unnest($1::text[]) AS k(key)`,
    [asked, upTo],
  );
  return new Map(rows.map((row) => [row.key, row.holders]));
}
