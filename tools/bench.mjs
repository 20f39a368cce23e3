import 'reflect-metadata';
import './node-version.mjs';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// `npm run bench`: figures of this machine, beside what its PostgreSQL does without us. Explained in docs/performance.md.
// LOKET_BENCH_LARGE sets the size of the large database (200000).
const { fail } = await import('./shell.mjs');
const { setup } = await import('./setup.mjs');
const { build } = await import('./build.mjs');
setup();
if (!build()) fail('Loket does not compile; see above.');

const { default: pg } = await import('pg');
const { DataSource } = await import('typeorm');
const { startPostgres } = await import('@loket/platform/postgres/launcher.js');
const { dataSourceOptions } = await import('@loket/platform/database/data-source.js');
const { entities } = await import('@loket/core/entities.js');
const { migrations } = await import('@loket/core/migrations/index.js');
const { customersOf, seed } = await import('./bench/seed.mjs');
const { compareIntake } = await import('./bench/intake.mjs');
const { ingressRate, screenLatency, startServer } = await import('./bench/server.mjs');

const small = 10_000;
const large = Number(process.env.LOKET_BENCH_LARGE ?? 200_000);
const load = { rounds: 4, perRound: 3000 };
const dir = mkdtempSync(join(tmpdir(), 'loket-bench-'));
const say = (text) => process.stderr.write(`${text}\n`);
const channelId = randomUUID();

const postgres = await startPostgres({ dir: join(dir, 'postgres') });
try {
  const smallUrl = await database('bench_small', small);
  say(`intake beside the raw loop, on ${small} messages`);
  const here = await compareIntake(smallUrl, channelId, { ...load, senders: customersOf(small) });
  say(JSON.stringify(here));

  const server = await startServer(smallUrl, dir);
  say('through HTTP');
  const ingressPerSecond = await ingressRate(server, channelId, 1500);
  const screenAt = (perSecond) => {
    say(`accepted → screen, 200 agents, ${perSecond} messages a second`);
    return screenLatency(server, channelId, { agents: 200, perSecond, seconds: 15 });
  };
  const screen = await screenAt(50);
  const rush = await screenAt(100);
  const rssMb = server.rssMb();
  await server.stop();

  const largeUrl = await database('bench_large', large);
  say(`intake beside the raw loop, on ${large} messages`);
  const there = await compareIntake(largeUrl, channelId, { ...load, senders: customersOf(large) });
  say(JSON.stringify(there));

  process.stdout.write(
    `${JSON.stringify({
      intakePerSecond: Math.round(here.intakePerSecond),
      ingressPerSecond: Math.round(ingressPerSecond),
      rawPerSecond: Math.round(here.rawPerSecond),
      ratio: round(here.ratio),
      matchingRatio: round(here.matchingRatio),
      matchingRatioLarge: round(there.matchingRatio),
      ratioLarge: round(there.ratio),
      intakePerSecondLarge: Math.round(there.intakePerSecond),
      rawPerSecondLarge: Math.round(there.rawPerSecond),
      screenP50Ms: screen.p50,
      screenP99Ms: screen.p99,
      screenEvents: screen.received,
      rushP50Ms: rush.p50,
      rushP99Ms: rush.p99,
      rssMb: Math.round(rssMb),
    })}\n`,
  );
} finally {
  await postgres.stop('immediate');
  rmSync(dir, { recursive: true, force: true });
}

async function database(name, messages) {
  say(`filling a database with ${messages} messages`);
  const admin = new pg.Client({ connectionString: postgres.urlFor('postgres') });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = postgres.urlFor(name);
  const source = await new DataSource(dataSourceOptions({ url, entities, migrations })).initialize();
  await source.runMigrations();
  await source.destroy();
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // told by the query under way
  await client.connect();
  await seed(client, channelId, messages);
  await client.end();
  return url;
}

function round(n) {
  return Math.round(n * 100) / 100;
}
