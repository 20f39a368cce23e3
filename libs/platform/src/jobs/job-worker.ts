import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job } from 'bullmq';
import { jobContracts } from '@loket/contracts/jobs.js';
import { ENV, type ResolvedEnv } from '../env.js';
import { LOGGER, type Logger, withCorrelation } from '../logging/logger.js';
import { JobQueue, QUEUE } from './job-queue.js';

/** Takes jobs and gives each to its handler. Refuses to start when a job has no handler. */
@Processor(QUEUE, { autorun: false, concurrency: 8, stalledInterval: 15_000, maxStalledCount: 3 })
export class JobWorker extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private failing = false;

  constructor(
    private readonly jobs: JobQueue,
    @Inject(ENV) private readonly env: Pick<ResolvedEnv, 'ROLE'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    const missing = Object.keys(jobContracts).filter((name) => !this.jobs.handlerOf(name));
    if (missing.length > 0) throw new Error(`jobs without a handler: ${missing.join(', ')}`);
    if (this.env.ROLE === 'api') return;
    this.worker.run().catch((error: unknown) => this.onError(error));
  }

  /** Lets running jobs finish and takes no new ones, while everything that they need is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }

  override async process(job: Job<unknown>): Promise<void> {
    const handler = this.jobs.handlerOf(job.name);
    if (!handler) throw new Error(`no handler for job ${job.name}`);
    await withCorrelation(`job-${job.id ?? job.name}`, () => handler(job.data));
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    this.logger.error({ err: error, job: job?.name, jobId: job?.id }, 'job failed');
  }

  /** The queue's store is away. Once per outage. */
  @OnWorkerEvent('error')
  onError(error: unknown): void {
    if (!this.failing) this.logger.error({ err: error }, 'job queue cannot be reached');
    this.failing = true;
  }

  @OnWorkerEvent('active')
  onActive(): void {
    this.failing = false;
  }
}
