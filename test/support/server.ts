import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './dovecot.js';

export interface ServerOptions {
  /** an existing, migrated or empty database; left out, the server starts PostgreSQL in its data folder */
  databaseUrl?: string;
  /** kept at the end when it is given */
  dataDir?: string;
  port?: number;
  /** `npm start` instead of the built server alone */
  program?: 'tools/start.mjs';
  /** laid over what the tests set */
  env?: Record<string, string>;
}

export interface TestServer {
  /** e.g. `http://127.0.0.1:41234` */
  url: string;
  port: number;
  dataDir: string;
  adminEmail: string;
  adminPassword: string;
  pid: number;
  /** Sends a signal and waits until the process is gone. @returns its exit code, null when the signal killed it */
  kill: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Ends it as Ctrl-C does and cleans up; fails when it does not end by itself. Harmless when it is gone already. */
  stop: () => Promise<void>;
  /** everything that it wrote so far */
  log: () => string;
}

const adminEmail = 'admin@loket.example';
const adminPassword = 'correct horse battery staple';

/** Starts the built server as `npm start` does and waits until it is ready for requests. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'loket-e2e-')));
  const url = `http://127.0.0.1:${String(port)}`;
  const program = resolve(options.program ?? 'apps/server/dist/main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      HOST: '127.0.0.1',
      LOKET_DATA_DIR: dataDir,
      LOKET_ADMIN_EMAIL: adminEmail,
      LOKET_ADMIN_PASSWORD: adminPassword,
      LOG_LEVEL: 'info',
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      ...options.env,
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      log += text;
    });
  }
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  const gone = new Promise<number | null>((done, reject) => {
    child.once('error', reject);
    child.once('close', done);
  });

  const kill = (signal: NodeJS.Signals): Promise<number | null> => {
    if (running()) child.kill(signal);
    return gone;
  };
  const stop = async (): Promise<void> => {
    const ended = running()
      ? await Promise.race([kill('SIGTERM'), sleep(30_000, 'late' as const, { ref: false })])
      : await gone;
    if (ended === 'late') await kill('SIGKILL');
    if (!options.databaseUrl) await endDatabase(dataDir);
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    if (ended === 'late') throw new Error(`The server did not end within 30 s of SIGTERM:\n${tail(log)}`);
  };

  try {
    await ready(url, running);
  } catch (error) {
    await kill('SIGKILL');
    if (!options.databaseUrl) await endDatabase(dataDir);
    throw new Error(`The server did not get ready:\n${tail(log)}`, { cause: error });
  }
  return { url, port, dataDir, adminEmail, adminPassword, pid: child.pid ?? 0, kill, stop, log: () => log };
}

async function ready(url: string, running: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    if (!running()) throw new Error('it ended');
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error('it did not answer /readyz within 60 s');
}

/** Pid of the PostgreSQL that the server runs in its data folder, or null. */
export function databasePid(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** A server killed with -9 leaves its PostgreSQL for the next start; after the last there is none. */
async function endDatabase(dataDir: string): Promise<void> {
  const pid = databasePid(dataDir);
  if (pid === null) return;
  process.kill(pid, 'SIGQUIT');
  for (let i = 0; i < 500 && databasePid(dataDir) !== null; i++) await sleep(20);
}

const tail = (log: string): string => log.split('\n').slice(-40).join('\n');
