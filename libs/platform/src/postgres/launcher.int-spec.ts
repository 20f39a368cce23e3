import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Postgres, type PostgresOptions, startPostgres } from './launcher.js';
import { startedAt } from './processes.js';

/** Small, so that many clusters in a row cost little. Durability stays on: it is what is tested. */
const small = { shared_buffers: '16MB', min_wal_size: '32MB', max_wal_size: '64MB', wal_buffers: '1MB' };
const cleanUp: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

function folder(name = 'pg'): string {
  const base = mkdtempSync(join(tmpdir(), 'loket-launcher-'));
  cleanUp.push(() => {
    rmSync(base, { recursive: true, force: true });
  });
  return join(base, name);
}

async function start(dir: string, options: Partial<PostgresOptions> = {}): Promise<Postgres> {
  const postgres = await startPostgres({ dir, settings: small, ...options });
  cleanUp.push(() => postgres.stop('immediate'));
  return postgres;
}

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end().catch(() => undefined);
  }
}

const keep = async (postgres: Postgres): Promise<void> => {
  await rows(postgres.url, 'create table kept as select 7 as n');
};
const kept = (postgres: Postgres): Promise<unknown[]> => rows(postgres.url, 'select n from kept');

async function gone(pid: number): Promise<void> {
  for (let i = 0; i < 200 && startedAt(pid) !== null; i++) await sleep(20);
}

describe('a cluster of our own', () => {
  it('is made, stopped, started again with its data, and keeps the password to itself', async () => {
    const dir = folder('a folder with spaces, $HOME and "quotes"');
    const said: string[] = [];
    const log: PostgresOptions['log'] = (message, fields) => said.push(message, JSON.stringify(fields));
    const first = await start(dir, { log });
    expect(first).toMatchObject({ fresh: true, adopted: false });
    const password = decodeURIComponent(new URL(first.url).password);
    await keep(first);
    expect(await rows(first.url, `select lower('ÉÑ') as low, 'Z' < 'a' as by_code`)).toEqual([
      { low: 'éñ', by_code: true },
    ]);
    const pid = first.pid();
    await first.stop();
    expect(startedAt(pid)).toBeNull();

    const second = await start(dir, { log });
    expect(second).toMatchObject({ fresh: false, adopted: false });
    expect(await kept(second)).toEqual([{ n: 7 }]);
    expect(said.join(' ')).not.toContain(password);
    expect(readFileSync(join(dir, 'postgres.log'), 'utf8')).not.toContain(password);
    expect(statSync(dir).mode & 0o077).toBe(0);
    expect(statSync(join(dir, 'password')).mode & 0o077).toBe(0);
  });

  it('commits to disk by default and takes the caller’s settings', async () => {
    const postgres = await start(folder(), { settings: { ...small, work_mem: '7MB' } });
    const values = await rows(
      postgres.url,
      `select name, setting from pg_settings where name in
       ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'max_locks_per_transaction', 'work_mem')
       order by name`,
    );
    expect(
      Object.fromEntries((values as { name: string; setting: string }[]).map((v) => [v.name, v.setting])),
    ).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      max_locks_per_transaction: '256',
      synchronous_commit: 'on',
      work_mem: '7168',
    });
  });

  it('works in a path longer than a socket address may be', async () => {
    const postgres = await start(
      folder(join(...Array.from({ length: 8 }, () => 'a-rather-long-folder-name'))),
    );
    expect(await rows(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('starts over when making it was cut short', async () => {
    const dir = folder();
    mkdirSync(join(dir, 'data.new-1', 'base'), { recursive: true });
    writeFileSync(join(dir, 'data.new-1', 'PG_VERSION'), '18\n');
    const postgres = await start(dir);
    expect(postgres.fresh).toBe(true);
    expect(existsSync(join(dir, 'data.new-1'))).toBe(false);
  });
});

describe('after a crash', () => {
  it('starts the postmaster again by itself, on the same port, while the holder lives', async () => {
    const postgres = await start(folder());
    await keep(postgres);
    const pid = postgres.pid();
    process.kill(pid, 'SIGKILL');
    for (let i = 0; i < 500 && (postgres.pid() === 0 || postgres.pid() === pid); i++) await sleep(20);
    let found: unknown[] = [];
    for (let i = 0; i < 200 && found.length === 0; i++) {
      found = await kept(postgres).catch(async () => {
        await sleep(50);
        return [];
      });
    }
    expect(found).toEqual([{ n: 7 }]);
  });

  it('recovers when holder and postmaster were killed', async () => {
    const dir = folder();
    const { pid, child } = await startElsewhere(dir);
    process.kill(child, 'SIGKILL');
    await gone(child);
    process.kill(pid, 'SIGKILL');
    const postgres = await start(dir);
    expect(postgres).toMatchObject({ fresh: false, adopted: false });
    expect(await kept(postgres)).toEqual([{ n: 7 }]);
  });

  it('takes over what a killed holder left running, and stops it at the end', async () => {
    const dir = folder();
    const { pid, child } = await startElsewhere(dir);
    process.kill(child, 'SIGKILL');
    await gone(child);
    const postgres = await start(dir);
    expect(postgres.adopted).toBe(true);
    expect(postgres.pid()).toBe(pid);
    expect(await kept(postgres)).toEqual([{ n: 7 }]);
    await postgres.stop();
    expect(startedAt(pid)).toBeNull();
  });

  it('shares what a living holder runs and leaves it running', async () => {
    const dir = folder();
    const { pid } = await startElsewhere(dir);
    const postgres = await start(dir);
    expect(postgres.adopted).toBe(true);
    await postgres.stop();
    expect(startedAt(pid)).not.toBeNull();
  });

  it.each([
    ['a process that is not PostgreSQL', () => process.pid],
    ['nobody', () => 2 ** 30],
  ])('is not misled by a lock file that names %s', async (_, pid) => {
    const dir = folder();
    const first = await start(dir);
    await keep(first);
    const lock = readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8');
    await first.stop('immediate');
    writeFileSync(join(dir, 'data', 'postmaster.pid'), lock.replace(/^\d+/, String(pid())));
    expect(await kept(await start(dir))).toEqual([{ n: 7 }]);
  });
});

// Run by an ordinary user, all of the above has covered that user already.
if (process.getuid?.() === 0) {
  describe('as root', () => {
    it('runs as nobody where user namespaces are forbidden, also on data made with them', async () => {
      const dir = folder();
      chmodSync(dirname(dir), 0o755);
      const first = await start(dir);
      await keep(first);
      await first.stop();
      const second = await start(dir, { useNamespace: false });
      expect(await kept(second)).toEqual([{ n: 7 }]);
      expect(statSync(join(dir, 'data')).uid).not.toBe(0);
      await second.stop();
      expect(await kept(await start(dir))).toEqual([{ n: 7 }]);
    });

    it('says so when nobody cannot get to the folder', async () => {
      const dir = folder(); // below a folder of mode 700
      await expect(start(dir, { useNamespace: false })).rejects.toMatchObject({
        code: 'postgres_unreachable',
      });
    });

    it('an ordinary user makes a cluster, and is told when the folder is another’s', () => {
      const dir = folder();
      const runuser = ['runuser', '-u', 'nobody', '--'];
      // A checkout in root's home cannot be read by others; then only the process believes to be another user.
      const real = run([...runuser, 'test', '-r', resolve('package.json')], '/').status === 0;
      const other = real ? runuser : ['unshare', '--user', '--map-user=12345', '--map-group=12345', '--'];
      if (real) spawnSync('chown', ['nobody', dirname(dir)]);
      const program = [process.execPath, '--input-type=module', '-e', script(dir, 'await pg.stop()')];
      const first = run([...other, ...program], '/');
      expect(first.out).toContain('ready');
      expect(first.status).toBe(0);
      spawnSync('chown', ['-R', '1', dir]);
      expect(run([...other, ...program], '/').out).toContain('postgres_not_ours');
    });
  });
}

function run([command = '', ...args]: string[], cwd: string): { status: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd,
    env: { PATH: process.env.PATH },
    // Nothing else ends it: while it waits, no time-out of a test can fire.
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });
  return { status, out: stdout + stderr };
}

/** A program that holds a cluster with one table in it; the built launcher, as the server would run it. */
function script(dir: string, then: string): string {
  const launcher = resolve('libs/platform/dist/postgres/launcher.js');
  return `
    import { startPostgres } from ${JSON.stringify(launcher)};
    const pg = await startPostgres({ dir: ${JSON.stringify(dir)}, settings: ${JSON.stringify(small)} });
    console.log('ready ' + pg.pid() + ' ' + pg.url);
    ${then}`;
}

async function startElsewhere(dir: string): Promise<{ pid: number; child: number }> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', script(dir, 'setInterval(() => {}, 1000)')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH },
    },
  );
  cleanUp.push(async () => {
    child.kill('SIGKILL');
    await (await startPostgres({ dir, settings: small })).stop('immediate');
  });
  const [pid, url] = await new Promise<string[]>((ready, reject) => {
    child.once('exit', reject);
    child.stdout.on('data', (data: Buffer) => {
      ready(String(data).trim().split(' ').slice(1));
    });
  });
  await rows(url ?? '', 'create table kept as select 7 as n');
  return { pid: Number(pid), child: child.pid ?? 0 };
}
