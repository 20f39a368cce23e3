import type { EntityManager } from 'typeorm';
import {
  type LedgerColumn,
  ledgerColumn,
  ledgerTables,
  ownedTables,
  type OwnedTable,
} from './ledger-tables.js';
import type { StoredMove } from './undo-plan.js';

/** The fields of a case that say together whose turn it is. They are taken back together or not at all. */
const turnFields = ['status', 'resolved_at', 'snoozed_until', 'waiting_since'];

/**
 * Takes moves back, the last first. Rows that are no longer where the operation put them stay where they are: what moved
 * them on was no operation (a conversation that went on in a new case), or the caller would not be here. Fields that people
 * changed since keep what they were given.
 *
 * @param answering cases in which a customer wrote since: their status, wait and snooze stay as they are
 */
export async function takeBack(
  tx: EntityManager,
  moves: readonly StoredMove[],
  answering: ReadonlySet<string>,
): Promise<void> {
  for (const move of moves.toReversed()) {
    if (move.action === 'remove') await bringBack(tx, move);
    if (move.action !== 'set' || move.column === null) continue;
    if (Object.hasOwn(ownedTables, move.table)) await passBack(tx, move);
    else await setBack(tx, move, move.column, answering);
  }
}

async function setBack(
  tx: EntityManager,
  { table, ids, before, after }: StoredMove,
  column: string,
  answering: ReadonlySet<string>,
): Promise<void> {
  const { type } = ledgerColumn(table, column);
  const keeps = table === 'cases' && turnFields.includes(column);
  const affected = keeps ? ids.filter((id) => !answering.has(id)) : ids;
  if (type === 'text[]') return setListBack(tx, table, column, affected, before, after);
  await tx.query(
    `UPDATE ${table} SET ${column} = $2::${type} WHERE id = ANY($1::uuid[]) AND ${comparable(column, type)} IS NOT DISTINCT FROM $3::${type}`,
    [affected, before, after],
  );
}

function comparable(column: string, type: LedgerColumn['type']): string {
  return type === 'timestamptz' ? `date_trunc('milliseconds', ${column})` : column;
}

/** Of a list, what was added goes and what was taken away comes back; what people did with the rest since stays. */
async function setListBack(
  tx: EntityManager,
  table: string,
  column: string,
  ids: readonly string[],
  before: unknown,
  after: unknown,
): Promise<void> {
  await tx.query(
    `UPDATE ${table} SET ${column} = CASE WHEN ${column} = $3::text[] THEN $2::text[] ELSE
       ARRAY(SELECT one FROM unnest(${column}) WITH ORDINALITY AS now(one, n)
             WHERE one = ANY($2::text[]) OR one <> ALL($3::text[]) ORDER BY n)
       || ARRAY(SELECT one FROM unnest($2::text[]) AS was(one) WHERE one <> ALL($3::text[]) AND one <> ALL(${column}))
     END WHERE id = ANY($1::uuid[])`,
    [ids, before, after],
  );
}

/** Rows that the old owner has got meanwhile by himself are not needed twice. */
async function passBack(tx: EntityManager, { table, ids, before }: StoredMove): Promise<void> {
  const { owner, name, nameType } = ownedTables[table as OwnedTable];
  const [from, into] = ids;
  await tx.query(
    `DELETE FROM ${table} a USING ${table} b
     WHERE a.${owner} = $3 AND b.${owner} = $2 AND a.${name} = b.${name} AND a.${name} = ANY($1::${nameType}[])`,
    [before, from, into],
  );
  await tx.query(
    `UPDATE ${table} SET ${owner} = $2 WHERE ${owner} = $3 AND ${name} = ANY($1::${nameType}[])`,
    [before, from, into],
  );
}

async function bringBack(tx: EntityManager, { table, before }: StoredMove): Promise<void> {
  if (!Object.hasOwn(ledgerTables, table)) throw new Error(`the ledger knows no table ${table}`);
  await tx.query(
    `INSERT INTO ${table} SELECT r.* FROM jsonb_array_elements($1::jsonb) AS row,
       LATERAL jsonb_populate_record(NULL::${table}, row) AS r`,
    [JSON.stringify(before)],
  );
}
