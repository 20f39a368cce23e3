import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { EventFeed } from '../events/event-feed.js';
import {
  holdCalls,
  hurryCalls,
  putOffCall,
  removeCall,
  takeCalls,
  type TakenCall,
} from './webhook-calls.queries.js';
import { webhookDelayMs } from './webhook-delay.js';

const sweepMs = 15_000;
/** What a process that died was working on is taken up by another after this time. */
const holdMs = 20_000;
const renewMs = 5_000;
/** Milliseconds that work under way gets to end on shutdown. */
const closeMs = 4_000;

/** Calls that are worked on at a time, as long as they are quick. */
const quickAtOnce = 8;
/** After this time a call waits for somebody else, a file to be fetched for example, and gives its place to the next. */
const quickMs = 1_500;
const atOnce = 64;
const ofOneChannel = 32;

/** Tries after which the log says that a call cannot be worked through. */
const tellFrom = 3;

interface Busy {
  channelId: string;
  quick: boolean;
  done: Promise<void>;
}

/**
 * Works through the calls that `WebhookCalls` has accepted, in no order: the other side promises none either. The rows
 * are the truth; a job says that there are some. A call may be worked through more than once, which its messages and
 * states stand by their external ids.
 */
@Injectable()
export class WebhookWork implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly busy = new Map<string, Busy>();
  private taking: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private renewal: NodeJS.Timeout | undefined;

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(BUS) private readonly bus: Bus,
    private readonly blobs: BlobStore,
    private readonly jobs: JobQueue,
    private readonly directory: ChannelDirectory,
    private readonly feed: EventFeed,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('take-webhook-calls', () => this.take());
    // Whoever mends a channel's settings wants to see what waited for it come in now.
    this.feed.listen(async (events) => {
      for (const { type, data } of events) {
        if (type !== 'channel.updated' || typeof data['channelId'] !== 'string') continue;
        await hurryCalls(this.manager, data['channelId'], this.clock.now(), [...this.busy.keys()]);
        await this.jobs.add('take-webhook-calls', {}).catch((err: unknown) => this.waits(err));
      }
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('take-webhook-calls', {}, sweepMs);
    this.renewal = setInterval(() => this.renew(), renewMs);
  }

  /** What does not end in time is given back, and done by whoever comes next. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.renewal);
    await this.taking;
    const work = Promise.all([...this.busy.values()].map(({ done }) => done));
    await Promise.race([work, sleep(closeMs, undefined, { ref: false })]);
    if (this.busy.size > 0) await holdCalls(this.manager, [...this.busy.keys()], this.clock.now());
  }

  /** Begins with as many calls as there is room for; each that ends makes room for the next. Does not wait for them. */
  take(): Promise<void> {
    this.again = true;
    this.taking ??= Promise.resolve().then(() => this.fill());
    return this.taking;
  }

  private async fill(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        const atMost = this.room();
        if (atMost <= 0) continue;
        const now = this.clock.now();
        const until = new Date(now.getTime() + holdMs);
        const calls = await takeCalls(this.manager, { now, until, atMost, spared: this.spared() });
        for (const call of calls) this.begin(call);
      }
    } finally {
      this.taking = null;
    }
  }

  private room(): number {
    if (this.stopped) return 0;
    const quick = [...this.busy.values()].filter((one) => one.quick).length;
    return Math.min(quickAtOnce - quick, atOnce - this.busy.size);
  }

  private spared(): string[] {
    const counts = new Map<string, number>();
    for (const { channelId } of this.busy.values()) counts.set(channelId, (counts.get(channelId) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= ofOneChannel).map(([channelId]) => channelId);
  }

  private begin(call: TakenCall): void {
    const { id, channelId } = call;
    // Taken again since its hold could not be renewed: who works on it does so still.
    if (this.busy.has(id)) return;
    const busy: Busy = { channelId, quick: true, done: Promise.resolve() };
    const slow = setTimeout(() => {
      busy.quick = false;
      this.next();
    }, quickMs);
    busy.done = this.work(call).finally(() => {
      clearTimeout(slow);
      this.busy.delete(id);
      this.next();
    });
    this.busy.set(id, busy);
  }

  private next(): void {
    if (this.stopped) return;
    this.take().catch((err: unknown) => this.waits(err));
  }

  private waits(err: unknown): void {
    this.logger.warn({ err }, 'webhook calls wait for the next sweep');
  }

  /** Never throws: what cannot even be written down is due again when the hold is over. */
  private async work(call: TakenCall): Promise<void> {
    const { id, channelId, mediaType, bytes, receivedAt, attempts } = call;
    try {
      const raw = await this.blobs.put(bytes, mediaType);
      const channel = await this.directory.ref(channelId);
      await this.bus.request('channel.ingest', { channel, raw, receivedAt: receivedAt.toISOString() });
      await removeCall(this.manager, id);
    } catch (err) {
      await this.putOff(call, attempts + 1, err);
    }
  }

  private async putOff({ id, channelId }: TakenCall, failed: number, err: unknown): Promise<void> {
    const fields = { callId: id, channelId, attempts: failed, err };
    if (!(err instanceof AppError)) this.logger.error(fields, 'webhook call failed by a defect');
    else if (failed >= tellFrom) this.logger.warn(fields, 'webhook call cannot be worked through yet');
    try {
      const dueAt = new Date(this.clock.now().getTime() + webhookDelayMs(failed, Math.random()));
      await putOffCall(this.manager, id, failed, dueAt);
    } catch (error) {
      this.logger.warn({ err: error, callId: id }, 'webhook call waits until its hold is over');
    }
  }

  private renew(): void {
    if (this.busy.size === 0) return;
    const until = new Date(this.clock.now().getTime() + holdMs);
    holdCalls(this.manager, [...this.busy.keys()], until).catch((err: unknown) => {
      this.logger.warn({ err }, 'webhook calls at work could not be held');
    });
  }
}
