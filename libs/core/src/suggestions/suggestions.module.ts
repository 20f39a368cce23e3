import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { EventsModule } from '../events/events.module.js';

const sweepMs = 60_000;

@Module({ imports: [EventsModule, JobsModule] })
export class SuggestionsModule implements OnModuleInit, OnApplicationBootstrap {
  constructor(private readonly jobs: JobQueue) {}

  onModuleInit(): void {
    this.jobs.handle('find-suggestions', () => Promise.resolve());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('find-suggestions', {}, sweepMs);
  }
}
