import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callImportSchema, importPreviewSchema, type CallImport } from '@loket/contracts/call-imports.js';
import pg from 'pg';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

/** LOKET_TEST_FULL=1: the file that is promised; otherwise one that fits into every run. */
const full = process.env.LOKET_TEST_FULL === '1';
const rows = full ? 100_000 : 2_000;
/** What a server may grow by while it imports, in MB; the calls alone are 40 MB and more as objects. */
const growth = 400;

/** Calls of some years with a few thousand people, as telephone systems write them. */
function csv(): string {
  const lines = ['Start;Direction;Number;Name;Status;Duration;Agent;Note'];
  for (let n = 0; n < rows; n++) {
    const start = new Date(Date.UTC(2024, 0, 1, 1) + n * 600_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    const caller = n % 4_000;
    const status = ['Answered', 'Missed', 'Answered', 'Voicemail'][n % 4];
    lines.push(
      `${start};${n % 5 === 0 ? 'outbound' : 'inbound'};0812${String(20_000_000 + caller)};Pelanggan ${String(caller)};` +
        `${status};${String((n * 7) % 600)};Rani;Pesanan TR-${String(n)}, "segera"`,
    );
  }
  return lines.join('\r\n');
}

describe(`a CSV of ${String(rows)} calls`, () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let sql: pg.Client;
  let channelId: string;
  let file: string;

  beforeAll(async () => {
    database = await freshDatabase();
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    channelId = (await admin.createChannel({ kind: 'phone', name: 'Telepon', config: {} })).id;
    sql = new pg.Client(database.url);
    await sql.connect();
    file = csv();
  }, 60_000);

  afterAll(async () => {
    await sql.end();
    await server.stop();
    await database.drop();
  });

  const memory = async (): Promise<number> => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(server.pid)]);
    return Number(stdout) / 1024;
  };
  const upload = async (): Promise<CallImport> => {
    const form = new FormData();
    form.set('file', new File([file], 'panggilan.csv', { type: 'text/csv' }));
    const answer = await fetch(`${server.url}/api/v1/channels/${channelId}/imports`, {
      method: 'POST',
      body: form,
      headers: { cookie: admin.cookieHeader() },
    });
    return callImportSchema.parse(await answer.json());
  };
  /** @returns the import when it is over, what was told of its progress, and the most memory that it took, in MB */
  const run = async (): Promise<{ done: CallImport; told: number[]; most: number; seconds: number }> => {
    const { id } = await upload();
    const path = `/channels/${channelId}/imports/${id}`;
    const { settings } = await admin.post(`${path}/preview`, {}, importPreviewSchema);
    const began = Date.now();
    await admin.post(`${path}/start`, { settings }, callImportSchema);
    const told: number[] = [];
    let most = 0;
    const done = await until(
      async () => {
        most = Math.max(most, await memory());
        const now = await admin.get(path, callImportSchema);
        if (now.progress.rows !== told.at(-1)) told.push(now.progress.rows);
        return now;
      },
      ({ state }) => state !== 'running',
      1_200_000,
    );
    return { done, told, most, seconds: (Date.now() - began) / 1000 };
  };
  const stored = async (): Promise<unknown> => {
    const { rows: found } = await sql.query(
      `SELECT count(*)::int AS calls, count(DISTINCT m.customer_id)::int AS people, count(DISTINCT m.case_id)::int AS cases,
              md5(string_agg(m.external_id || m.call::text || m.text || m.case_id, '' ORDER BY m.external_id)) AS sum
       FROM messages m`,
    );
    return found[0];
  };

  it('is imported with progress in bounded memory, and a second time to the same result', async () => {
    const before = await memory();
    const first = await run();
    expect(first.done).toMatchObject({
      state: 'done',
      progress: { rows, imported: rows, known: 0, failed: 0 },
    });
    expect(first.told.length).toBeGreaterThan(1);
    expect(first.told).toEqual(first.told.toSorted((a, b) => a - b));
    expect(await stored()).toMatchObject({ calls: rows, people: Math.min(rows, 4_000) });
    const result = await stored();
    const second = await run();
    expect(second.done).toMatchObject({
      state: 'done',
      progress: { rows, imported: 0, known: rows, failed: 0 },
    });
    expect(await stored()).toEqual(result);
    expect(Math.max(first.most, second.most) - before).toBeLessThan(growth);
    const seconds = [first, second].map((one) => one.seconds.toFixed(0)).join(' and ');
    const most = [before, first.most, second.most].map((mb) => mb.toFixed(0)).join(', ');
    console.info(`${String(rows)} rows: ${seconds} s; memory before and at most: ${most} MB`);
  }, 2_500_000);
});
