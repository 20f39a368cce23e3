import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Evidence } from '@loket/contracts/inbound.js';
import type { OperationKind } from '@loket/contracts/operations.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import {
  type ColumnOf,
  ledgerColumn,
  type LedgerTable,
  type LedgerValue,
  type OwnedTable,
  ownedTables,
} from './ledger-tables.js';

export interface NewOperation {
  kind: OperationKind;
  /** null: the desk by itself */
  actorId: string | null;
  reason?: string | null | undefined;
  evidence?: Evidence[] | undefined;
  suggestionId?: string | null | undefined;
  /** the case or customer that things are taken from, and the one that they go to */
  fromId?: string | null | undefined;
  intoId?: string | null | undefined;
}

interface Move {
  action: 'set' | 'create' | 'remove';
  tableName: string;
  columnName: string | null;
  ids: readonly string[];
  before: unknown;
  after: unknown;
}

/**
 * The book of merges, splits and links. Whoever changes the shape of the desk does it through an entry here, which both
 * makes the changes and writes them down, so that nothing is moved that an undo would not know of.
 */
@Injectable()
export class Ledger {
  constructor(private readonly clock: Clock) {}

  /**
   * Begins an entry within the caller's transaction. The caller holds the locks of what it is about to move (customers by
   * advisory lock, then case rows FOR NO KEY UPDATE in the order of their ids), and calls `finish` before the commit.
   */
  begin(tx: EntityManager, operation: NewOperation): LedgerEntry {
    return new LedgerEntry(tx, operation, this.clock.now());
  }
}

export class LedgerEntry {
  readonly id = newId();
  private readonly moves: Move[] = [];
  private readonly moved: Record<string, number> = {};
  private readonly cases = new Set<string>();
  private readonly customers = new Set<string>();
  private readonly concerned = new Set<string>();
  private level = false;

  constructor(
    private readonly tx: EntityManager,
    private readonly operation: NewOperation,
    readonly at: Date,
  ) {}

  /**
   * Sets a column of rows that all have the same value in it now. Does nothing when there are no rows, or when the value
   * stays the same.
   *
   * @throws Error when a row does not have `before`: whoever says so did not hold its lock
   */
  async set<T extends LedgerTable>(
    table: T,
    column: ColumnOf<T>,
    ids: readonly string[],
    before: LedgerValue,
    after: LedgerValue,
  ): Promise<void> {
    const { type } = ledgerColumn(table, column);
    if (ids.length === 0 || JSON.stringify(before) === JSON.stringify(after)) return;
    // Instants come from clocks of ours, which count milliseconds.
    const current = type === 'timestamptz' ? `date_trunc('milliseconds', ${column})` : column;
    const [, count]: [unknown, number] = await this.tx.query(
      `UPDATE ${table} SET ${column} = $2::${type} WHERE id = ANY($1::uuid[]) AND ${current} IS NOT DISTINCT FROM $3::${type}`,
      [ids, after, before],
    );
    if (count !== ids.length) throw new Error(`rows of ${table}.${column} are not as they were said to be`);
    this.moves.push({ action: 'set', tableName: table, columnName: column, ids, before, after });
  }

  /** Moves rows of a table without ids, known by `names`, from one owner to another, who has none of these names. */
  async pass(table: OwnedTable, names: readonly string[], from: string, into: string): Promise<void> {
    if (names.length === 0) return;
    const { owner, name, nameType } = ownedTables[table];
    await this.tx.query(
      `UPDATE ${table} SET ${owner} = $3 WHERE ${owner} = $2 AND ${name} = ANY($1::${nameType}[])`,
      [names, from, into],
    );
    const move = { tableName: table, columnName: owner, ids: [from, into] };
    this.moves.push({ ...move, action: 'set', before: names, after: null });
  }

  /**
   * Writes down that these rows were there before, with this very value. An undo takes along what came since; without this
   * it would take them along too.
   */
  stays<T extends LedgerTable>(
    table: T,
    column: ColumnOf<T>,
    ids: readonly string[],
    value: LedgerValue,
  ): void {
    if (ids.length === 0) return;
    const move = { action: 'set', tableName: table, columnName: column } as const;
    this.moves.push({ ...move, ids, before: value, after: value });
  }

  /** Writes down that these rows are new. An undo removes them, or leaves them as redirects (cases, customers). */
  created(table: LedgerTable, ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.moves.push({ action: 'create', tableName: table, columnName: null, ids, before: null, after: null });
  }

  /** Removes rows and keeps them in the ledger as they were. */
  async removed(table: LedgerTable, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const [rows]: [{ row: unknown }[], number] = await this.tx.query(
      `DELETE FROM ${table} t WHERE id = ANY($1::uuid[]) RETURNING to_jsonb(t) AS row`,
      [ids],
    );
    const before = rows.map(({ row }) => row);
    this.moves.push({ action: 'remove', tableName: table, columnName: null, ids, before, after: null });
  }

  /** How much moved, for people: `{messages: 12}`. */
  count(name: string, n: number): void {
    if (n > 0) this.moved[name] = (this.moved[name] ?? 0) + n;
  }

  /**
   * Cases and customers that are no longer what they were: their version counts up, and `arrangement` of the cases, by
   * which intake notices.
   *
   * @param level all these cases get one version above the highest of them, so that a version that somebody saw of one
   *   case is stale for the case that now stands for it
   */
  touch({
    caseIds = [],
    customerIds = [],
    level = false,
  }: {
    caseIds?: readonly string[];
    customerIds?: readonly string[];
    level?: boolean;
  }): void {
    for (const id of caseIds) this.cases.add(id);
    for (const id of customerIds) this.customers.add(id);
    this.level ||= level;
  }

  /** Cases in whose history the operation stands although they are touched only lightly, without a new version. */
  concerns(caseIds: readonly string[]): void {
    for (const id of caseIds) this.concerned.add(id);
  }

  /**
   * Writes the operation down.
   * @returns the new version by id of each touched case, for the events that the caller appends
   */
  async finish(): Promise<ReadonlyMap<string, number>> {
    const versions = await touchCases(this.tx, [...this.cases], this.level);
    await touchCustomers(this.tx, [...this.customers], this.at);
    const { kind, actorId, reason, evidence, suggestionId, fromId, intoId } = this.operation;
    await this.tx.query(
      `INSERT INTO operations (id, kind, actor_id, reason, evidence, suggestion_id, from_id, into_id, case_ids,
                               customer_ids, moved, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        this.id,
        kind,
        actorId,
        reason ?? null,
        JSON.stringify(evidence ?? []),
        suggestionId ?? null,
        fromId ?? null,
        intoId ?? null,
        [...new Set([...this.cases, ...this.concerned])],
        [...this.customers],
        JSON.stringify(this.moved),
        this.at,
      ],
    );
    await this.writeMoves();
    return versions;
  }

  private async writeMoves(): Promise<void> {
    if (this.moves.length === 0) return;
    await this.tx.query(
      `INSERT INTO operation_moves (operation_id, position, action, table_name, column_name, ids, before, after)
       SELECT $1, m.position, m.action, m.table_name, m.column_name,
              ARRAY(SELECT jsonb_array_elements_text(m.ids))::uuid[], m.before, m.after
       FROM unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::jsonb[]) WITH ORDINALITY
            AS m(action, table_name, column_name, ids, before, after, position)`,
      [
        this.id,
        this.moves.map((m) => m.action),
        this.moves.map((m) => m.tableName),
        this.moves.map((m) => m.columnName),
        this.moves.map((m) => JSON.stringify(m.ids)),
        this.moves.map((m) => (m.before === null ? null : JSON.stringify(m.before))),
        this.moves.map((m) => (m.after === null ? null : JSON.stringify(m.after))),
      ],
    );
  }
}

/** Counts version and arrangement of the cases up. @returns the new version by id; see `LedgerEntry.touch` for `level` */
export async function touchCases(
  tx: EntityManager,
  ids: readonly string[],
  level: boolean,
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const [rows]: [{ id: string; version: number }[], number] = await tx.query(
    `UPDATE cases SET arrangement = arrangement + 1,
       version = 1 + ${level ? '(SELECT max(version) FROM cases WHERE id = ANY($1::uuid[]))' : 'version'}
     WHERE id = ANY($1::uuid[]) RETURNING id, version`,
    [ids],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

export async function touchCustomers(tx: EntityManager, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.query('UPDATE customers SET version = version + 1, updated_at = $2 WHERE id = ANY($1::uuid[])', [
    ids,
    now,
  ]);
}
