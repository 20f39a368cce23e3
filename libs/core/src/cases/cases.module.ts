import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { EventsModule } from '../events/events.module.js';
import { CaseAssignments } from './case-assignments.service.js';
import { CaseChanges } from './case-changes.service.js';
import { CaseWriter } from './case-writer.js';
import { CasesService } from './cases.service.js';
import { EventHistory } from './event-history.js';
import { LiveEvents } from './live-events.js';
import { ReplyOptions } from './reply-options.js';
import { SearchWords } from './search-words.service.js';
import { TimelineService } from './timeline.service.js';

const wakeMs = 30_000;
const learnMs = 30_000;

@Module({
  imports: [ChannelsModule, EventsModule, JobsModule],
  providers: [
    CaseAssignments,
    CaseChanges,
    CaseWriter,
    CasesService,
    EventHistory,
    LiveEvents,
    ReplyOptions,
    SearchWords,
    TimelineService,
  ],
  exports: [
    CaseAssignments,
    CaseChanges,
    CasesService,
    EventHistory,
    LiveEvents,
    ReplyOptions,
    SearchWords,
    TimelineService,
  ],
})
export class CasesModule implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly changes: CaseChanges,
    private readonly words: SearchWords,
    private readonly jobs: JobQueue,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('wake-cases', () => this.changes.wake());
    this.jobs.handle('learn-words', () => this.words.learn());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('wake-cases', {}, wakeMs);
    await this.jobs.every('learn-words', {}, learnMs);
  }
}
