import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '@loket/contracts/errors.js';
import { chooseAccount, claim, give } from './account.js';
import { findBinaries } from './binaries.js';
import { Holder } from './holder.js';
import { accepting, type Cluster, launch, mayPass, query, running, stop } from './postmaster.js';
import { defaultSettings, type Settings, toConf } from './settings.js';

const user = 'loket';
const database = 'loket';
/** A machine that has much else to do at this moment answers late. */
const slowMs = 60_000;

export interface PostgresOptions {
  /** folder of the cluster; made when it is missing */
  dir: string;
  /** TCP port on 127.0.0.1; any free one when left out */
  port?: number;
  /** laid over {@link defaultSettings} */
  settings?: Settings;
  /** a constant sentence and its fields; never the password */
  log?: (message: string, fields: Record<string, unknown>) => void;
  /** false: as root run as `nobody` even where user namespaces work */
  useNamespace?: boolean;
}

export interface Postgres {
  /** connection address of our database, with its password */
  url: string;
  urlFor: (database: string) => string;
  port: number;
  /** pid of the postmaster; changes when it had to be started again */
  pid: () => number;
  /** it was running already */
  adopted: boolean;
  /** the cluster was made by this call */
  fresh: boolean;
  /** Stops it, unless another process holds it. */
  stop: (mode?: 'fast' | 'immediate') => Promise<void>;
}

/**
 * Starts PostgreSQL from the binaries that npm installed, or takes over the one that already runs in `dir`. Made for
 * machines without any set-up: runs as an ordinary user and as root, recovers from kill -9 of anything, and starts the
 * server again when it dies while we live.
 *
 * @throws AppError `postgres_missing` `postgres_not_ours` `postgres_unreachable` `postgres_needs_user` `postgres_failed`
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const began = performance.now();
  const log = options.log ?? (() => undefined);
  const account = chooseAccount(findBinaries(), options.useNamespace);
  claim(resolve(options.dir), account);
  const dir = realpathSync(options.dir);
  const holder = new Holder(dir);
  let held = holder.take();
  const password = readPassword(dir);
  const cluster: Cluster = {
    dir,
    data: join(dir, 'data'),
    account,
    url: (name, port) =>
      `postgres://${user}:${password}@127.0.0.1:${String(port)}/${encodeURIComponent(name)}`,
  };

  try {
    let server = await adopt(cluster);
    // Somebody else is just making or starting it: two that do so at once would stand in each other's way.
    for (const end = Date.now() + 120_000; !server && !held; server = await adopt(cluster)) {
      await sleep(100);
      held = holder.take();
      if (Date.now() > end) {
        throw new AppError(
          'unavailable',
          'postgres_failed',
          `Process ${String(holder.current())} holds the database in ${dir} but does not start it. Stop that process first.`,
        );
      }
    }
    const adopted = server !== null;
    const fresh = !adopted && !existsSync(join(cluster.data, 'PG_VERSION'));
    if (fresh) await initialise(cluster, password);
    if (!server) {
      const conf = join(cluster.data, 'loket.conf');
      writeFileSync(
        conf,
        toConf({
          listen_addresses: '127.0.0.1',
          unix_socket_directories: '',
          ...defaultSettings,
          ...options.settings,
        }),
      );
      give(conf, account);
      server = await launch(cluster, options.port ?? 0);
    }
    const { port } = server;
    await createDatabase(cluster, port);
    log('postgres ready', { port, fresh, adopted, ms: Math.round(performance.now() - began) });
    const guard = held ? keepAlive(cluster, server, log) : null;
    return {
      url: cluster.url(database, port),
      urlFor: (name) => cluster.url(name, port),
      port,
      pid: () => running(cluster)?.pid ?? 0,
      adopted,
      fresh,
      stop: async (mode = 'fast') => {
        await guard?.();
        if (!held) return;
        await stop(cluster, mode);
        holder.release();
      },
    };
  } catch (error) {
    if (held) holder.release();
    throw error;
  }
}

/** The server that runs already; one that is just stopping is waited for. */
async function adopt(cluster: Cluster): Promise<{ pid: number; port: number } | null> {
  for (;;) {
    const server = running(cluster);
    if (!server) return null;
    const up = await accepting(cluster, server.pid, () => running(cluster)?.port ?? 0);
    if (up) return running(cluster) ?? server;
    if (running(cluster)?.pid === server.pid) {
      throw new AppError(
        'unavailable',
        'postgres_failed',
        `PostgreSQL (process ${String(server.pid)}) runs in ${cluster.dir} but does not let us in. Stop it and start again.`,
      );
    }
  }
}

function readPassword(dir: string): string {
  const file = join(dir, 'password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (existsSync(join(dir, 'data', 'PG_VERSION'))) {
    throw new AppError(
      'unavailable',
      'postgres_password_missing',
      `The database in ${dir} is there but ${file} is gone. Put the file back from a backup.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** initdb works aside and the result is moved into place, so that a start cut short leaves nothing half made. */
async function initialise(cluster: Cluster, password: string): Promise<void> {
  const { account, dir } = cluster;
  for (const name of readdirSync(dir)) {
    if (name.startsWith('data.new')) rmSync(join(dir, name), { recursive: true, force: true });
  }
  rmSync(cluster.data, { recursive: true, force: true });
  const target = join(dir, `data.new-${String(process.pid)}`);
  const passwordFile = join(dir, `data.new-${String(process.pid)}.password`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  give(passwordFile, account);
  const [command = '', ...args] = [
    ...account.prefix,
    join(account.native, 'bin', 'initdb'),
    ...['-D', target, '-U', user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'],
    // Sorting by code point, the same on every machine and for ever; the C library only classifies letters.
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C', `--lc-ctype=${letters}`],
    ...['--lc-messages=C', '--lc-monetary=C', '--lc-numeric=C', '--lc-time=C', '--no-instructions'],
  ];
  try {
    await promisify(execFile)(command, args, {
      cwd: account.uid === undefined ? undefined : '/',
      uid: account.uid,
      gid: account.gid,
    });
  } catch (cause) {
    const words = String((cause as { stderr?: string }).stderr ?? cause).trim();
    throw new AppError(
      'unavailable',
      'postgres_failed',
      `The database could not be made in ${dir}: ${words}`,
      { cause },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  appendFileSync(join(target, 'postgresql.conf'), "\ninclude_if_exists = 'loket.conf'\n");
  renameSync(target, cluster.data);
}

const letters = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';

/** Also after a first start that was killed between making the cluster and the database. */
async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  for (const end = Date.now() + slowMs; ; await sleep(250)) {
    if ((await query(cluster.url(database, port), 'select 1')) === 'ok') return;
    const answer = await query(cluster.url('postgres', port), `create database ${database}`);
    // 42P04: another process made it at the same time, or it was there and only too busy to say so
    if (answer === 'ok' || answer === '42P04') return;
    if (Date.now() > end || !mayPass(answer))
      throw new AppError('unavailable', 'postgres_failed', `The database could not be made: ${answer}`);
  }
}

/** Starts the server again, on the same port, when it dies. @returns ends the watch */
function keepAlive(
  cluster: Cluster,
  server: { port: number },
  log: NonNullable<PostgresOptions['log']>,
): () => Promise<void> {
  let busy: Promise<void> | null = null;
  let notBefore = 0;
  const revive = async (): Promise<void> => {
    log('postgres died, starting it again', { port: server.port });
    try {
      await launch(cluster, server.port);
    } catch (error) {
      log('postgres does not start', { error: error instanceof Error ? error.message : String(error) });
      notBefore = Date.now() + 5_000;
    }
  };
  const timer = setInterval(() => {
    if (busy || Date.now() < notBefore || running(cluster)) return;
    busy = revive().finally(() => {
      busy = null;
    });
  }, 500);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await busy;
  };
}
