import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, discard } from './cluster.mjs';

/**
 * A throw-away cluster for each worker, and in it a migrated database that test files clone. One for all would be
 * cheaper, but transactions are numbered by the cluster: what one file leaves open would hold back the event log of
 * every other (libs/core/src/events/events.queries.ts).
 */
export default async function ({ maxWorkers }) {
  await sweep();
  const clusters = await Promise.all(Array.from({ length: maxWorkers }, startCluster));
  globalThis.__LOKET_TEST_CLUSTERS__ = clusters;
  process.env.LOKET_TEST_POSTGRES = clusters.map(({ postgres }) => postgres.urlFor('postgres')).join(' ');
  const build = compileCore();
  for (const { postgres } of clusters) await migrateTemplate(postgres, build);
}

async function startCluster() {
  const dir = mkdtempSync(join(tmpdir(), `loket-test-${process.pid}-`));
  const postgres = await startPostgres({
    dir,
    settings: {
      fsync: false,
      synchronous_commit: false,
      full_page_writes: false,
      shared_buffers: '128MB',
      max_connections: 300,
      // CREATE DATABASE by copying files is the fastest with small templates and no checkpoints to wait for
      wal_level: 'minimal',
      max_wal_senders: 0,
      checkpoint_timeout: '1d',
      autovacuum: false,
    },
  });
  return { postgres, dir };
}

/** @returns what the compiler said */
function compileCore() {
  const build = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'libs/core'], {
    encoding: 'utf8',
  });
  if (build.error) throw build.error;
  return build.stdout;
}

async function migrateTemplate(postgres, build) {
  const at = (path) => import(new URL(`../../${path}`, import.meta.url).href);
  const [{ DataSource }, { dataSourceOptions }, { entities }, { migrations }] = await Promise.all([
    import('typeorm'),
    at('libs/platform/dist/database/data-source.js'),
    at('libs/core/dist/entities.js'),
    at('libs/core/dist/migrations/index.js'),
  ]).catch((cause) => {
    throw new Error(`libs/core does not build, so there is no schema to test with:\n${build}`, { cause });
  });
  const url = postgres.urlFor('loket');
  const source = new DataSource(dataSourceOptions({ url, entities, migrations, poolSize: 1 }));
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
}

/** Clusters of runs that were killed. */
async function sweep() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^loket-test-(\d+)-/.exec(name)?.[1]);
    if (pid && !alive(pid)) await discard(join(tmpdir(), name));
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
