import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock } from '@loket/platform/clock.js';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { EventConsumer, type LastWrites } from '../events/event-consumer.js';
import { EventFeed } from '../events/event-feed.js';
import { EventLog } from '../events/event-log.js';
import type { StoredEvent } from '../events/events.queries.js';
import { MatchingSettingsStore } from '../matching/settings-store.js';
import { finderBatch } from './finder/finder-batch.js';
import { finderSteps } from './finder/finder-steps.js';
import { countWords, pruneTerms } from './finder/word-counts.js';
import { SuggestionWriter } from './suggestion-writer.js';

/** Events at a time: about twenty messages. */
const batchSize = 40;

/** Looks, in the background, at whatever has happened, and suggests what may belong together. */
@Injectable()
export class SuggestionFinder implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly consumer: EventConsumer;
  private readonly steps = finderSteps();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly feed: EventFeed,
    private readonly log: EventLog,
    private readonly writer: SuggestionWriter,
    private readonly settings: MatchingSettingsStore,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<ResolvedEnv, 'ROLE'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.consumer = new EventConsumer(database, logger, {
      name: 'suggestions',
      batchSize,
      work: (events) => this.work(events),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.consumer.prepare();
    if (this.env.ROLE === 'api') return;
    // The feed hears of what other processes commit, too, and only of what can be read by now.
    this.feed.listen(() => this.consumer.wake());
    this.consumer.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.consumer.stop();
  }

  /** Should a wake-up have been missed; and what need not be done often. */
  async sweep(): Promise<void> {
    this.consumer.wake();
    await pruneTerms(this.database.manager);
  }

  /** Works everything off that has been committed by now, for tests and measurements. */
  settle(): Promise<void> {
    return this.consumer.settle();
  }

  private async work(events: readonly StoredEvent[]): Promise<LastWrites | null> {
    const batch = await finderBatch(
      {
        manager: this.database.manager,
        log: this.log,
        writer: this.writer,
        matching: this.settings.current(),
        now: this.clock.now(),
      },
      events,
    );
    for (const step of this.steps) await step.run(batch);
    return countWords(batch);
  }
}
