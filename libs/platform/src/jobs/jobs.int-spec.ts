import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { jobContracts, type JobName } from '@loket/contracts/jobs.js';
import { emptyDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { ENV } from '../env.js';
import { createLogger, LOGGER } from '../logging/logger.js';
import { JobQueue, type JobOutcome } from './job-queue.js';
import { JobsModule } from './jobs.module.js';

const messageId = '01890a5d-ac96-774b-bcce-b302099a8057';

async function start(url: string, handlers: Partial<Record<JobName, () => Promise<JobOutcome>>>) {
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

const idle = (): Promise<JobOutcome> => Promise.resolve(undefined);
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
  const runs: number[] = [];
  let outcomes: JobOutcome[] = [];
  beforeAll(async () => {
    database = await emptyDatabase();
    ({ app, jobs } = await start(database.url, {
      ...all,
      'deliver-message': () => {
        runs.push(Date.now());
        return Promise.resolve(outcomes.shift());
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

  it('runs a job again after the time that its handler asks for, and then never again', async () => {
    runs.length = 0;
    outcomes = [{ retryInMs: 300 }, undefined];
    await jobs.add('deliver-message', { messageId }, { id: messageId });
    await until(() => runs.length === 2);
    expect(runs[1]! - runs[0]!).toBeGreaterThanOrEqual(290);
    expect(runs[1]! - runs[0]!).toBeLessThan(3_000);
  });

  it('adds a job once while it waits, and again when it is over', async () => {
    await until(() => outcomes.length === 0);
    runs.length = 0;
    for (let i = 0; i < 3; i++)
      await jobs.add('deliver-message', { messageId }, { id: messageId, delayMs: 200 });
    await until(() => runs.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await jobs.add('deliver-message', { messageId }, { id: messageId });
    await until(() => runs.length === 2);
  });

  it('goes on after the database cut its connections', async () => {
    runs.length = 0;
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await admin.end();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await jobs.add('deliver-message', { messageId }, { id: messageId });
    await until(() => runs.length === 1);
  });
});
