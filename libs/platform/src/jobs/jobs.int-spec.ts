import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { jobContracts, type JobName } from '@loket/contracts/jobs.js';
import { emptyDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { ENV } from '../env.js';
import { createLogger, LOGGER } from '../logging/logger.js';
import { JobQueue } from './job-queue.js';
import { JobsModule } from './jobs.module.js';

const messageId = '01890a5d-ac96-774b-bcce-b302099a8057';

async function start(url: string, handlers: Partial<Record<JobName, () => Promise<void>>>) {
  @Global()
  @Module({
    providers: [
      { provide: ENV, useValue: { DATABASE_URL: url, ROLE: 'all' } },
      { provide: LOGGER, useValue: createLogger('silent') },
    ],
    exports: [ENV, LOGGER],
  })
  class Environment {}
  @Module({ imports: [Environment, JobsModule] })
  class App {
    constructor(jobs: JobQueue) {
      for (const name of Object.keys(handlers) as JobName[]) jobs.handle(name, () => handlers[name]!());
    }
  }
  const app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
  return { app, jobs: app.get(JobQueue) };
}

const idle = (): Promise<void> => Promise.resolve();
const all = Object.fromEntries(Object.keys(jobContracts).map((name) => [name, idle])) as Record<
  JobName,
  typeof idle
>;

async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done()).toBe(true);
}

describe('jobs on PostgreSQL', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let jobs: JobQueue;
  let runs = 0;
  let busy: Promise<void> = Promise.resolve();
  beforeAll(async () => {
    database = await emptyDatabase();
    ({ app, jobs } = await start(database.url, {
      ...all,
      'deliver-message': () => {
        runs += 1;
        return busy;
      },
    }));
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('refuses to start while a job has no handler', async () => {
    const { prune, ...others } = all;
    await expect(start(database.url, others)).rejects.toThrow('jobs without a handler: prune');
  });

  it('adds a job once while it waits or runs, and again when it is over', async () => {
    let finish = (): void => undefined;
    busy = new Promise((resolve) => (finish = resolve));
    for (let i = 0; i < 3; i++) await jobs.add('deliver-message', { messageId }, messageId);
    await until(() => runs === 1);
    await jobs.add('deliver-message', { messageId }, messageId);
    finish();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(runs).toBe(1);
    await jobs.add('deliver-message', { messageId }, messageId);
    await until(() => runs === 2);
  });

  it('repeats a job on its schedule', async () => {
    runs = 0;
    await jobs.every('deliver-message', { messageId }, 100);
    await until(() => runs >= 3);
  });

  it('goes on after the database cut its connections', async () => {
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await admin.end();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = runs;
    await until(() => runs > before + 2);
  });
});
