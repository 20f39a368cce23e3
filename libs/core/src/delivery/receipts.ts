import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { BusReply, BusRequest } from '@loket/contracts/bus.js';
import { AppError } from '@loket/contracts/errors.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { Case } from '../cases/case.entity.js';
import { EventLog } from '../events/event-log.js';
import { holdLocks, threadLockKey } from '../intake/locks.js';
import { Message } from '../messages/message.entity.js';
import { untilHeld } from '../operations/until-held.js';
import { mayBecome, retryable } from './delivery-state.js';
import { keepExternalIds } from './delivery.queries.js';
import { keepEarly, takeEarly } from './early-receipts.js';
import { Outbox } from './outbox.js';
import { stateChanged } from './state-changed.js';

/** What becomes of a message after the first try: reports of the channel, and a person who tries again. */
@Injectable()
export class Receipts implements OnModuleInit {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(BUS) private readonly bus: Bus,
    private readonly events: EventLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.handle('delivery.receipt', (receipt) => this.receive(receipt));
  }

  /**
   * What the channel says of a message of ours. Found by our own id where the channel tells it, since a receipt may come
   * before the answer to the send does, or be about another part of the same message; else by its external id. What is
   * found by neither waits a while for its message.
   */
  async receive(receipt: BusRequest<'delivery.receipt'>): Promise<BusReply<'delivery.receipt'>> {
    const { channelId, externalId, messageId, state, reason = null } = receipt;
    const known = await untilHeld(() =>
      this.manager.transaction(async (tx) => {
        // Before the message, as everybody does who writes an external id or what happened to a message.
        await holdLocks(tx, [threadLockKey(externalId)]);
        const message =
          (messageId && (await find(tx, { id: messageId, channelId }))) ||
          (await find(tx, { channelId, externalId }));
        if (!message?.state) {
          if (!message && !messageId) await keepEarly(tx, receipt, this.clock.now());
          return false;
        }
        const isNews = message.externalId === null && (await keep(tx, message.id, channelId, externalId));
        if (mayBecome(message.state, state)) {
          const to = { state, stateReason: reason, stateAt: new Date(receipt.at) };
          await this.change(tx, message, to, null);
        } else if (isNews) {
          // What was told of it before by its external id shows from now on.
          const { stateReason, stateAt } = message;
          await this.change(tx, message, { state: message.state, stateReason, stateAt }, null);
        }
        if (isNews) await this.events.append(tx, (await takeEarly(tx, [message.id])).map(stateChanged));
        return true;
      }),
    );
    this.events.committed();
    return { known };
  }

  /**
   * Sends a message again that failed or may not have arrived. It keeps its external id, so a channel that knows the id
   * delivers it once.
   * @throws AppError `not_found` `message_not_found`, `conflict` `message_not_retryable`
   */
  async retry(messageId: string, actorId: string): Promise<void> {
    await this.manager.transaction(async (tx) => {
      const message = await tx.findOne(Message, {
        where: { id: messageId, direction: 'outbound' },
        lock: { mode: 'for_no_key_update' },
      });
      if (!message) throw new AppError('not_found', 'message_not_found', 'there is no such message');
      if (!message.state || !retryable.includes(message.state)) {
        throw new AppError('conflict', 'message_not_retryable', 'this message did not fail', {
          data: { state: message.state },
        });
      }
      await tx.update(Message, messageId, { attempts: 0, stateDetail: null });
      await this.change(
        tx,
        message,
        { state: 'pending', stateReason: null, stateAt: this.clock.now() },
        actorId,
      );
    });
    this.events.committed();
    await this.outbox.nudge(messageId);
  }

  private async change(
    tx: EntityManager,
    { id, caseId, version }: Message,
    to: { state: NonNullable<Message['state']>; stateReason: string | null; stateAt: Date | null },
    actorId: string | null,
  ): Promise<void> {
    await tx.update(Message, id, { ...to, version: version + 1 });
    const { version: caseVersion } = await tx.findOneOrFail(Case, {
      where: { id: caseId },
      select: { version: true },
    });
    await this.events.append(tx, [
      {
        type: 'message.state_changed',
        caseId,
        version: caseVersion,
        actorId,
        data: { messageId: id, state: to.state, reason: to.stateReason },
      },
    ]);
  }
}

function find(
  tx: EntityManager,
  where: { channelId: string } & ({ id: string } | { externalId: string }),
): Promise<Message | null> {
  return tx.findOne(Message, {
    where: { ...where, direction: 'outbound' },
    lock: { mode: 'for_no_key_update' },
  });
}

/**
 * The id by which the channel will name the message from now on, unless another message has it.
 * @returns whether it is the message's now
 */
async function keep(
  tx: EntityManager,
  messageId: string,
  channelId: string,
  externalId: string,
): Promise<boolean> {
  if (await tx.existsBy(Message, { channelId, externalId })) return false;
  await keepExternalIds(tx, messageId, { externalId, references: [] });
  return true;
}
