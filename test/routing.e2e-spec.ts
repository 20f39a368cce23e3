import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createdTokenSchema } from '@loket/contracts/access.js';
import { caseSchema } from '@loket/contracts/cases.js';
import { teamSchema } from '@loket/contracts/teams.js';
import pg from 'pg';
import { ApiClient, ApiError } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, type Colleague, signInAdmin } from './support/desk.js';
import { agentSocket, type AgentSocket } from './support/live-client.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

const waiting = 1_000;
const people = 20;
const capacity = 5;

/** Issue 6: what routing promises, held against real processes that all route at once. */
describe(`${String(waiting)} cases wait, ${String(people)} agents come at once, four servers on one database`, () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let servers: TestServer[];
  let token: string;
  let crew: Colleague[];
  const sockets: AgentSocket[] = [];

  const inTurn = <T>(items: readonly T[], n: number): T => items[n % items.length]!;
  const start = (): Promise<TestServer> =>
    startServer({
      databaseUrl: database.url,
      env: { LOKET_SECRET: 'a secret that all four of these servers share' },
    });

  beforeAll(async () => {
    database = await freshDatabase();
    sql = new pg.Client(database.url);
    await sql.connect();
    servers = [await start()];
    servers.push(...(await Promise.all([start(), start(), start()])));
    const admin = await signInAdmin(servers[0]!);
    const { id: channelId } = await admin.createChannel({ kind: 'email', name: 'Toko', config: {} });
    crew = await inParallel(range(people), 4, (n) => addColleague(admin, `Petugas ${String(n)}`));
    await admin.post(
      '/teams',
      {
        name: 'Pesanan',
        channelIds: [channelId],
        memberIds: crew.map(({ agent }) => agent.id),
        routing: { distribution: 'least_loaded' },
      },
      teamSchema,
    );
    const scoped = { name: 'test', scopes: ['inbound', 'write'] };
    ({ token } = await admin.post('/tokens', scoped, createdTokenSchema));
    const mouths = servers.map(({ url }) => new ApiClient(url, token));
    await inParallel(range(waiting), 32, (n) =>
      inTurn(mouths, n).ingest(channelId, {
        externalId: `pagi-${String(n)}@customer.example`,
        sender: { kind: 'email', value: `c${String(n)}@customer.example`, proof: 'verified', evidence: [] },
        sentAt: new Date().toISOString(),
        subject: `Pesanan ${String(n)}`,
        text: `Pesanan TK-${String(70_000 + n)} belum sampai`,
      }),
    );
  }, 180_000);

  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await sql.end();
    await Promise.all(servers.map((server) => server.stop()));
    await database.drop();
  });

  const arrive = async ({ client }: Colleague, server: TestServer): Promise<void> => {
    const socket = agentSocket(server.url, { cookie: client.cookieHeader() });
    sockets.push(socket);
    await new Promise<void>((resolve) => socket.on('connect', resolve));
  };
  /** open cases of each agent, in the order of the crew */
  const loads = async (): Promise<number[]> => {
    const { rows } = await sql.query<{ id: string; load: number }>(
      `SELECT assignee_id AS id, count(*)::int AS load FROM cases
       WHERE assignee_id IS NOT NULL AND status = 'open' GROUP BY assignee_id`,
    );
    const byId = new Map(rows.map(({ id, load }) => [id, load]));
    return crew.map(({ agent }) => byId.get(agent.id) ?? 0);
  };
  const everybodyFull = Array.from({ length: people }, () => capacity);
  const full = (counts: number[]): boolean => counts.every((n) => n >= capacity);

  it('gives out a hundred, five to each', async () => {
    expect(await loads()).toEqual(crew.map(() => 0));
    await Promise.all(crew.map((one, n) => arrive(one, inTurn(servers, n))));
    await until(loads, full, 60_000);
    await until(() => settled(sql), Boolean, 60_000);
    expect(await loads()).toEqual(everybodyFull);
    const log = await assignments(sql);
    expect(given(log)).toBe(people * capacity);
    expect(highest(log)).toEqual(everybodyFull);
  });

  it('holds while a hundred are resolved and one of the four is killed in the middle', async () => {
    const { rows } = await sql.query<{ id: string }>('SELECT id FROM cases WHERE assignee_id IS NOT NULL');
    const victim = servers[3]!;
    let done = 0;
    const resolve = async ({ id }: { id: string }, n: number): Promise<void> => {
      await finish(servers, token, id, n);
      if (++done === 40) {
        await victim.kill('SIGKILL');
        // Their screens come back through another process, as behind a load balancer.
        await Promise.all(
          crew.flatMap((one, m) => (m % 4 === 3 ? [arrive(one, inTurn(servers.slice(0, 3), m))] : [])),
        );
      }
    };
    await inParallel([...rows.entries()], 8, ([n, row]) => resolve(row, n));
    await until(loads, full, 60_000);
    await until(() => settled(sql), Boolean, 60_000);
    expect(await loads()).toEqual(everybodyFull);
    const log = await assignments(sql);
    expect(given(log)).toBe(2 * people * capacity);
    expect(highest(log)).toEqual(everybodyFull);
    const { rows: rest } = await sql.query<{ waiting: number; resolved: number }>(
      `SELECT count(*) FILTER (WHERE status = 'open' AND assignee_id IS NULL)::int AS waiting,
              count(*) FILTER (WHERE status = 'resolved')::int AS resolved FROM cases`,
    );
    expect(rest).toEqual([{ waiting: waiting - 2 * people * capacity, resolved: people * capacity }]);
  });
});

const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const run = async (): Promise<void> => {
    for (let n = next++; n < items.length; n = next++) results[n] = await work(items[n]!);
  };
  await Promise.all(Array.from({ length: width }, run));
  return results;
}

/** Through one server, and the next one when that is gone. */
async function finish(
  servers: readonly TestServer[],
  token: string,
  caseId: string,
  n: number,
): Promise<void> {
  for (let at = n; ; at++) {
    const client = new ApiClient(servers[at % servers.length]!.url, token);
    try {
      await client.patch(`/cases/${caseId}`, { status: 'resolved' }, caseSchema);
      return;
    } catch (error) {
      if (error instanceof ApiError || at > n + servers.length) throw error;
    }
  }
}

/** Whether routing has looked at everything that has happened. */
async function settled(sql: pg.Client): Promise<boolean> {
  const { rows } = await sql.query<{ done: boolean }>(
    `SELECT (SELECT id FROM consumer_cursors WHERE name = 'routing') =
            (SELECT id FROM events ORDER BY tx DESC, id DESC LIMIT 1) AS done`,
  );
  return rows[0]?.done === true;
}

interface Step {
  agentId: string;
  /** one case more, or one less */
  by: 1 | -1;
}

/** Who got and finished what, in the order of the log. */
async function assignments(sql: pg.Client): Promise<Step[]> {
  const { rows } = await sql.query<Step>(
    `SELECT coalesce(e.data->>'to', c.assignee_id::text) AS "agentId",
            CASE e.type WHEN 'case.assigned' THEN 1 ELSE -1 END AS by
     FROM events e JOIN cases c ON c.id = e.case_id
     WHERE e.type = 'case.assigned' OR e.data->'status'->>'to' = 'resolved' ORDER BY e.tx, e.id`,
  );
  return rows;
}

const given = (log: readonly Step[]): number => log.filter(({ by }) => by === 1).length;

/** The most that each ever had at once. */
function highest(log: readonly Step[]): number[] {
  const now = new Map<string, number>();
  const most = new Map<string, number>();
  for (const { agentId, by } of log) {
    now.set(agentId, (now.get(agentId) ?? 0) + by);
    most.set(agentId, Math.max(most.get(agentId) ?? 0, now.get(agentId)!));
  }
  return [...most.values()];
}
