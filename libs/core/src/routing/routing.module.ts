import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { EventsModule } from '../events/events.module.js';
import { Routing } from './routing.service.js';

/** How late time alone may be noticed: silent agents, overflow, office hours. */
const sweepMs = 5_000;

@Module({ imports: [EventsModule, JobsModule], providers: [Routing], exports: [Routing] })
export class RoutingModule implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly routing: Routing,
    private readonly jobs: JobQueue,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('route-cases', () => this.routing.route());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('route-cases', {}, sweepMs);
  }
}
