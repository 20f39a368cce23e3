import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { AppError } from '@loket/contracts/errors.js';
import type { ChannelFailure, OutboundMessage, SendOutcome } from '@loket/contracts/outbound.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { isUnavailable } from '@loket/platform/database/errors.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { SECRET } from '@loket/platform/secret.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { initialStatus } from '../channels/channel-view.js';
import { Channel } from '../channels/channel.entity.js';
import { EventLog } from '../events/event-log.js';
import { broken, judge, noAdapter } from './delivery-state.js';
import {
  claim,
  heartbeatMs,
  keepExternalIds,
  nextInLine,
  postpone,
  readOutgoing,
  settle,
  touch,
  type Outgoing,
} from './delivery.queries.js';
import { takeEarly } from './early-receipts.js';
import { outboundMessage } from './outbound-message.js';
import { Outbox } from './outbox.js';
import { ReadMarks } from './read-marks.js';
import { pausedRetryMs } from './retry-delay.js';
import { stateChanged } from './state-changed.js';

/** How often, and for how long, the outcome of a try is written again while the database is away. */
const rewriteMs = 500;
const rewriteForMs = 3_600_000;

/** Codes that say that no adapter took the request. */
const nobodyThere: ReadonlySet<string> = new Set(['bus_no_handler', 'adapter_missing']);

/** Hands a pending message to the adapter of its channel and writes down what became of it (DESIGN §7). */
@Injectable()
export class DeliveryService implements OnModuleInit {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(SECRET) private readonly secret: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly jobs: JobQueue,
    private readonly channels: ChannelDirectory,
    private readonly events: EventLog,
    private readonly outbox: Outbox,
    private readonly readMarks: ReadMarks,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('deliver-message', ({ messageId }) => this.deliver(messageId));
  }

  /** Safe to call at any time, any number of times, from any process. */
  async deliver(messageId: string): Promise<void> {
    const outgoing = await readOutgoing(this.manager, messageId);
    if (!outgoing) return;
    if (!(await this.channels.isEnabled(outgoing.channelId))) {
      const until = new Date(this.clock.now().getTime() + pausedRetryMs);
      return postpone(this.manager, messageId, 'channel_disabled', until);
    }
    // Before the claim: what fails until then has surely not left.
    const channel = await this.channels.ref(outgoing.channelId);
    const attempt = await claim(this.manager, messageId, this.clock.now());
    if (attempt === null) return;
    const outcome = await this.send(channel, outboundMessage(messageId, outgoing, attempt, this.secret));
    await this.whenPossible(() => this.conclude(messageId, outgoing, attempt, outcome));
    if (outcome.ok) this.readMarks.answered(messageId, channel);
    const next = await nextInLine(this.manager, messageId);
    if (next !== null) await this.outbox.nudge(next);
  }

  private async send(channel: ChannelRef, message: OutboundMessage): Promise<SendOutcome> {
    const { messageId } = message;
    const heartbeat = setInterval(() => {
      touch(this.manager, messageId, this.clock.now()).catch((error: unknown) => {
        this.logger.warn({ err: error, messageId }, 'sending message could not be marked');
      });
    }, heartbeatMs);
    try {
      return await this.bus.request('channel.send', { channel, message });
    } catch (error) {
      return { ok: false, failure: this.explain(error, messageId) };
    } finally {
      clearInterval(heartbeat);
    }
  }

  private explain(error: unknown, messageId: string): ChannelFailure {
    if (error instanceof AppError) {
      if (nobodyThere.has(error.code)) return noAdapter;
      // Refused before anything was sent: a file that is gone, a request that is not understood.
      if (error.kind !== 'unavailable' && error.kind !== 'internal') {
        return { code: 'rejected', reason: error.code, detail: null };
      }
    }
    this.logger.error({ err: error, messageId }, 'adapter broke while sending');
    return broken;
  }

  /**
   * What became of a try is known to this process alone. While the database is away it is kept and written down
   * afterwards; given up, the message would have to be called uncertain.
   */
  private async whenPossible(write: () => Promise<void>): Promise<void> {
    for (let waited = 0; ; waited += rewriteMs) {
      try {
        await write();
        return;
      } catch (error) {
        if (!isUnavailable(error) || waited >= rewriteForMs) throw error;
        await sleep(rewriteMs, undefined, { ref: false });
      }
    }
  }

  private async conclude(
    messageId: string,
    { channelId, waitsFor }: Outgoing,
    attempt: number,
    outcome: SendOutcome,
  ): Promise<void> {
    // Before the state: an answer that comes at once must find the thread, and doing this twice does no harm.
    if (outcome.ok) await keepExternalIds(this.manager, messageId, outcome.result);
    const verdict = judge(outcome, attempt, Math.random());
    await this.manager.transaction(async (tx) => {
      const changed = await settle(tx, messageId, verdict, this.clock.now());
      const news = outcome.ok ? await takeEarly(tx, [messageId]) : [];
      await this.events.append(tx, [...(changed ? [changed] : []), ...news].map(stateChanged));
    });
    this.events.committed();
    if (outcome.ok) return this.mended(channelId, waitsFor);
    const { code, reason, detail } = outcome.failure;
    this.logger.warn(
      { messageId, channelId, attempt, code, reason, state: verdict.state },
      'message not sent',
    );
    if (code === 'auth') {
      await this.bus.request('channels.status', { channelId, status: 'paused', code: reason, detail });
    }
  }

  /**
   * A message has left that the channel was paused for. Where a connection is kept its adapter tells how it is; elsewhere
   * nobody would ever take the pause back.
   */
  private async mended(channelId: string, waitedFor: string | null): Promise<void> {
    if (waitedFor === null) return;
    const paused = { id: channelId, status: 'paused' as const, statusCode: waitedFor };
    const channel = await this.manager.findOneBy(Channel, paused);
    if (channel && initialStatus(channel, true) === 'ingress_only')
      await this.bus.request('channels.status', { channelId, status: 'ingress_only' });
  }
}
