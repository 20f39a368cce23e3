import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { EventsModule } from '../events/events.module.js';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { SuggestionDecisions } from './suggestion-decisions.service.js';
import { SuggestionFinder } from './suggestion-finder.js';
import { SuggestionWriterModule } from './suggestion-writer.module.js';
import { SuggestionsService } from './suggestions.service.js';

const sweepMs = 60_000;

@Module({
  imports: [
    EventsModule,
    IncidentsModule,
    JobsModule,
    OperationsModule,
    SettingsModule,
    SuggestionWriterModule,
  ],
  providers: [SuggestionDecisions, SuggestionFinder, SuggestionsService],
  exports: [SuggestionDecisions, SuggestionFinder, SuggestionsService],
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
