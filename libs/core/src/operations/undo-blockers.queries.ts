import type { EntityManager } from 'typeorm';
import { ledgerTables } from './ledger-tables.js';
import { idsOf } from './move-case.js';
import type { Following } from './undo-following.js';
import { idsCreated, movedMessages, setsOf, type UndoPlan } from './undo-plan.js';

/** Which columns move for one purpose; see LedgerColumn. */
const aspects = Object.entries(ledgerTables).flatMap(([table, columns]) =>
  Object.entries(columns).flatMap(([column, { aspect }]) =>
    aspect === null ? [] : [{ table, column, aspect }],
  ),
);

/**
 * Later operations that stand in the way of an undo, newest first: they moved the same rows on, moved or merged what this
 * one made, or merged away the case or customer that things would go back to.
 */
export async function operationsInTheWay(
  tx: EntityManager,
  plan: UndoPlan,
  following: Following | null,
): Promise<string[]> {
  const homes = (table: string, column: string): unknown[] =>
    setsOf(plan, table, column).map((m) => m.before);
  const rows: { id: string }[] = await tx.query(
    `WITH aspects AS (
       SELECT * FROM unnest($4::text[], $5::text[], $6::text[]) AS a(table_name, column_name, aspect)
     ), later AS (
       SELECT id, position, case_ids, customer_ids FROM operations
       WHERE position > $1 AND undone_at IS NULL AND (case_ids && $2::uuid[] OR customer_ids && $3::uuid[])
     ), ours AS (
       SELECT m.table_name, a.aspect, m.ids FROM operation_moves m JOIN aspects a USING (table_name, column_name)
       WHERE m.operation_id = $7 AND m.action = 'set' AND m.before IS DISTINCT FROM m.after
     ), theirs AS (
       SELECT m.operation_id, m.table_name, m.column_name, a.aspect, m.ids, m.before
       FROM operation_moves m JOIN later o ON o.id = m.operation_id LEFT JOIN aspects a USING (table_name, column_name)
       WHERE m.action = 'remove' OR (m.action = 'set' AND m.before IS DISTINCT FROM m.after)
     )
     SELECT o.id FROM later o
     WHERE o.case_ids && $8::uuid[] OR o.customer_ids && $9::uuid[] OR EXISTS (
       SELECT FROM theirs t WHERE t.operation_id = o.id AND (
         EXISTS (SELECT FROM ours u WHERE u.table_name = t.table_name AND u.aspect = t.aspect AND u.ids && t.ids)
         OR (t.table_name NOT IN ('cases', 'customers') AND t.ids && $10::uuid[])
         OR (t.column_name = 'thread_id' AND t.before #>> '{}' = ANY($10::uuid[]::text[]))
         OR (t.table_name = 'cases' AND t.column_name = 'merged_into_id' AND t.ids && $11::uuid[])
         OR (t.table_name = 'customers' AND t.column_name = 'merged_into_id' AND t.ids && $12::uuid[])))
        OR o.id = ANY($13::uuid[])
     ORDER BY o.position DESC`,
    [
      plan.position,
      plan.caseIds,
      plan.customerIds,
      aspects.map((a) => a.table),
      aspects.map((a) => a.column),
      aspects.map((a) => a.aspect),
      plan.id,
      idsCreated(plan, 'cases'),
      idsCreated(plan, 'customers'),
      [...idsCreated(plan, 'threads'), ...idsCreated(plan, 'identities')],
      uuids([...homes('messages', 'case_id'), ...homes('threads', 'case_id')]),
      uuids([
        ...homes('messages', 'customer_id'),
        ...homes('identities', 'customer_id'),
        ...homes('cases', 'customer_id'),
        ...(plan.kind === 'unlink_identity' ? [plan.fromId] : []),
      ]),
      await operationsThatEmptied(tx, plan, following),
    ],
  );
  return rows.map((row) => row.id);
}

/**
 * A case that had messages of its own is not left without any: what took those out of it goes first. One that an undone
 * split had opened is: it only leads elsewhere from then on.
 */
async function operationsThatEmptied(
  tx: EntityManager,
  plan: UndoPlan,
  following: Following | null,
): Promise<string[]> {
  if (!following || idsCreated(plan, 'cases').includes(following.from)) return [];
  const { from, messages } = following;
  return idsOf(
    tx,
    `SELECT id FROM operations
     WHERE position > $1 AND undone_at IS NULL AND kind = 'split_case' AND from_id = $2
       AND NOT EXISTS (SELECT FROM messages WHERE case_id = $2 AND id <> ALL($3::uuid[]))`,
    [plan.position, from, [...movedMessages(plan), ...messages]],
  );
}

function uuids(values: readonly unknown[]): string[] {
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}
