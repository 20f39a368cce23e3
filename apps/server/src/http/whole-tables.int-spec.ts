import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { crowd, fillWithCases } from '../../../../test/support/many-cases.js';

/** LOKET_TEST_FULL=1: as many as are promised, and what each read costs is told. */
const full = process.env.LOKET_TEST_FULL === '1';
const cases = full ? 100_000 : 20_000;
const agents = full ? 200 : 20;

/** What grows with the years. Whoever works asks for what is open and what he has before him, never for all of it. */
const growing = new Set(['cases', 'messages', 'identities', 'customers', 'events', 'threads', 'notices']);

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Plan[];
}
interface Asked {
  sql: string;
  values: unknown[];
}

let server: TestApp;
let sql: pg.Client;
let teamId: string;
let known: { id: string; number: string; customer_id: string };
let channelId: string;
/** what the server asks of its database while this is a list */
let asked: Asked[] | null = null;

beforeAll(async () => {
  server = await startApp();
  channelId = (await server.admin.createChannel({ kind: 'email', name: 'Toko' })).id;
  sql = new pg.Client(server.databaseUrl);
  await sql.connect();
  await fillWithCases(sql, channelId, cases);
  const me = await server.admin.get('/me', agentSchema);
  teamId = await crowd(sql, me.id, agents);
  const found = await sql.query<typeof known>(
    `SELECT id, number, customer_id FROM cases WHERE assignee_id = $1 ORDER BY number LIMIT 1`,
    [me.id],
  );
  known = found.rows[0]!;
  listen(server.app.get(DataSource));
}, 300_000);
afterAll(async () => {
  await sql.end();
  await server.close();
});

function listen(database: DataSource): void {
  const original = database.createQueryRunner.bind(database);
  database.createQueryRunner = (mode) => {
    const runner = original(mode);
    const query = runner.query.bind(runner) as (text: string, ...rest: unknown[]) => Promise<unknown>;
    runner.query = ((text: string, values: unknown[] = [], ...rest: unknown[]) => {
      if (/^\s*(SELECT|WITH)\b/i.test(text)) asked?.push({ sql: text, values });
      return query(text, values, ...rest);
    }) as typeof runner.query;
    return runner;
  };
}

async function explain({ sql: text, values }: Asked): Promise<{ ms: number; whole: string[] }> {
  const { rows } = await sql.query<{ 'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
    values,
  );
  const [{ Plan: top, 'Execution Time': ms }] = rows[0]!['QUERY PLAN'];
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
  const whole = nodes(top)
    .filter((node) => node['Node Type'] === 'Seq Scan' && growing.has(node['Relation Name'] ?? ''))
    .filter((node) => node['Actual Loops'] > 0)
    .map((node) => node['Relation Name']!);
  return { ms, whole };
}

async function readsOf(path: string): Promise<{ asked: Asked[]; ms: number; bytes: number }> {
  asked = [];
  const begin = performance.now();
  const answer = await server.admin.send('GET', path, {});
  const text = await answer.text();
  const ms = performance.now() - begin;
  const seen = asked;
  asked = null;
  return { asked: seen, ms, bytes: text.length };
}

describe('what a console asks while one works', () => {
  const views = ['mine', 'teams', 'unassigned', 'mentions', 'following', 'snoozed', 'all', 'callback'];
  const lists = views.flatMap((view) =>
    ['newest', 'oldest', 'waiting'].flatMap((sort) =>
      ['open', 'all'].map((status) => `/cases?view=${view}&status=${status}&sort=${sort}&limit=50`),
    ),
  );
  it.each([
    '/board',
    '/cases/counts',
    '/agents/work',
    '/agents/refs',
    '/me/notices',
    '/teams',
    '/tags',
    '/views',
    '/canned-answers',
    '/suggestions/counts',
    '/suggestions?kind=case',
    '/incidents?status=open',
    '/calls/lines',
    '/events',
    ...lists,
    '/cases?view=all&status=open&sort=waiting&waitingMinutes=60&limit=50',
    '/cases?view=all&status=open&sort=newest&team={team}&limit=50',
    '/cases?view=all&status=open&sort=newest&tag=retur&limit=50',
    '/cases?view=all&status=open&sort=newest&channel={channel}&limit=50',
    '/cases?view=all&status=all&customer={customer}&limit=50',
    '/cases?view=all&status=open&q=tk-177&limit=50',
    '/cases/total?view=mine&status=open',
    '/cases/total?view=all&status=open',
    '/cases/total?view=unassigned&status=open',
    '/cases/{case}',
    '/cases/{case}/timeline',
    '/cases/{case}/drafts',
    '/cases/{case}/held-replies',
    '/customers/{customer}',
    '/customers/{customer}/timeline',
    '/customers/{customer}/visitors',
    '/customers?q=pelanggan%20177',
    '/operations?case={case}',
    '/operations?customer={customer}',
    '/suggestions?case={case}',
    '/suggestions?customer={customer}',
  ])('%s', async (pattern) => {
    const path = pattern
      .replaceAll('{case}', known.id)
      .replaceAll('{customer}', known.customer_id)
      .replaceAll('{team}', teamId)
      .replaceAll('{channel}', channelId);
    const { asked: statements, ms, bytes } = await readsOf(path);
    const found: { ms: number; whole: string[]; sql: string }[] = [];
    for (const one of statements) found.push({ ...(await explain(one)), sql: one.sql });
    if (full) {
      const inAll = found.reduce((sum, one) => sum + one.ms, 0);
      console.log(
        `${pattern}: ${ms.toFixed(0)} ms, ${String(found.length)} statements of ${inAll.toFixed(1)} ms, ${(bytes / 1000).toFixed(1)} kB\n` +
          found
            .filter((one) => one.ms > 5 || one.whole.length > 0)
            .map(
              (one) =>
                `  ${one.ms.toFixed(1)} ms ${one.whole.join()} ${one.sql.replaceAll(/\s+/g, ' ').slice(0, 220)}`,
            )
            .join('\n'),
      );
    }
    expect(
      found.flatMap(({ whole, sql: text }) => (whole.length > 0 ? [`${whole.join()}: ${text}`] : [])),
    ).toEqual([]);
  });
});
