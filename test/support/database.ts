import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  /** connection address, with password */
  url: string;
  /** ends every session in it and removes it */
  drop: () => Promise<void>;
}

/**
 * A migrated, empty database of one's own, on the cluster of this worker. Ask once per test file, drop in `afterAll`
 * after every client and server on it has ended.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = newName();
  await clone(name);
  return handle(name);
}

/** An empty database without any table, to try migrations on. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = newName();
  await administer(`create database ${name} template template0`);
  return handle(name);
}

function newName(): string {
  return `t_${process.env.JEST_WORKER_ID ?? '0'}_${randomBytes(6).toString('hex')}`;
}

function handle(name: string): TestDatabase {
  const url = new URL(administration());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`drop database ${name} with (force)`) };
}

/** Waits while another session still holds the template (55006), which is only so while it is being cloned or analysed. */
async function clone(name: string, attempts = 50): Promise<void> {
  try {
    await administer(`create database ${name} template loket`);
  } catch (error) {
    if ((error as { code?: string }).code !== '55006' || attempts === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await clone(name, attempts - 1);
  }
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: administration() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Each worker of the run has a cluster (tools/jest/global-setup.mjs). */
function administration(): string {
  const urls = process.env.LOKET_TEST_POSTGRES?.split(' ') ?? [];
  const url = urls[(Number(process.env.JEST_WORKER_ID ?? '1') - 1) % urls.length];
  if (!url)
    throw new Error(
      'There is no test cluster: name the file *.int-spec.ts or *.e2e-spec.ts and run it with Jest.',
    );
  return url;
}
