import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import {
  type ConnectionOptions,
  type Queue,
  createPostgresBackend,
  runMigrations,
  setDefaultBackendFactory,
} from 'bullmq';
import pg from 'pg';
import { type Patience, whenThere } from '../database/when-there.js';
import { ENV, type ResolvedEnv } from '../env.js';
import { LOGGER, type Logger } from '../logging/logger.js';
import { JobQueue, QUEUE } from './job-queue.js';
import { JobWorker } from './job-worker.js';

const CONNECTION = Symbol('jobs connection');

interface Connection {
  options: ConnectionOptions;
  close: () => Promise<void>;
}

/** The queue's tables lie in a schema of their own, `bullmq`, of the same database; BullMQ keeps them in step. */
async function onPostgres(url: string, patience: Patience): Promise<Connection> {
  // BullMQ takes its backend from this process-wide setting; Nest cannot hand it over any other way.
  setDefaultBackendFactory(createPostgresBackend as never);
  const pool = new pg.Pool({
    connectionString: url,
    max: 6,
    keepAlive: true,
    options: '-c search_path=bullmq',
  });
  // Said already by the queue and the worker; unheard, it would end the process.
  pool.on('error', () => undefined);
  const client = await whenThere(() => pool.connect(), patience);
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  return { options: pool as never, close: () => pool.end() };
}

@Module({
  providers: [
    {
      provide: CONNECTION,
      inject: [ENV, LOGGER],
      useFactory: (env: ResolvedEnv, logger: Logger): Promise<Connection> | Connection => {
        const { REDIS_URL, DATABASE_URL, LOKET_DATABASE_WAIT } = env;
        return REDIS_URL === undefined
          ? onPostgres(DATABASE_URL, { logger, waitMs: LOKET_DATABASE_WAIT * 1_000 })
          : { options: { url: REDIS_URL }, close: () => Promise.resolve() };
      },
    },
  ],
  exports: [CONNECTION],
})
class JobsConnectionModule {}

/** Typed background jobs: inject `JobQueue`. */
@Module({
  imports: [
    JobsConnectionModule,
    BullModule.forRootAsync({
      imports: [JobsConnectionModule],
      inject: [CONNECTION],
      useFactory: ({ options }: Connection) => ({ connection: options }),
    }),
    BullModule.registerQueue({ name: QUEUE }),
  ],
  providers: [JobQueue, JobWorker],
  exports: [JobQueue],
})
export class JobsModule implements OnApplicationShutdown {
  constructor(
    @Inject(getQueueToken(QUEUE)) private readonly queue: Queue,
    @Inject(CONNECTION) private readonly connection: Connection,
    @Inject(LOGGER) logger: Logger,
  ) {
    queue.on('error', (error) => logger.warn({ err: error }, 'job queue connection lost'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
    await this.connection.close();
  }
}
