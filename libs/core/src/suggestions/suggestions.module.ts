import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { EventsModule } from '../events/events.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { SuggestionFinder } from './suggestion-finder.js';
import { SuggestionWriterModule } from './suggestion-writer.module.js';

const sweepMs = 60_000;

@Module({
  imports: [EventsModule, JobsModule, SettingsModule, SuggestionWriterModule],
  providers: [SuggestionFinder],
  exports: [SuggestionFinder],
})
export class SuggestionsModule implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly finder: SuggestionFinder,
    private readonly jobs: JobQueue,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('find-suggestions', () => this.finder.sweep());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('find-suggestions', {}, sweepMs);
  }
}
