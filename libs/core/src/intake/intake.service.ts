import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { IntakeResult, NormalizedMessage, Sender } from '@loket/contracts/inbound.js';
import { Clock } from '@loket/platform/clock.js';
import {
  asAvailability,
  isRetryable,
  isUnavailable,
  uniqueViolation,
} from '@loket/platform/database/errors.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { SECRET } from '@loket/platform/secret.js';
import { readCaseToken } from '../cases/case-token.js';
import { EventLog } from '../events/event-log.js';
import { QuarantineService } from '../quarantine/quarantine.service.js';
import { MatchingSettingsStore } from '../matching/settings-store.js';
import { SuggestionWriter } from '../suggestions/suggestion-writer.js';
import { Rearranged } from './customer-steps.js';
import { IntakeChannels } from './intake-channels.js';
import { intakeSteps, type IntakeGroup } from './intake-group.js';
import {
  prepareItem,
  prepareOwnItem,
  type IntakeChannel,
  type IntakeItem,
  type SaidByAgent,
} from './intake-item.js';
import { IntakeQueue } from './intake-queue.js';
import type { LockKey } from './locks.js';
import { MessageDigests } from './message-digests.js';
import { legible } from './legible.js';
import { personOfConversation } from './own-messages.queries.js';

/** Advisory locks in one transaction, and those of customers besides; far below max_locks_per_transaction × connections. */
const maxLocks = 512;
/** Groups of one lane at a time. Two keep the database busy while the other is being prepared. */
const maxConcurrent = 2;
/** Messages of one lane that may wait; beyond, the source is told to come again later. */
const maxWaiting = 4_000;
/** Code in quarantine of a message of our own side; what is replayed is no customer's. */
export const sentElsewhereFailed = 'sent_elsewhere_failed';
/** Tries of a message that fails alone, before it is put away. */
const maxTries = 3;

/**
 * Messages that wait for the same. What is brought in as history has a lane of its own, so that an import of a hundred
 * thousand calls does not stand before somebody who writes now.
 */
interface Lane {
  readonly queue: IntakeQueue<Ticket>;
  /** messages in one transaction; more gain little and make the others wait longer */
  readonly maxGroup: number;
  running: number;
}

interface Ticket {
  item: IntakeItem;
  tries: number;
  resolve: (result: IntakeResult) => void;
  reject: (error: unknown) => void;
  readonly lockKeys: IntakeItem['lockKeys'];
}

/**
 * The door by which every message comes in (DESIGN §3). Alone, a message goes at once; while groups are under way,
 * messages gather and are then committed together.
 */
@Injectable()
export class IntakeService implements OnApplicationShutdown {
  private readonly live: Lane;
  /** nobody waits for one of these */
  private readonly history: Lane;
  private readonly digests = new MessageDigests();
  private closed = false;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SECRET) private readonly secret: string,
    private readonly channels: IntakeChannels,
    private readonly events: EventLog,
    private readonly quarantine: QuarantineService,
    private readonly clock: Clock,
    private readonly matching: MatchingSettingsStore,
    private readonly suggestions: SuggestionWriter,
  ) {
    const busy = new Set<LockKey>();
    this.live = { queue: new IntakeQueue(busy), maxGroup: 64, running: 0 };
    this.history = { queue: new IntakeQueue(busy), maxGroup: 256, running: 0 };
  }

  /**
   * Takes in one message. Resolves after commit.
   * @throws AppError `unavailable` (`database_unavailable`, `intake_overloaded`, `shutting_down`): nothing was stored,
   *   deliver it again; `not_found` `channel_not_found`
   */
  async receive(message: NormalizedMessage, said?: SaidByAgent): Promise<IntakeResult> {
    const channel = await this.enter(message);
    const readToken = (token: string): number | null => readCaseToken(this.secret, token);
    return this.wait(prepareItem(legible(message), channel, readToken, said));
  }

  /**
   * Takes in what our own side wrote past Loket, e.g. on the company's phone. Resolves after commit.
   *
   * @param to whom it was written to; null when the channel does not say, then its conversation tells
   * @returns null when nobody knows whom it is for: nothing was stored
   * @throws AppError like `receive`
   */
  async sentElsewhere(
    message: NormalizedMessage,
    to: Sender | null,
    said?: SaidByAgent,
  ): Promise<IntakeResult | null> {
    const channel = await this.enter(message);
    const { conversation } = message.thread;
    const person =
      to ??
      (conversation
        ? await personOfConversation(this.database.manager, channel.id, conversation).catch(refuse)
        : null);
    if (!person) {
      this.logger.warn({ channelId: channel.id }, 'a message of our own side is for nobody known');
      return null;
    }
    return this.wait(prepareOwnItem(legible(message), legible(person), channel, said));
  }

  /** @throws AppError when nothing more is taken in now */
  private async enter(message: NormalizedMessage): Promise<IntakeChannel> {
    if (this.closed) throw new AppError('unavailable', 'shutting_down', 'the server is stopping');
    if (this.laneOf(message).queue.length >= maxWaiting) {
      throw new AppError(
        'unavailable',
        'intake_overloaded',
        'too many messages are waiting; deliver again later',
      );
    }
    return this.channels.find(message.channelId).catch(refuse);
  }

  private laneOf({ history }: NormalizedMessage): Lane {
    return history ? this.history : this.live;
  }

  private wait(item: IntakeItem): Promise<IntakeResult> {
    return new Promise<IntakeResult>((resolve, reject) => {
      const ticket = { item, tries: 0, resolve, reject, lockKeys: item.lockKeys };
      this.laneOf(item.message).queue.push(ticket);
      this.drain();
    });
  }

  /** Lets groups under way finish; what still waits is refused, and its source delivers it again. */
  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    const lanes = [this.live, this.history];
    for (const ticket of lanes.flatMap(({ queue }) => queue.take(Infinity, Infinity))) {
      ticket.reject(new AppError('unavailable', 'shutting_down', 'the server is stopping'));
    }
    while (lanes.some(({ running }) => running > 0)) await new Promise((resume) => setTimeout(resume, 5));
  }

  /** What one lane lets go may be what the other waits for. */
  private drain(): void {
    for (const lane of [this.live, this.history]) {
      while (lane.running < maxConcurrent && lane.queue.length > 0) {
        const group = lane.queue.take(lane.maxGroup, maxLocks);
        if (group.length === 0) break;
        lane.running += 1;
        void this.process(group, lane).finally(() => {
          lane.queue.release(group);
          lane.running -= 1;
          this.drain();
        });
      }
    }
  }

  /** Never rejects: every ticket is answered, put back, or put away. */
  private async process(group: Ticket[], lane: Lane): Promise<void> {
    try {
      const deferred = await this.commit(group.map((t) => t.item));
      this.events.committed();
      const again = group.filter((t) => deferred.has(t.item));
      for (const ticket of group) if (ticket.item.result) ticket.resolve(ticket.item.result);
      lane.queue.unshift(again);
    } catch (error) {
      await this.recover(group, lane, error);
    }
  }

  /** One bad message fails alone: the group is split until it stands by itself (DESIGN §3.3). */
  private async recover(group: Ticket[], lane: Lane, error: unknown): Promise<void> {
    if (isUnavailable(error)) {
      for (const ticket of group) ticket.reject(asAvailability(error));
      return;
    }
    const [only] = group;
    if (group.length === 1 && only) {
      await this.tryAgain(only, lane, error);
      return;
    }
    const middle = Math.ceil(group.length / 2);
    await this.process(group.slice(0, middle), lane);
    await this.process(group.slice(middle), lane);
  }

  private async tryAgain(ticket: Ticket, lane: Lane, error: unknown): Promise<void> {
    // A lost race is not the message's fault: the next try finds the winner's rows.
    const lostRace = isRetryable(error) || uniqueViolation(error) !== null || error instanceof Rearranged;
    ticket.tries += lostRace ? 0.25 : 1;
    if (ticket.tries < maxTries) {
      await new Promise((resume) => setTimeout(resume, 20 * 4 ** Math.floor(ticket.tries)));
      await this.process([ticket], lane);
      return;
    }
    const { message, own, recipients } = ticket.item;
    this.logger.error({ err: error, channelId: message.channelId }, 'a message could not be taken in');
    await this.quarantine
      .add({
        channelId: message.channelId,
        externalId: message.externalId,
        raw: message.raw ?? null,
        // of our own: with whom it was written to, so that it can be replayed as what it is
        message: own ? { ...message, recipients } : message,
        code: own ? sentElsewhereFailed : 'intake_failed',
        reason: error instanceof Error ? error.message.slice(0, 2000) : 'unknown failure',
        attempts: maxTries,
      })
      .then(ticket.resolve, ticket.reject);
  }

  /** @returns items that must wait for the next group */
  private async commit(items: IntakeItem[]): Promise<Set<IntakeItem>> {
    for (const item of items) forget(item);
    const runner = this.database.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction();
      const group: IntakeGroup = {
        manager: runner.manager,
        client,
        events: this.events,
        now: this.clock.now(),
        items,
        deferred: [],
        newEvents: [],
        matching: this.matching.current(),
        digests: this.digests,
        suggestionWriter: this.suggestions,
        suggestions: [],
        toldAgain: [],
        samePeople: [],
      };
      for (const step of intakeSteps) await step(group);
      await runner.commitTransaction();
      for (const { messageId, digest } of items)
        if (messageId && digest) this.digests.keep(messageId, digest);
      return new Set(group.deferred);
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

function refuse(error: unknown): never {
  throw asAvailability(error);
}

/** Forgets what an earlier, rolled back try found out. */
function forget(item: IntakeItem): void {
  delete item.result;
  delete item.edited;
  delete item.overtaken;
  delete item.customer;
  delete item.match;
  delete item.digest;
  delete item.bouncedMessageId;
  delete item.case;
  delete item.threadId;
  delete item.messageId;
}
