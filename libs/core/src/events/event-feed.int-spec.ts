import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { newId } from '@loket/platform/ids.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { until } from '../../../../test/support/until.js';
import { entities } from '../entities.js';
import { comparePositions, formatCursor, parseCursor } from './event-cursor.js';
import { EventFeed } from './event-feed.js';
import { EventLog, type NewEvent } from './event-log.js';
import type { StoredEvent } from './events.queries.js';

let database: TestDatabase;
let source: DataSource;
const feeds: EventFeed[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  source = await new DataSource(
    dataSourceOptions({ url: database.url, entities, migrations: [], poolSize: 12 }),
  ).initialize();
});
afterAll(async () => {
  for (const feed of feeds) await feed.onApplicationShutdown();
  await source.destroy();
  await database.drop();
});

async function startFeed(log = new EventLog()): Promise<{ log: EventLog; heard: StoredEvent[] }> {
  const feed = new EventFeed(source.manager, log, createLogger('silent'));
  const heard: StoredEvent[] = [];
  feed.listen((events) => {
    heard.push(...events);
  });
  await feed.onApplicationBootstrap();
  feeds.push(feed);
  return { log, heard };
}

const some = (): NewEvent => ({
  type: 'customer.updated',
  caseId: null,
  version: null,
  actorId: null,
  data: { customerId: newId() },
});
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const numbers = (events: readonly StoredEvent[]): string[] => events.map((e) => e.position.id.toString());

describe('the event feed', () => {
  it('skips no transaction that commits late, keeps one order, and tells each event once', async () => {
    const { log, heard } = await startFeed();
    const otherProcess = await startFeed();
    // Gets its transaction id first and commits last: a reader by id or time alone would run past it.
    const late = source.manager.transaction(async (tx) => {
      await log.append(tx, [some()]);
      await pause(400);
      await log.append(tx, [some()]);
    });
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 25; i++) {
        await source.manager
          .transaction(async (tx) => {
            await log.append(tx, [some(), some()]);
            await pause(Math.random() * 10);
            if ((writer + i) % 9 === 0) throw new Error('rolled back');
          })
          .catch(() => undefined);
        log.committed();
      }
    });
    await Promise.all([...writers, late]);
    log.committed();
    const stored: { id: string }[] = await source.query('SELECT id FROM events ORDER BY tx, id');
    expect(stored.length).toBeGreaterThan(300);
    for (const feed of [heard, otherProcess.heard]) {
      await until(() => feed.length >= stored.length);
      expect(numbers(feed)).toEqual(stored.map((e) => e.id));
    }
  });

  it('keeps the order of a case when the older transaction comes to it later', async () => {
    const { log, heard } = await startFeed();
    const caseId = newId();
    const added = (version: number): NewEvent => ({
      type: 'note.added',
      caseId,
      version,
      actorId: null,
      data: { noteId: newId() },
    });
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const older = source.manager.transaction(async (tx) => {
      await tx.query('SELECT current_tx()');
      arrive();
      // As if it had waited for the case, which the younger one held.
      await younger;
      await log.append(tx, [added(2), added(3)]);
    });
    const younger = arrived.then(() => source.manager.transaction((tx) => log.append(tx, [added(1)])));
    await older;
    await source.manager.transaction((tx) => log.append(tx, [added(4)]));
    log.committed();
    await until(() => heard.length >= 4);
    expect(heard.map((event) => event.version)).toEqual([1, 2, 3, 4]);
  });

  it('passes an event on within a moment of its commit', async () => {
    const { log, heard } = await startFeed();
    const delays: number[] = [];
    for (let i = 0; i < 20; i++) {
      await source.manager.transaction((tx) => log.append(tx, [some()]));
      const committed = performance.now();
      log.committed();
      while (heard.length <= i) await pause(1);
      delays.push(performance.now() - committed);
    }
    expect(delays.sort((a, b) => a - b)[10]).toBeLessThan(60);
  });

  it('begins with what comes after its start, and goes on after a listener failed', async () => {
    const log = new EventLog();
    const feed = new EventFeed(source.manager, log, createLogger('silent'));
    feeds.push(feed);
    const heard: StoredEvent[] = [];
    feed.listen(() => {
      throw new Error('broken');
    });
    feed.listen((events) => {
      heard.push(...events);
    });
    await feed.onApplicationBootstrap();
    for (let i = 0; i < 2; i++) {
      await log.append(source.manager, [some()]);
      log.committed();
      await until(() => heard.length === i + 1);
    }
  });

  it('mends a log whose transaction ids come from another cluster, keeping its order', async () => {
    await source.query('UPDATE events SET tx = tx + 4000000000');
    const { log, heard } = await startFeed();
    expect(await source.query('SELECT DISTINCT tx FROM events')).toEqual([{ tx: '0' }]);
    await log.append(source.manager, [some()]);
    log.committed();
    await until(() => heard.length === 1);
    // A client from before the restore is ahead of everything, so it is told that its cursor has expired.
    const old = parseCursor('4000000900-12');
    expect(old && heard[0] && comparePositions(old, heard[0].position)).toBe(1);
  });
});

describe('cursors', () => {
  it.each(['', '1', '1-', '-1', 'a-b', '1-2-3', '99999999999999999999-1', '9999999999999999999-1', '1-2 '])(
    'refuse %j',
    (text) => {
      expect(parseCursor(text)).toBeNull();
    },
  );
  it('come back as they were', () => {
    expect(formatCursor(parseCursor('9223372036854775807-42') ?? { tx: 0n, id: 0n })).toBe(
      '9223372036854775807-42',
    );
  });
});
