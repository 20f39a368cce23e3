import type { EntityManager } from 'typeorm';
import type { KeyChange } from './linkage.queries.js';
import { saidPrefix } from './said.js';

export interface Speaker {
  customerId: string;
  other: string;
  /** how many numbers both name */
  numbers: number;
}

/** A key that more customers share is no sign of anything: a product, an outage. */
const mostSpeakers = 12;

/** Others who have said the same, those who share most first. */
export function speakersOf(manager: EntityManager, said: readonly KeyChange[]): Promise<Speaker[]> {
  return manager.query(
    `WITH asked AS MATERIALIZED (
       SELECT * FROM unnest($1::text[], $2::uuid[]) AS a(key, customer_id)
     ), holders AS MATERIALIZED (
       SELECT k.key, h.ids FROM (SELECT DISTINCT key FROM asked) k
       JOIN LATERAL (
         SELECT array_agg(customer_id) AS ids FROM (
           SELECT customer_id FROM linkage_keys WHERE key = k.key LIMIT $3
         ) few
       ) h ON cardinality(h.ids) BETWEEN 2 AND $3 - 1
     )
     SELECT a.customer_id AS "customerId", other,
            (count(*) FILTER (WHERE a.key LIKE '${saidPrefix}#%'))::int AS numbers
     FROM asked a JOIN holders h ON h.key = a.key, unnest(h.ids) AS other
     WHERE other <> a.customer_id
     GROUP BY a.customer_id, other
     ORDER BY a.customer_id, count(*) FILTER (WHERE a.key LIKE '${saidPrefix}#%') DESC, count(*) DESC, other`,
    [said.map((s) => s.key), said.map((s) => s.customerId), mostSpeakers + 1],
  );
}

/** Nothing is open any more of whoever's cases these are: what he spoke of is done. */
export async function forgetSaid(tx: EntityManager, resolvedCaseIds: readonly string[]): Promise<void> {
  await tx.query(
    `DELETE FROM linkage_keys l USING cases c
     WHERE c.id = ANY($1::uuid[]) AND l.customer_id = c.customer_id AND l.key LIKE '${saidPrefix}%'
       AND NOT EXISTS (
         SELECT FROM cases o
         WHERE o.customer_id = c.customer_id AND o.status IN ('open', 'pending') AND o.merged_into_id IS NULL)`,
    [resolvedCaseIds],
  );
}
