import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isUnavailable } from '@loket/platform/database/errors.js';
import type { Logger } from '@loket/platform/logging/logger.js';
import { startOfLog, type EventPosition } from './event-cursor.js';
import { quietMoment } from './quiet-moment.js';
import { readEvents, readLogState, type StoredEvent } from './events.queries.js';

/** Writes that must happen exactly once: they are committed together with the cursor. */
export type LastWrites = (tx: EntityManager) => Promise<void>;

/**
 * Works on some events. May be given the same ones again when the process died, so what it writes by itself must come to
 * the same a second time; what cannot is returned, and written with the cursor.
 */
export type EventWork = (events: readonly StoredEvent[]) => Promise<LastWrites | null>;

export interface EventConsumerOptions {
  /** names the cursor, for ever */
  name: string;
  work: EventWork;
  /** events at a time */
  batchSize?: number;
  /** how long after a commit to begin, so that a burst is worked on together; milliseconds */
  debounceMs?: number;
  /** the most of its time that it works while other things go on; 0..1 */
  share?: number;
}

const failedMs = 2_000;
const longestFailedMs = 60_000;
/** Tries of a batch before its events are taken one by one, and of one event before it is left out. */
const mostStumbles = 5;
/** the longest rest, so that a slow batch does not stop it for minutes */
const longestRestMs = 5_000;

/**
 * Reads the event log in the background and works on everything that it has not seen, once for all processes together.
 *
 * A session's advisory lock keeps others out while one works, without a transaction: one that wrote would hold back the
 * log for everybody (events.queries.ts). Should the lock be lost with its connection, the cursor is the second guard:
 * it is only moved on from where this run found it.
 */
export class EventConsumer {
  private readonly options: Required<EventConsumerOptions>;
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> | null = null;
  private stopped = true;
  private wakes = 0;
  private failures = 0;
  /** failures in a row on the same events that are not the database's */
  private stumbles = 0;
  /** events that are yet to be taken alone, to find the one that cannot be worked on */
  private oneByOne = 0;

  constructor(
    private readonly database: DataSource,
    private readonly logger: Logger,
    options: EventConsumerOptions,
  ) {
    this.options = { batchSize: 100, debounceMs: 200, share: 0.1, ...options };
  }

  /**
   * Makes sure that there is a cursor. Every process calls it before it takes anything in, also one that does not work
   * itself: a cursor made later would begin behind what has come in by then.
   */
  async prepare(): Promise<void> {
    await openCursor(this.database.manager, this.options.name);
  }

  /** Begins with what was left over when the last process stopped. */
  start(): void {
    this.stopped = false;
    this.wake();
  }

  /** Lets the batch under way finish. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.round;
  }

  /** There may be something to do. Cheap: call it as often as you like. */
  wake(): void {
    this.wakes += 1;
    if (this.stopped || this.timer || this.round) return;
    this.schedule(this.options.debounceMs);
  }

  /**
   * Works through the log as it is now, without rests. Waits for another process that is at it, and for events that are
   * committed but held back by an older transaction.
   * @throws what the work throws
   */
  async settle(): Promise<void> {
    await this.round;
    for (;;) {
      // Asked before reading: what was held back while it read, and no longer is afterwards, would be left out.
      const { held } = await readLogState(this.database.manager);
      if ((await this.run(false)) && !held) return;
      await pause(20);
    }
  }

  private schedule(ms: number): void {
    this.timer = setTimeout(() => {
      this.timer = null;
      const seen = this.wakes;
      this.round = this.tryToRun().finally(() => {
        this.round = null;
        const delay = this.failures > 0 ? backOff(this.failures) : this.options.debounceMs;
        if (!this.stopped && (this.failures > 0 || this.wakes > seen)) this.schedule(delay);
      });
    }, ms);
    this.timer.unref();
  }

  private async tryToRun(): Promise<void> {
    try {
      await this.run(true);
      this.failures = 0;
    } catch (error) {
      // Once per outage.
      if (this.failures === 0)
        this.logger.error({ err: error, consumer: this.options.name }, 'events cannot be worked on');
      this.failures += 1;
    }
  }

  /** @returns false when another process is at it */
  private async run(restful: boolean): Promise<boolean> {
    const runner = this.database.createQueryRunner();
    try {
      if (!(await lock(runner, this.options.name))) return false;
      try {
        await this.drain(restful);
      } finally {
        await unlock(runner, this.options.name);
      }
      return true;
    } finally {
      await runner.release();
    }
  }

  private async drain(restful: boolean): Promise<void> {
    const { manager } = this.database;
    let at = await openCursor(manager, this.options.name);
    while (!(restful && this.stopped)) {
      if (restful) await quietMoment();
      const began = performance.now();
      const seen = this.wakes;
      const events = await readEvents(manager, at, this.oneByOne > 0 ? 1 : this.options.batchSize);
      const last = events.at(-1);
      if (!last) return;
      if (!(await this.workOn(events, at, last.position))) return;
      this.oneByOne = Math.max(0, this.oneByOne - 1);
      at = last.position;
      const busy = this.wakes > seen;
      await pause(restful && busy ? rest(performance.now() - began, this.options.share) : 0);
    }
  }

  /** @returns false when somebody else has moved the cursor meanwhile */
  private async workOn(
    events: readonly StoredEvent[],
    from: EventPosition,
    to: EventPosition,
  ): Promise<boolean> {
    const { manager } = this.database;
    try {
      const moved = await moveCursor(manager, this.options.name, from, to, await this.options.work(events));
      this.stumbles = 0;
      return moved;
    } catch (error) {
      if (isUnavailable(error)) throw error;
      this.stumbles += 1;
      if (this.stumbles < mostStumbles) throw error;
      this.stumbles = 0;
      if (events.length > 1) {
        this.oneByOne = events.length;
        throw error;
      }
      this.logger.error({ err: error, consumer: this.options.name, eventId: String(to.id) }, 'event skipped');
      return moveCursor(manager, this.options.name, from, to, null);
    }
  }
}

function rest(workedMs: number, share: number): number {
  return Math.min(longestRestMs, workedMs * (1 / share - 1));
}

function backOff(failures: number): number {
  return Math.min(longestFailedMs, failedMs * 2 ** Math.min(failures - 1, 5));
}

/** Also with nothing to wait for, others get their turn. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve)));
}

const lockKey = `hashtextextended('event-consumer:' || $1, 0)`;

async function lock(runner: QueryRunner, name: string): Promise<boolean> {
  const rows: unknown = await runner.query(`SELECT pg_try_advisory_lock(${lockKey}) AS held`, [name]);
  return (rows as { held: boolean }[])[0]?.held === true;
}

async function unlock(runner: QueryRunner, name: string): Promise<void> {
  // A connection that is gone has given its locks back already.
  await runner.query(`SELECT pg_advisory_unlock(${lockKey})`, [name]).catch(() => undefined);
}

/**
 * Where the consumer stands. A new one on an old log begins at its end: what happened before it existed is not its
 * business. A cursor from before a restore names transactions that are still to come; see `mendTransactionIds`.
 */
async function openCursor(manager: EntityManager, name: string): Promise<EventPosition> {
  const [row]: { tx: string; id: string }[] = await manager.query(
    `SELECT CASE WHEN tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint THEN 0 ELSE tx END AS tx, id
     FROM consumer_cursors WHERE name = $1`,
    [name],
  );
  if (row) return { tx: BigInt(row.tx), id: BigInt(row.id) };
  const head = (await readLogState(manager)).head ?? startOfLog;
  await manager.query(
    'INSERT INTO consumer_cursors (name, tx, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [name, head.tx, head.id],
  );
  return head;
}

/** @returns false when somebody else has moved it meanwhile: then nothing was written */
async function moveCursor(
  manager: EntityManager,
  name: string,
  from: EventPosition,
  to: EventPosition,
  finish: LastWrites | null,
): Promise<boolean> {
  const runner = manager.connection.createQueryRunner();
  await runner.startTransaction();
  try {
    const [, moved]: [unknown, number] = await runner.manager.query(
      'UPDATE consumer_cursors SET tx = $2, id = $3 WHERE name = $1 AND id = $4',
      [name, to.tx, to.id, from.id],
    );
    if (moved === 1) await finish?.(runner.manager);
    await (moved === 1 ? runner.commitTransaction() : runner.rollbackTransaction());
    return moved === 1;
  } catch (error) {
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
