import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  callImportSchema,
  importPreviewSchema,
  type CallImport,
  type CallImportPreview,
} from '@loket/contracts/call-imports.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { until } from '../../../../test/support/until.js';

let server: TestApp;
let channelId: string;
beforeAll(async () => {
  server = await startApp();
  channelId = (await server.admin.createChannel({ kind: 'phone', name: 'Telepon', config: {} })).id;
});
afterAll(() => server.close());

const upload = async (csv: string, to = channelId): Promise<Response> => {
  const form = new FormData();
  form.set('file', new File([csv], 'panggilan.csv', { type: 'text/csv' }));
  return fetch(`${server.url}/api/v1/channels/${to}/imports`, {
    method: 'POST',
    body: form,
    headers: { cookie: server.admin.cookieHeader() },
  });
};
const uploaded = async (csv: string): Promise<CallImport> =>
  callImportSchema.parse(await (await upload(csv)).json());
const path = ({ id }: Pick<CallImport, 'id'>): string => `/channels/${channelId}/imports/${id}`;
const preview = (one: CallImport): Promise<CallImportPreview> =>
  server.admin.post(`${path(one)}/preview`, {}, importPreviewSchema);
const run = async (one: CallImport, settings: CallImportPreview['settings']): Promise<CallImport> => {
  await server.admin.post(`${path(one)}/start`, { settings }, callImportSchema);
  return until(
    () => server.admin.get(path(one), callImportSchema),
    ({ state }) => state !== 'running',
  );
};
const stored = (): Promise<unknown[]> =>
  server.app
    .get(DataSource)
    .query('SELECT external_id, call, text, case_id FROM messages ORDER BY external_id');

const lines = [
  'Tanggal;Nomor Telepon;Nama;Status;Durasi;Catatan',
  ...Array.from({ length: 700 }, (_, n) => {
    const day = String(1 + (n % 28)).padStart(2, '0');
    const status = n % 3 === 0 ? 'Tidak dijawab' : 'Dijawab';
    return `${day}/10/2026 09:${String(n % 60).padStart(2, '0')};0812${String(10_000_000 + (n % 300))};Budi ${String(n % 300)};${status};${String(n % 200)};Catatan ${String(n)}`;
  }),
  'kemarin;081299998888;Tanpa Tanggal;Dijawab;10;=1+1',
];

describe('a CSV of calls', () => {
  it('is shown before anything is taken in, imported with progress, and again without a double', async () => {
    const one = await uploaded(lines.join('\r\n'));
    expect(one).toMatchObject({ state: 'ready', name: 'panggilan.csv', problems: 0 });
    const { settings, headers, missing, rows } = await preview(one);
    expect([headers.length, missing, rows.length]).toEqual([6, [], 20]);
    expect(settings).toMatchObject({ form: { delimiter: ';' }, order: 'day_first', mapping: { number: 1 } });
    expect(await stored()).toEqual([]);

    const done = await run(one, settings);
    expect(done).toMatchObject({
      state: 'done',
      reason: null,
      progress: { bytes: one.size, rows: 701, imported: 700, known: 0, failed: 1 },
    });
    const first = await stored();
    expect(first).toHaveLength(700);

    const again = await run(one, settings);
    expect(again.progress).toMatchObject({ rows: 701, imported: 0, known: 700, failed: 1 });
    const other = await run(await uploaded(lines.join('\r\n')), settings);
    expect(other.progress).toMatchObject({ imported: 0, known: 700 });
    expect(await stored()).toEqual(first);

    const csv = await (await server.admin.send('GET', `${path(one)}/problems`, {})).text();
    const wrong = csv.trim().split('\r\n');
    expect(wrong[0]).toBe('line,column,field,severity,code,value');
    expect(wrong.filter((line) => line.includes(',error,'))).toEqual([
      '702,1,startedAt,error,date_unreadable,kemarin',
    ]);
  });

  it('is history: nobody waits, nobody is to be called back, no list of open cases grows', async () => {
    const [{ open, owed, waiting }] = await server.app.get(DataSource).query(
      `SELECT count(*) FILTER (WHERE status <> 'resolved')::int AS open,
              count(callback_since)::int AS owed, count(waiting_since)::int AS waiting FROM cases`,
    );
    expect({ open, owed, waiting }).toEqual({ open: 0, owed: 0, waiting: 0 });
  });

  it('that was cut off by the end of a process is taken up again', async () => {
    const one = await uploaded(lines.slice(0, 50).join('\n').replaceAll('Budi', 'Sri'));
    const { settings } = await preview(one);
    await server.app
      .get(DataSource)
      .query(
        `UPDATE call_imports SET state = 'running', settings = $2, touched_at = now() - interval '5 minutes' WHERE id = $1`,
        [one.id, JSON.stringify(settings)],
      );
    await server.app.get(JobQueue, { strict: false }).add('run-call-imports', {});
    const done = await until(
      () => server.admin.get(path(one), callImportSchema),
      ({ state }) => state === 'done',
    );
    expect(done.progress).toMatchObject({ rows: 49, imported: 49 });
  });

  it('is refused where it does not belong, and what is no CSV says so row by row', async () => {
    const mail = await server.admin.createChannel({ kind: 'email', name: 'Surel', config: {} });
    expect((await upload('a,b', mail.id)).status).toBe(422);
    expect((await upload('')).status).toBe(400);
    const { settings, missing } = await preview(await uploaded('apa\nini\n'));
    expect(missing).toContain('startedAt');
    const done = await run(await uploaded('apa\nini\n'), { ...settings, mapping: {} });
    expect(done.progress.imported).toBe(0);
    expect(done.progress.failed).toBeGreaterThan(0);
  });
});
