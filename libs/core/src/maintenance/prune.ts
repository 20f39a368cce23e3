import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { SessionsService } from '../access/sessions.service.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';

const everyMs = 60 * 60 * 1000;

/** Removes rows that only were of use for a while. */
@Injectable()
export class Prune implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly sessions: SessionsService,
    private readonly idempotency: IdempotencyService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('prune', async () => {
      await this.sessions.prune();
      await this.idempotency.prune();
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('prune', {}, everyMs);
  }
}
