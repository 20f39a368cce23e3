import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppError } from '@loket/contracts/errors.js';
import { SetupService } from '@loket/core/access/setup.service.js';
import type { Patience } from '@loket/platform/database/when-there.js';
import type { Env, ResolvedEnv } from '@loket/platform/env.js';
import type { Logger } from '@loket/platform/logging/logger.js';
import { type Postgres, startPostgres } from '@loket/platform/postgres/launcher.js';
import { readSecret } from '@loket/platform/secret.js';
import { openDataDir } from './data-dir.js';
import { lockInstance, migrate } from './database.js';
import { SayToPerson } from './say.js';

export interface RunningServer {
  /** address of the console as people reach it */
  url: string;
  /** how to get in: an admin was just made by the environment, the setup page has to be visited, or somebody is there */
  entry: 'environment' | 'setup' | 'sign-in';
  /** Stops in order: requests, channels and jobs, database connections, then our PostgreSQL. */
  stop: () => Promise<void>;
}

/**
 * Starts all that one process needs, or nothing: a failed start leaves nothing running.
 * @param signal ends the wait for a database that does not answer
 */
export async function startServer(env: Env, logger: Logger, signal?: AbortSignal): Promise<RunningServer> {
  openDataDir(env.LOKET_DATA_DIR);
  // Reading our own code takes as long as starting PostgreSQL, and the two do not need each other.
  const loading = import('../http/create-app.js');
  loading.catch(() => undefined);
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) {
      await step().catch((err: unknown) => {
        logger.error({ err }, 'a step of stopping failed');
      });
    }
  };
  try {
    const patience = { logger, waitMs: env.LOKET_DATABASE_WAIT * 1_000, signal };
    const resolved = await resolve(env, logger, undo, patience);
    await migrate(resolved.DATABASE_URL, logger, patience);
    const { createApp } = await loading;
    const app = await createApp(resolved, logger);
    undo.push(() => app.close());
    const entry = env.ROLE === 'worker' ? 'sign-in' : await prepareEntry(app, env);
    await listen(app, env);
    return { url: env.LOKET_PUBLIC_URL ?? addressOf(app), entry, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function resolve(
  env: Env,
  logger: Logger,
  undo: (() => Promise<void>)[],
  patience: Patience,
): Promise<ResolvedEnv> {
  const LOKET_SECRET = readSecret(env.LOKET_DATA_DIR, env.LOKET_SECRET);
  if (env.DATABASE_URL !== undefined) return { ...env, DATABASE_URL: env.DATABASE_URL, LOKET_SECRET };
  const postgres = await ownPostgres(env.LOKET_DATA_DIR, logger);
  undo.push(() => postgres.stop());
  undo.push(await lockInstance(postgres.url, env.LOKET_DATA_DIR, logger, patience));
  return { ...env, DATABASE_URL: postgres.url, LOKET_SECRET };
}

async function ownPostgres(dataDir: string, logger: Logger): Promise<Postgres> {
  try {
    return await startPostgres({
      dir: join(dataDir, 'postgres'),
      log: (message, fields) => {
        logger.info(fields, message);
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new SayToPerson(`PostgreSQL tidak dapat dijalankan: ${error.message}`, error.message, {
      cause: error,
    });
  }
}

async function prepareEntry(app: NestFastifyApplication, env: Env): Promise<RunningServer['entry']> {
  const setup = app.get(SetupService, { strict: false });
  const { LOKET_ADMIN_EMAIL: email, LOKET_ADMIN_PASSWORD: password } = env;
  if (email !== undefined && password !== undefined && (await setup.setUpByEnvironment(email, password)))
    return 'environment';
  return (await setup.required()) ? 'setup' : 'sign-in';
}

async function listen(app: NestFastifyApplication, { PORT, HOST }: Env): Promise<void> {
  try {
    await app.listen(PORT, HOST);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const where = `${HOST}:${String(PORT)}`;
    if (code === 'EADDRINUSE')
      throw new SayToPerson(
        `Alamat ${where} sudah dipakai program lain. Hentikan program itu, atau pilih PORT yang lain.`,
        `The address ${where} is in use by another program. Stop that program, or set another PORT.`,
        { cause },
      );
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new SayToPerson(
        `Loket tidak dapat membuka alamat ${where} (${code}). Periksa HOST dan PORT.`,
        `Loket cannot listen on ${where} (${code}). Check HOST and PORT.`,
        { cause },
      );
    throw cause;
  }
}

function addressOf(app: NestFastifyApplication): string {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string')
    throw new Error('the server does not listen on a port');
  const anywhere = ['0.0.0.0', '::'].includes(address.address);
  const host = anywhere ? 'localhost' : isIPv6(address.address) ? `[${address.address}]` : address.address;
  return `http://${host}:${String(address.port)}`;
}
