import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { comparePositions, startOfLog, type EventPosition } from './event-cursor.js';
import { EventLog } from './event-log.js';
import { mendTransactionIds, readEvents, readLogState, type StoredEvent } from './events.queries.js';

/** Gets every settled event once, in order. The next batch waits until it has resolved. */
export type FeedListener = (events: readonly StoredEvent[]) => Promise<void> | void;

const batchSize = 500;
/** lets a burst of commits be read at once */
const debounceMs = 5;
/** In a rush one look in so long: sockets get several events in one write, and writing is what a look costs. */
const paceMs = 25;
/** how soon to look again while a running transaction holds events back */
const heldMs = 10;
/** for commits of other processes, which nobody here hears of */
const idleMs = 250;
const failedMs = 1_000;

/**
 * Reads the log once for the whole process and passes it on: one query serves all sockets, however many there are.
 * Every process reads for itself, so no fan-out between processes is needed.
 */
@Injectable()
export class EventFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners: FeedListener[] = [];
  private at: EventPosition = startOfLog;
  private timer: NodeJS.Timeout | null = null;
  private dueAt = 0;
  private round: Promise<void> | null = null;
  private poked = false;
  private lookedAt = -Infinity;
  private stopped = true;
  private failing = false;
  private stopListening: () => void = () => undefined;

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly log: EventLog,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Up to here, included, the listeners have had everything. */
  get position(): EventPosition {
    return this.at;
  }

  listen(listener: FeedListener): void {
    this.listeners.push(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    const mended = await mendTransactionIds(this.manager);
    if (mended > 0) this.logger.warn({ events: mended }, 'event log renumbered after a restore');
    this.at = (await readLogState(this.manager)).head ?? startOfLog;
    this.stopped = false;
    this.stopListening = this.log.onCommitted(() => this.poke());
    this.schedule(idleMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.stopListening();
    if (this.timer) clearTimeout(this.timer);
    await this.round;
  }

  private poke(): void {
    if (this.round) this.poked = true;
    else this.schedule(this.paced(debounceMs));
  }

  /** @returns `ms`, or longer when the last look was just now */
  private paced(ms: number): number {
    return Math.max(ms, this.lookedAt + paceMs - performance.now());
  }

  private schedule(ms: number): void {
    if (this.stopped) return;
    const due = performance.now() + ms;
    if (this.timer) {
      if (this.dueAt <= due) return;
      clearTimeout(this.timer);
    }
    this.dueAt = due;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.round = this.read().then((next) => {
        this.round = null;
        this.schedule(this.poked ? Math.min(next, this.paced(debounceMs)) : next);
      });
    }, ms);
  }

  /** @returns milliseconds until the next look */
  private async read(): Promise<number> {
    this.poked = false;
    this.lookedAt = performance.now();
    try {
      const events = await readEvents(this.manager, this.at, batchSize);
      const last = events.at(-1);
      if (last) {
        await this.deliver(events);
        this.at = last.position;
      }
      this.failing = false;
      if (events.length === batchSize) return 0;
      const { held, head } = await readLogState(this.manager);
      if (head && comparePositions(head, this.at) > 0) return this.paced(0);
      return held ? heldMs : idleMs;
    } catch (error) {
      // Once per outage: the next lines would say the same until the database is back.
      if (!this.failing) this.logger.error({ err: error }, 'event log cannot be read');
      this.failing = true;
      return failedMs;
    }
  }

  private async deliver(events: readonly StoredEvent[]): Promise<void> {
    for (const listener of this.listeners) {
      try {
        await listener(events);
      } catch (error) {
        // One listener must not keep the others from what comes next.
        this.logger.error({ err: error }, 'event listener failed');
      }
    }
  }
}
