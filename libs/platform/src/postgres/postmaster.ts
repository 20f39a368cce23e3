import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@loket/contracts/errors.js';
import pg from 'pg';
import { type Account } from './account.js';
import { commandLine, startedAt } from './processes.js';

/** Recovery after a crash replays the log written since the last checkpoint, which may take minutes on a slow disk. */
const startMs = 10 * 60_000;
const maxLogBytes = 10_000_000;

export interface Cluster {
  /** holds `data`, `password`, `postgres.log` */
  dir: string;
  data: string;
  account: Account;
  url: (database: string, port: number) => string;
}

/** Pid and port of the server that runs on this data directory, or null. Clears a lock file that lies. */
export function running(cluster: Cluster): { pid: number; port: number } | null {
  const file = join(cluster.data, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Math.abs(Number(lines[0]));
  if (startedAt(pid) === null) return null; // PostgreSQL sees this itself
  // The pid is somebody else's by now: PostgreSQL would refuse to start. Its shared memory check still guards the data.
  if (!commandLine(pid).includes(cluster.data)) {
    rmSync(file, { force: true });
    return null;
  }
  return { pid, port: Number(lines[3]) };
}

/**
 * Waits until the server lets us in.
 *
 * @returns false when the process went away before
 * @throws AppError `postgres_failed` when the password is wrong
 */
export async function accepting(cluster: Cluster, pid: number, port: () => number): Promise<boolean> {
  for (const end = Date.now() + startMs; Date.now() < end; await sleep(40)) {
    if (startedAt(pid) === null) return false;
    if (port() === 0) continue;
    const answer = await query(cluster.url('postgres', port()), 'select 1');
    if (answer === 'ok') return true;
    if (answer.startsWith('28')) {
      throw new AppError(
        'unavailable',
        'postgres_failed',
        `PostgreSQL in ${cluster.dir} does not accept the password in ${join(cluster.dir, 'password')}.`,
      );
    }
  }
  return false;
}

/** Runs one statement on a connection of its own. @returns `ok`, or the SQLSTATE or system code of the failure */
export async function query(url: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? 'failed';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Is this answer of `query` one of a server that is only slow or busy? Timeouts have no code. */
export function mayPass(answer: string): boolean {
  return answer === 'failed' || /^(?:08|53|57P|E[A-Z]+$)/.test(answer);
}

/**
 * Starts the server on `port` (0 = a free one) and waits until it lets us in.
 *
 * @throws AppError `postgres_failed` with the last words of its log
 */
export async function launch(cluster: Cluster, port: number): Promise<{ pid: number; port: number }> {
  const log = join(cluster.dir, 'postgres.log');
  const { account } = cluster;
  for (const end = Date.now() + 30_000; ; await sleep(250)) {
    if (existsSync(log) && statSync(log).size > maxLogBytes) renameSync(log, `${log}.1`);
    const from = existsSync(log) ? statSync(log).size : 0;
    const chosen = port === 0 ? await freePort() : port;
    const fd = openSync(log, 'a', 0o600);
    const [command = '', ...args] = [
      ...account.prefix,
      join(account.native, 'bin', 'postgres'),
      '-D',
      cluster.data,
      '-p',
      String(chosen),
    ];
    // A session of its own, so that Ctrl-C in the terminal reaches us and not PostgreSQL.
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', fd, fd],
      cwd: account.uid === undefined ? undefined : '/',
      uid: account.uid,
      gid: account.gid,
    });
    const failed = new Promise<never>((_, reject) => {
      child.once('error', reject);
    });
    child.unref();
    closeSync(fd);
    const up = await Promise.race([accepting(cluster, child.pid ?? 0, () => chosen), failed]);
    if (up) return { pid: child.pid ?? 0, port: chosen };
    const words = readFileSync(log, 'utf8').slice(from);
    // Backends of a killed server hold its memory for a moment; a port that was free may be taken by now.
    if (Date.now() < end && /shared memory block|lock file|could not create any TCP/.test(words)) continue;
    throw new AppError(
      'unavailable',
      'postgres_failed',
      `PostgreSQL does not start: ${words.trim().split('\n').slice(-5).join(' | ')} (more in ${log})`,
    );
  }
}

/** @param mode `fast` ends sessions and writes a checkpoint, `immediate` does neither and recovers at the next start */
export async function stop(cluster: Cluster, mode: 'fast' | 'immediate'): Promise<void> {
  const server = running(cluster);
  if (!server) return;
  send(server.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  for (const end = Date.now() + 60_000; startedAt(server.pid) !== null; await sleep(20)) {
    if (Date.now() < end) continue;
    send(server.pid, 'SIGQUIT');
    return;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A TCP port of 127.0.0.1 that nobody listens on just now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}
