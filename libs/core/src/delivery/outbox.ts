import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '@loket/platform/clock.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { EventFeed } from '../events/event-feed.js';
import { EventLog } from '../events/event-log.js';
import { findDue, hurry, markAbandoned } from './delivery.queries.js';
import { stateChanged } from './state-changed.js';

const sweepMs = 15_000;

/**
 * Sees that every pending message gets its turn. The rows are the outbox: jobs only make it quick, and when all of them
 * are lost the sweep makes new ones.
 */
@Injectable()
export class Outbox implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly jobs: JobQueue,
    private readonly feed: EventFeed,
    private readonly events: EventLog,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('sweep-outbox', () => this.sweep());
    // Whoever changes a channel's settings wants to see what waited for it leave now, not at its next turn.
    this.feed.listen(async (events) => {
      for (const { type, data } of events) {
        if (type !== 'channel.updated' || typeof data['channelId'] !== 'string') continue;
        for (const id of await hurry(this.manager, data['channelId'], this.clock.now())) await this.nudge(id);
      }
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('sweep-outbox', {}, sweepMs);
  }

  /** Says that a message is due. Call it after commit; a queue that is away costs some seconds, never the message. */
  async nudge(messageId: string): Promise<void> {
    try {
      await this.jobs.add('deliver-message', { messageId }, messageId);
    } catch (error) {
      this.logger.warn({ err: error, messageId }, 'message waits for the next sweep');
    }
  }

  async sweep(): Promise<void> {
    const abandoned = await this.manager.transaction(async (tx) => {
      const changed = await markAbandoned(tx, this.clock.now());
      await this.events.append(tx, changed.map(stateChanged));
      return changed.length;
    });
    if (abandoned > 0) this.events.committed();
    for (const id of await findDue(this.manager, this.clock.now())) await this.nudge(id);
  }
}
