import type { EntityManager } from 'typeorm';
import type { EventType } from '@loket/contracts/events.js';
import type { EventPosition } from './event-cursor.js';

/** An event as it stands in the log. */
export interface StoredEvent {
  position: EventPosition;
  type: EventType;
  caseId: string | null;
  version: number | null;
  actorId: string | null;
  data: Record<string, unknown>;
  at: Date;
}

type Row = Omit<StoredEvent, 'position'> & { tx: string; id: string };

/**
 * Below this transaction id everything is decided: committed and visible, or rolled back. A transaction at or above it
 * may still commit rows, so a reader that went past it could miss them (DESIGN §6).
 */
const settled = `pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
const columns = `tx, id, type, case_id AS "caseId", version, actor_id AS "actorId", data, at`;

/**
 * Settled events after a position, oldest first.
 *
 * @param upTo leave out to read as far as the log is settled
 */
export async function readEvents(
  manager: EntityManager,
  after: EventPosition,
  limit: number,
  upTo?: EventPosition,
): Promise<StoredEvent[]> {
  const bound = upTo ? 'AND (tx, id) <= ($4::bigint, $5::bigint)' : '';
  const rows: Row[] = await manager.query(
    `SELECT ${columns} FROM events
     WHERE (tx, id) > ($1::bigint, $2::bigint) AND tx < ${settled} ${bound}
     ORDER BY tx, id LIMIT $3`,
    [after.tx, after.id, limit, ...(upTo ? [upTo.tx, upTo.id] : [])],
  );
  return rows.map(({ tx, id, ...event }) => ({ position: { tx: BigInt(tx), id: BigInt(id) }, ...event }));
}

export interface LogState {
  /** the last settled event; null when there is none */
  head: EventPosition | null;
  /** transaction ids from here on are not settled */
  xmin: bigint;
  /** events are committed already but held back by an older transaction that still runs */
  held: boolean;
}

export async function readLogState(manager: EntityManager): Promise<LogState> {
  const [row]: { xmin: string; tx: string | null; id: string | null; held: boolean }[] = await manager.query(
    `SELECT ${settled} AS xmin, head.tx, head.id, EXISTS (SELECT FROM events WHERE tx >= ${settled}) AS held
     FROM (SELECT) one
     LEFT JOIN LATERAL (SELECT tx, id FROM events WHERE tx < ${settled} ORDER BY tx DESC, id DESC LIMIT 1) head ON true`,
  );
  if (!row) throw new Error('the log state query gave no row');
  return {
    xmin: BigInt(row.xmin),
    head: row.tx === null || row.id === null ? null : { tx: BigInt(row.tx), id: BigInt(row.id) },
    held: row.held,
  };
}

/**
 * After a dump was restored into a new cluster, transaction ids start low again while the log still names high ones:
 * those rows would count as unsettled, and new ones would sort before them. Such a log is put back to transaction 0,
 * which keeps its order by id and lies before everything to come. Clients with an old cursor are told `expired`.
 *
 * @returns how many events were renumbered; 0 on every ordinary start
 */
export async function mendTransactionIds(manager: EntityManager): Promise<number> {
  const [, count]: [unknown, number] = await manager.query(
    `UPDATE events SET tx = 0
     WHERE EXISTS (SELECT FROM events WHERE tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)`,
  );
  return count;
}
