import type { EntityManager } from 'typeorm';
import type { OperationKind } from '@loket/contracts/operations.js';

/** A line of the ledger with everything that it moved. */
export interface UndoPlan {
  id: string;
  kind: OperationKind;
  position: number;
  fromId: string | null;
  intoId: string | null;
  caseIds: string[];
  customerIds: string[];
  undoneAt: Date | null;
  createdAt: Date;
  /** in the order in which they were made */
  moves: StoredMove[];
}

export interface StoredMove {
  action: 'set' | 'create' | 'remove';
  table: string;
  column: string | null;
  ids: string[];
  before: unknown;
  after: unknown;
}

/** @param lock holds the operation to the end of the transaction, so that it is undone once */
export async function readPlan(tx: EntityManager, id: string, lock: boolean): Promise<UndoPlan | null> {
  const [row]: (Omit<UndoPlan, 'position' | 'moves'> & { position: string })[] = await tx.query(
    `SELECT id, kind, position, from_id AS "fromId", into_id AS "intoId", case_ids AS "caseIds",
            customer_ids AS "customerIds", undone_at AS "undoneAt", created_at AS "createdAt"
     FROM operations WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [id],
  );
  if (!row) return null;
  const moves: StoredMove[] = await tx.query(
    `SELECT action, table_name AS "table", column_name AS "column", ids, before, after
     FROM operation_moves WHERE operation_id = $1 ORDER BY position`,
    [id],
  );
  return { ...row, position: Number(row.position), moves };
}

/** Moves of one column. Rows that only had to be remembered (`stays`) are among them. */
export function setsOf(plan: UndoPlan, table: string, column: string): StoredMove[] {
  return plan.moves.filter((m) => m.action === 'set' && m.table === table && m.column === column);
}

export function idsSet(plan: UndoPlan, table: string, column: string): string[] {
  return [...new Set(setsOf(plan, table, column).flatMap((m) => m.ids))];
}

export function idsCreated(plan: UndoPlan, table: string): string[] {
  return plan.moves.filter((m) => m.action === 'create' && m.table === table).flatMap((m) => m.ids);
}

/** Messages that went from one case to another. */
export function movedMessages(plan: UndoPlan): string[] {
  return setsOf(plan, 'messages', 'case_id')
    .filter((move) => move.before !== move.after)
    .flatMap((move) => move.ids);
}
