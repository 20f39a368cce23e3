import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SetupService } from '@loket/core/access/setup.service.js';
import { envSchema, type Env } from '@loket/platform/env.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { createApp } from '@loket/server/http/create-app.js';
import { ApiClient } from './client.js';
import { freshDatabase } from './database.js';

export interface TestApp {
  app: NestFastifyApplication;
  /** e.g. `http://127.0.0.1:41234` */
  url: string;
  databaseUrl: string;
  /** signed in */
  admin: ApiClient;
  close: () => Promise<void>;
}

export const adminEmail = 'admin@loket.example';
export const adminPassword = 'correct horse battery staple';

/** The whole server in this process on a migrated database, with nobody in it yet. */
export async function startBareApp(
  databaseUrl: string,
  env: Partial<Env> = {},
  channels?: DynamicModule | null,
): Promise<Omit<TestApp, 'admin'>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'loket-app-'));
  const app = await createApp(
    {
      ...envSchema.parse({}),
      LOKET_DATA_DIR: dataDir,
      LOKET_SECRET: 'a secret that only this test knows',
      DATABASE_URL: databaseUrl,
      ...env,
    },
    createLogger('silent'),
    channels,
  );
  await app.listen(0, '127.0.0.1');
  return {
    app,
    url: await app.getUrl(),
    databaseUrl,
    close: async () => {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * The whole server in this process, on a database of its own, with a first admin. Close it in `afterAll`.
 *
 * @param channels null when the test stands in for the adapter host; left out, the real one
 */
export async function startApp(env: Partial<Env> = {}, channels?: DynamicModule | null): Promise<TestApp> {
  const database = await freshDatabase();
  const server = await startBareApp(database.url, env, channels);
  await server.app.get(SetupService, { strict: false }).setUpByEnvironment(adminEmail, adminPassword);
  const admin = new ApiClient(server.url);
  await admin.signIn(adminEmail, adminPassword);
  return {
    ...server,
    admin,
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
}
