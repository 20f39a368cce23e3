import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';

const everyMs = 3_600_000;

/** Clears away what has served its time. */
@Module({ imports: [JobsModule] })
export class HousekeepingModule implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly jobs: JobQueue,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('prune', () => this.prune());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('prune', {}, everyMs);
  }

  private async prune(): Promise<void> {
    await this.manager.query(`DELETE FROM sessions WHERE expires_at < now() - interval '1 day'`);
    await this.manager.query(`DELETE FROM idempotency_keys WHERE created_at < now() - interval '2 days'`);
  }
}
