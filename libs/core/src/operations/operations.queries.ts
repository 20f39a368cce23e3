import type { EntityManager } from 'typeorm';
import type { Evidence } from '@loket/contracts/inbound.js';
import type { Operation, OperationKind } from '@loket/contracts/operations.js';

interface Row {
  id: string;
  kind: OperationKind;
  actor_id: string | null;
  actor_name: string | null;
  created_at: Date;
  reason: string | null;
  evidence: Evidence[];
  suggestion_id: string | null;
  from: Operation['from'];
  into: Operation['into'];
  moved: Record<string, number>;
  undone_at: Date | null;
  undone_by_id: string | null;
  undone_by_name: string | null;
}

/** A case or a customer as it is called today: whichever has the id. */
const called = (id: string): string =>
  `coalesce(
     (SELECT json_build_object('id', c.id, 'number', c.number, 'subject', c.subject) FROM cases c WHERE c.id = ${id}),
     (SELECT json_build_object('id', k.id, 'name', k.name, 'address', (
        SELECT verbatim FROM identities WHERE customer_id = coalesce(k.merged_into_id, k.id)
        ORDER BY resolves DESC, proof = 'verified' DESC, created_at, id LIMIT 1)) FROM customers k WHERE k.id = ${id}))`;

/** @returns in the order of the ids; operations that do not exist are missing */
export async function operationsById(manager: EntityManager, ids: readonly string[]): Promise<Operation[]> {
  if (ids.length === 0) return [];
  const rows: Row[] = await manager.query(
    `SELECT o.id, o.kind, o.actor_id, a.name AS actor_name, o.created_at, o.reason, o.evidence, o.suggestion_id,
            ${called('o.from_id')} AS "from", ${called('o.into_id')} AS "into", o.moved,
            o.undone_at, o.undone_by_id, u.name AS undone_by_name
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, position)
     JOIN operations o ON o.id = wanted.id
     LEFT JOIN agents a ON a.id = o.actor_id
     LEFT JOIN agents u ON u.id = o.undone_by_id
     ORDER BY wanted.position`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    at: row.created_at.toISOString(),
    reason: row.reason,
    evidence: row.evidence,
    suggestionId: row.suggestion_id,
    from: row.from,
    into: row.into,
    moved: row.moved,
    undone:
      row.undone_at === null
        ? null
        : {
            at: row.undone_at.toISOString(),
            actor:
              row.undone_by_id === null ? null : { id: row.undone_by_id, name: row.undone_by_name ?? '' },
          },
  }));
}

/** Ids of one page of the ledger, newest first. The position is of the ledger, so that none is skipped within an instant. */
export async function listOperationIds(
  manager: EntityManager,
  about: { case?: string | undefined; customer?: string | undefined },
  limit: number,
  before?: string,
): Promise<{ id: string; position: string }[]> {
  const values: unknown[] = [limit];
  const bind = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = ['true'];
  if (about.case) conditions.push(`case_ids @> ARRAY[${bind(about.case)}::uuid]`);
  if (about.customer) conditions.push(`customer_ids @> ARRAY[${bind(about.customer)}::uuid]`);
  if (before !== undefined) conditions.push(`position < ${bind(before)}::bigint`);
  return manager.query(
    `SELECT o.id, o.position::text FROM operations o WHERE ${conditions.join(' AND ')} ORDER BY o.position DESC LIMIT $1`,
    values,
  );
}

/** Whether people have taken these two apart before. */
export async function historyOfPair(
  manager: EntityManager,
  kind: 'case' | 'customer',
  key: string,
  [a, b]: readonly [string, string],
): Promise<('dismissed_before' | 'undone_before')[]> {
  const column = kind === 'case' ? 'case_ids' : 'customer_ids';
  const [row]: { dismissed: boolean; undone: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT FROM suggestions WHERE kind = $1 AND key = $2 AND state = 'dismissed') AS dismissed,
            EXISTS (SELECT FROM operations WHERE kind = $3 AND ${column} @> ARRAY[$4, $5]::uuid[]
                    AND undone_at IS NOT NULL) AS undone`,
    [kind, key, kind === 'case' ? 'merge_cases' : 'merge_customers', a, b],
  );
  if (row?.undone) return ['undone_before'];
  return row?.dismissed ? ['dismissed_before'] : [];
}
