import { Injectable } from '@nestjs/common';
import type { EventData, EventType } from '@loket/contracts/events.js';

/** One change, to be written in the transaction of the change. */
export type NewEvent = {
  [T in EventType]: {
    type: T;
    /** null when no case is concerned */
    caseId: string | null;
    /** the case's version after this event; null when no case is concerned */
    version: number | null;
    /** who did it; null when nobody of ours did */
    actorId: string | null;
    data: EventData<T>;
  };
}[EventType];

/** A transaction under way: TypeORM's EntityManager, or a client of `pg`. */
export interface OpenTransaction {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

/** Where changes are written down (DESIGN §6), and where this process hears that it has just written some. */
@Injectable()
export class EventLog {
  private readonly listeners = new Set<() => void>();

  /**
   * Writes the events in the order given, in one statement, within the caller's transaction. Call `committed` after
   * that transaction has committed.
   *
   * A transaction that got its id early and then waited for the case is younger in the case than its id says. Its events
   * stand under the id of the last one there, so that the log's order is that of the case's versions; an id that is
   * settled when both are, so no reader can miss them.
   *
   * @param at when it happened, by the clock that also dates messages and notes, since the timeline puts them in one
   *   order; left out: when the transaction began, by the database's clock
   */
  async append(transaction: OpenTransaction, events: readonly NewEvent[], at?: Date): Promise<void> {
    if (events.length === 0) return;
    await transaction.query(
      `INSERT INTO events (tx, type, case_id, version, actor_id, data, at)
       SELECT greatest(current_tx(), (SELECT last.tx FROM events last WHERE last.case_id = e.case_id
                                      ORDER BY last.id DESC LIMIT 1)),
              type, case_id, version, actor_id, data, coalesce($6::timestamptz, now())
       FROM unnest($1::text[], $2::uuid[], $3::int[], $4::uuid[], $5::jsonb[])
         WITH ORDINALITY AS e(type, case_id, version, actor_id, data, position)
       ORDER BY position`,
      [
        events.map((e) => e.type),
        events.map((e) => e.caseId),
        events.map((e) => e.version),
        events.map((e) => e.actorId),
        events.map((e) => JSON.stringify(e.data)),
        at ?? null,
      ],
    );
  }

  /** Says that events of this process are now committed, so that the feed need not wait for its next round. */
  committed(): void {
    for (const listener of this.listeners) listener();
  }

  /** @returns a function that stops listening */
  onCommitted(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
