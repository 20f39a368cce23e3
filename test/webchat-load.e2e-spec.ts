import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, signInAdmin } from './support/desk.js';
import { agentSocket, type AgentSocket } from './support/live-client.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { CrowdVisitor } from './support/visitor-crowd.js';
import type { Site } from './support/visitor.js';

/** LOKET_TEST_FULL=1: the crowd that is promised; otherwise one that fits into every run. */
const full = process.env.LOKET_TEST_FULL === '1';
const [visitors, perSecond, seconds] = full ? [2_000, 100, 20] : [200, 40, 4];

describe(`${String(visitors)} visitors connected, ${String(perSecond)} messages a second`, () => {
  let database: TestDatabase;
  let server: TestServer;
  let site: Site;
  let admin: ApiClient;
  let agent: AgentSocket;
  const crowd: CrowdVisitor[] = [];
  const waits: number[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    server = await startServer({ databaseUrl: database.url, env: { LOKET_TRUST_PROXY: 'true' } });
    admin = await signInAdmin(server);
    const rani = await addColleague(admin, 'Rani');
    const origin = 'https://toko.example';
    const { id } = await admin.createChannel({
      kind: 'webchat',
      name: 'Toko',
      config: { allowedOrigins: [origin] },
    });
    site = { url: server.url, channelId: id, origin };
    agent = agentSocket(server.url, { cookie: rani.client.cookieHeader() });
    agent.on('connect', () => void agent.emitWithAck('subscribe', { rooms: ['inbox'] }));
    agent.on('event', ({ type, at }) => {
      if (type === 'message.received') waits.push(Date.now() - Date.parse(at));
    });
    const arrive = async (from: number): Promise<void> => {
      for (let n = from; n < visitors; n += 20) {
        const visitor = new CrowdVisitor(site, {
          'x-forwarded-for': `10.1.${String(n >> 8)}.${String(n & 255)}`,
        });
        crowd.push(visitor);
        await visitor.arrive();
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, from) => arrive(from)));
  }, 180_000);

  afterAll(async () => {
    agent.close();
    for (const visitor of crowd) visitor.leave();
    await server.stop();
    await database.drop();
  });

  /** At an even pace, whoever's turn it is. @returns when all of them are acknowledged */
  const talk = async (): Promise<void> => {
    const under: Promise<void>[] = [];
    for (let n = 0; n < perSecond * seconds; n++) {
      under.push(crowd[(n * 7) % crowd.length]!.say(`pesan ${String(n)}`));
      await sleep(1000 / perSecond - 1);
    }
    await Promise.all(under);
  };
  const counted = async (): Promise<{ all: number; different: number }> => {
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query<{ all: number; different: number }>(
      `SELECT count(*)::int AS all, count(DISTINCT (identity_id, text))::int AS different FROM messages`,
    );
    await client.end();
    return rows[0]!;
  };

  it('are on the agent’s screen at once', async () => {
    await talk();
    const total = perSecond * seconds;
    await until(() => waits.length >= total);
    expect(await counted()).toEqual({ all: total, different: total });
    const sorted = [...waits].sort((a, b) => a - b);
    const p99 = sorted[Math.floor(sorted.length * 0.99)]!;
    if (full)
      console.log(`accepted → screen: p50 ${String(sorted[sorted.length >> 1])} ms, p99 ${String(p99)} ms`);
    // Generous: the figure itself is measured alone on a machine (docs/performance.md).
    expect(p99).toBeLessThan(full ? 200 : 2_000);
  }, 120_000);

  it('lose nothing over a restart in the middle', async () => {
    const before = (await counted()).all;
    const talking = talk();
    await sleep((seconds * 1000) / 2);
    await server.kill('SIGTERM');
    server = await startServer({
      databaseUrl: database.url,
      port: server.port,
      env: { LOKET_TRUST_PROXY: 'true' },
    });
    await talking;
    expect((await counted()).all - before).toBe(perSecond * seconds);
    expect(crowd.reduce((sum, { repeats }) => sum + repeats, 0)).toBeGreaterThan(0);
  }, 240_000);
});
