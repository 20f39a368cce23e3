import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { boardSchema } from '@loket/contracts/board.js';
import { cannedAnswerListSchema } from '@loket/contracts/canned-answers.js';
import { caseCountsSchema } from '@loket/contracts/cases.js';
import { channelKinds } from '@loket/contracts/channels.js';
import { incidentPageSchema } from '@loket/contracts/incidents.js';
import { noticePageSchema } from '@loket/contracts/notices.js';
import { savedViewListSchema } from '@loket/contracts/saved-views.js';
import { suggestionCountsSchema } from '@loket/contracts/suggestions.js';
import { startPostgres } from '@loket/platform/postgres/launcher.js';
import pg from 'pg';
import { ApiClient } from './support/client.js';
import { listCases } from './support/desk.js';
import { freePort } from './support/dovecot.js';
import { databasePid } from './support/server.js';
import { until } from './support/until.js';

interface Planned {
  talks: unknown[];
  steps: { at: number; kind: string; text?: string }[];
}
/** No part of what is compiled. */
const planner = '../tools/demo/plan.mjs';

describe('npm run demo', () => {
  let dir: string;
  let demo: ChildProcess;
  let told = '';
  let boss: ApiClient;
  let sql: pg.Client;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'loket-demo-'));
    const port = await freePort();
    const options = { dir: join(dir, 'data'), port, cases: 200, rate: 60 };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    demo = spawn(process.execPath, ['tools/demo.mjs', ...args, '--agents-work'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [demo.stdout!, demo.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => (told += text));
    await until(
      () => told,
      (text) => text.includes('Ctrl-C') || demo.exitCode !== null,
      240_000,
    );
    boss = new ApiClient(`http://127.0.0.1:${String(port)}`);
    const [, password = ''] = /password: +(\S+)/.exec(told) ?? [];
    await boss.signIn('admin@teraskita.example', password);
    const postgres = await startPostgres({ dir: join(dir, 'data/postgres') });
    sql = new pg.Client(postgres.url);
    sql.on('error', () => undefined); // the demo takes its database along
    await sql.connect();
  }, 300_000);

  afterAll(async () => {
    if (demo.exitCode === null) demo.kill('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });

  it('has something on every screen', async () => {
    const counts = await boss.get('/cases/counts', caseCountsSchema);
    for (const view of ['mine', 'unassigned', 'mentions', 'following', 'snoozed', 'all', 'callback'] as const)
      expect([view, counts[view]]).toEqual([view, expect.any(Number)]);
    expect(Object.entries(counts).filter(([view, n]) => n === 0 && view !== 'teams')).toEqual([]);
    for (const kind of channelKinds)
      expect([kind, (await listCases(boss, `kind=${kind}`)).length > 0]).toEqual([kind, true]);
    for (const status of ['open', 'pending', 'resolved'])
      expect([status, (await listCases(boss, `status=${status}`)).length > 0]).toEqual([status, true]);
    expect(await listCases(boss, 'priority=high,urgent')).not.toEqual([]);
    expect(await listCases(boss, 'tag=pengiriman')).not.toEqual([]);
    expect((await boss.get('/incidents?status=all', incidentPageSchema)).items).toHaveLength(2);
    expect((await boss.get('/canned-answers', cannedAnswerListSchema)).items.length).toBeGreaterThan(10);
    expect((await boss.get('/views', savedViewListSchema)).items.length).toBeGreaterThan(2);
    expect((await boss.get('/me/notices', noticePageSchema)).unread).toBeGreaterThan(0);
    const found = await boss.get('/suggestions/counts', suggestionCountsSchema);
    expect(Object.values(found).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0);
  }, 60_000);

  it('has people at work, and none with more than he can carry', async () => {
    const board = await boss.get('/board', boardSchema);
    expect(board.queues.filter(({ team }) => team !== null)).toHaveLength(5);
    const here = board.agents.filter(({ availability }) => availability === 'online');
    expect(here.length).toBeGreaterThan(10);
    expect(board.agents.some(({ cases }) => cases.length > 0)).toBe(true);
    const given = board.agents.filter(({ agent }) => agent.name !== 'Ayu Pramesti');
    expect(given.filter(({ load, limits }) => load > limits.total)).toEqual([]);
  });

  it('keeps every promise of the desk, though it happened in seconds', async () => {
    const broken = async (query: string): Promise<unknown[]> => (await sql.query<object>(query)).rows;
    const counted = `SELECT c.number FROM cases c WHERE merged_into_id IS NULL
      AND message_count <> (SELECT count(*) FROM messages m WHERE m.case_id = c.id)`;
    // Meanwhile messages come in; what is written is written in one step.
    expect(await broken(counted)).toEqual([]);
    expect(
      await broken(`SELECT c.number FROM cases c JOIN LATERAL (SELECT array_agg(e.version ORDER BY e.id) AS versions
        FROM events e WHERE e.case_id = c.id AND e.version IS NOT NULL AND e.type <> 'message.state_changed') e ON true
        WHERE c.version <> (SELECT max(v) FROM unnest(e.versions) v)`),
    ).toEqual([]);
    expect(await broken('SELECT * FROM quarantine_entries')).toEqual([]);
    expect(
      await broken(`SELECT number FROM cases WHERE created_at > now() OR last_message_at > now()`),
    ).toEqual([]);
    expect(await broken(`SELECT id FROM messages WHERE state IN ('failed', 'uncertain')`)).toEqual([]);
    const [spread] = await broken(
      'SELECT extract(days FROM max(created_at) - min(created_at))::int AS days FROM cases',
    );
    expect(spread).toEqual({ days: expect.any(Number) });
    expect((spread as { days: number }).days).toBeGreaterThan(50);
  });

  it('goes on living, and stops at Ctrl-C', async () => {
    const count = async (direction: string): Promise<number> => {
      const query = `SELECT count(*)::int AS n FROM messages WHERE direction = $1 AND created_at > now() - interval '2 minutes'`;
      return (await sql.query<{ n: number }>(query, [direction])).rows[0]!.n;
    };
    const before = await count('inbound');
    await until(
      () => count('inbound'),
      (n) => n > before,
      60_000,
    );
    demo.kill('SIGINT');
    await once(demo, 'exit');
    expect([demo.exitCode, databasePid(join(dir, 'data'))]).toEqual([0, null]);
  }, 120_000);

  it('is the same shop for the same number', async () => {
    const { plan } = (await import(planner)) as { plan: (of: object) => Planned };
    const of = { cases: 300, now: Date.parse('2026-11-20T05:00:00Z') };
    const first = plan({ ...of, seed: 7 });
    expect(plan({ ...of, seed: 7 })).toEqual(first);
    expect(plan({ ...of, seed: 8 }).steps).not.toEqual(first.steps);
    expect(first.steps.every(({ at }) => at <= of.now)).toBe(true);
  });
});
