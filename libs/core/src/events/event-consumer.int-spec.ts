import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { newId } from '@loket/platform/ids.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { until } from '../../../../test/support/until.js';
import { entities } from '../entities.js';
import { EventConsumer, type EventWork } from './event-consumer.js';
import { EventLog } from './event-log.js';
import { readLogState, type StoredEvent } from './events.queries.js';

let database: TestDatabase;
let source: DataSource;
const log = new EventLog();
beforeAll(async () => {
  database = await freshDatabase();
  source = await new DataSource(
    dataSourceOptions({ url: database.url, entities, migrations: [], poolSize: 12 }),
  ).initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

/** @returns ids of the events */
async function happen(times: number): Promise<string[]> {
  const ids = Array.from({ length: times }, () => newId());
  await source.transaction((tx) =>
    log.append(
      tx,
      ids.map((customerId) => ({
        type: 'customer.updated',
        caseId: null,
        version: null,
        actorId: null,
        data: { customerId },
      })),
    ),
  );
  return ids;
}
/** What is held back when a consumer begins, it sees: nobody could tell it from what happens a moment later. */
async function settledLog(): Promise<void> {
  await until(
    () => readLogState(source.manager),
    ({ held }) => !held,
  );
}
const idsOf = (events: readonly StoredEvent[]): unknown[] => events.map((event) => event.data['customerId']);
const consumer = (name: string, work: EventWork, batchSize = 7): EventConsumer =>
  new EventConsumer(source, createLogger('silent'), { name, work, batchSize, debounceMs: 5, share: 1 });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Counts in a table, so that what is written twice is seen. */
async function counted(name: string): Promise<number> {
  const [row]: { documents: number }[] = await source.query('SELECT documents FROM terms WHERE term = $1', [
    name,
  ]);
  return row?.documents ?? 0;
}
const counting =
  (name: string): EventWork =>
  (events) =>
    Promise.resolve(async (tx) => {
      await tx.query(
        `INSERT INTO terms VALUES ($1, $2) ON CONFLICT (term) DO UPDATE SET documents = terms.documents + $2`,
        [name, events.length],
      );
    });

describe('a consumer of the event log', () => {
  it('begins at the end of a log that is older than itself, and sees everything from then on in order', async () => {
    await happen(20);
    await settledLog();
    const seen: unknown[] = [];
    const one = consumer('young', (events) => {
      seen.push(...idsOf(events));
      return Promise.resolve(null);
    });
    await one.prepare();
    const expected = [...(await happen(5)), ...(await happen(20))];
    await one.settle();
    expect(seen).toEqual(expected);
  });

  it('begins at the beginning of an empty log, also when events come before its first round', async () => {
    await source.query('TRUNCATE events');
    const seen: unknown[] = [];
    const one = consumer('first', (events) => {
      seen.push(...idsOf(events));
      return Promise.resolve(null);
    });
    await one.prepare();
    const expected = await happen(3);
    one.start();
    // Another database's transaction in the cluster may hold the events back for a moment; then the feed wakes it later.
    await until(() => {
      one.wake();
      return seen.length === 3;
    });
    await one.stop();
    expect(seen).toEqual(expected);
  });

  it('that died between its work and its cursor does the work again, and writes the last part once', async () => {
    const name = 'dying';
    let deaths = 3;
    const works: number[] = [];
    const mortal = consumer(name, async (events) => {
      works.push(events.length);
      const finish = await counting(name)(events);
      return async (tx) => {
        await finish?.(tx);
        if (deaths-- > 0) throw new Error('killed');
      };
    });
    await mortal.prepare();
    await happen(10);
    for (let i = 0; i < 3; i++) await expect(mortal.settle()).rejects.toThrow('killed');
    await mortal.settle();
    expect(works).toEqual([7, 7, 7, 7, 3]);
    expect(await counted(name)).toBe(10);
  });

  it('goes on by itself after a failure', async () => {
    let failures = 1;
    const seen: unknown[] = [];
    const one = consumer('stumbling', (events) => {
      if (failures-- > 0) throw new Error('stumbled');
      seen.push(...idsOf(events));
      return Promise.resolve(null);
    });
    await one.prepare();
    one.start();
    const expected = await happen(2);
    await until(() => {
      one.wake();
      return seen.length === 2;
    });
    await one.stop();
    expect(seen).toEqual(expected);
  });

  it('leaves out one event that cannot be worked on, and nothing else', async () => {
    const seen: unknown[] = [];
    const bad = new Set<unknown>();
    const one = consumer('choking', (events) => {
      if (idsOf(events).some((id) => bad.has(id))) throw new Error('choked');
      seen.push(...idsOf(events));
      return Promise.resolve(null);
    });
    await one.prepare();
    const all = await happen(12);
    bad.add(all[3]);
    for (let tries = 0; tries < 9; tries++) await expect(one.settle()).rejects.toThrow('choked');
    await one.settle();
    expect(seen).toEqual(all.filter((id) => !bad.has(id)));
  });

  it('works once in two processes, at the same time in one of them only', async () => {
    const name = 'twice';
    let running = 0;
    const work: EventWork = async (events) => {
      running += 1;
      expect(running).toBe(1);
      await pause(3);
      running -= 1;
      return counting(name)(events);
    };
    const both = [consumer(name, work), consumer(name, work)];
    for (const one of both) await one.prepare();
    for (const one of both) one.start();
    let total = 0;
    for (let i = 0; i < 15; i++) {
      total += (await happen(1 + (i % 9))).length;
      for (const one of both) one.wake();
      await pause(4);
    }
    await Promise.all(both.map((one) => one.settle()));
    for (const one of both) await one.stop();
    expect(await counted(name)).toBe(total);
  });

  it('does not write when another has moved the cursor, should the lock be lost', async () => {
    const name = 'robbed';
    const thief = consumer(name, counting(name));
    const robbed = consumer(name, async (events) => {
      await source.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      await thief.settle();
      return counting(name)(events);
    });
    await robbed.prepare();
    await happen(6);
    await robbed.settle();
    expect(await counted(name)).toBe(6);
  });

  it('holds back nobody’s events while it works', async () => {
    let rounds = 0;
    const held = async (): Promise<boolean> => (await readLogState(source.manager)).held;
    const one = consumer('slow', async () => {
      await happen(1);
      // A transaction of the consumer's own that had written by now would keep that event from being settled for as
      // long as this lasts; those of other databases in the cluster are over in a moment.
      await until(held, (answer) => !answer);
      rounds += 1;
      if (rounds === 3) void one.stop();
      return null;
    });
    await one.prepare();
    await happen(1);
    one.start();
    await until(
      () => {
        one.wake();
        return rounds === 3;
      },
      Boolean,
      50_000,
    );
  });

  it('finds its place again in a log that was put back to transaction 0', async () => {
    const seen: unknown[] = [];
    const one = consumer('restored', (events) => {
      seen.push(...idsOf(events));
      return Promise.resolve(null);
    });
    await one.prepare();
    await happen(2);
    await one.settle();
    await source.query('UPDATE events SET tx = 0');
    await source.query(`UPDATE consumer_cursors SET tx = tx + 4000000000 WHERE name = 'restored'`);
    const expected = await happen(2);
    await one.settle();
    expect(seen.slice(2)).toEqual(expected);
  });
});

it('settles also what an older transaction let go of just then', async () => {
  const seen = new Set<unknown>();
  const one = consumer('late', (events) => {
    for (const id of idsOf(events)) seen.add(id);
    return Promise.resolve(null);
  });
  await one.prepare();
  for (let round = 0; round < 60; round++) {
    const older = source.createQueryRunner();
    await older.startTransaction();
    await older.query('SELECT pg_current_xact_id()');
    const ids = await happen(1);
    const settled = one.settle();
    await pause(round % 12);
    await older.commitTransaction();
    await older.release();
    await settled;
    expect([...seen]).toEqual(expect.arrayContaining(ids));
  }
});
