import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { sanitiseHtml } from '@loket/channel/html.js';
import type { CreateReply } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import type { EventData } from '@loket/contracts/events.js';
import type { HeldReply, HoldReply, RescheduleReply } from '@loket/contracts/held-replies.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Clock } from '@loket/platform/clock.js';
import { idOf, newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { Case } from '../cases/case.entity.js';
import { lockCase } from '../cases/case-writer.js';
import { CasesService } from '../cases/cases.service.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { untilHeld } from '../operations/until-held.js';
import { HeldReplyRow } from './held-reply.entity.js';
import { findDueReplies, heldOfCase, holdRow, readHeld, type Held } from './held-replies.queries.js';
import { Message } from './message.entity.js';
import { Note } from './note.entity.js';
import { RepliesService } from './replies.service.js';
import { insertAttachments, requireUploaded } from './uploads.js';

interface Author {
  id: string;
  name: string;
}

const sweepMs = 15_000;
const furthestMs = 366 * 24 * 3_600_000;

/**
 * Answers that leave later: in some seconds, so that they can be taken back, or at a chosen time. The row is all there is
 * of such an answer until it leaves; then row and message change places in one transaction, so that it is sent once or
 * taken back, and never both, whatever dies in between.
 */
@Injectable()
export class HeldRepliesService implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly replies: RepliesService,
    private readonly blobs: BlobStore,
    private readonly events: EventLog,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('release-replies', () => this.releaseDue());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('release-replies', {}, sweepMs);
  }

  /** Also of cases that were merged into this one. */
  async list(caseId: string): Promise<HeldReply[]> {
    return heldOfCase(this.manager, caseId);
  }

  /**
   * @param once as with an answer that leaves at once
   * @throws AppError those of `RepliesService.create`; `unprocessable` `send_time_past` `send_time_too_far`; `conflict`
   *   `reply_sent` when it was asked for before under this key, and has left
   */
  async hold(caseId: string, wish: HoldReply, author: Author, once?: string): Promise<HeldReply> {
    const { reply } = wish;
    await requireUploaded(this.blobs, reply.attachments);
    const sendAt = this.dueAt(wish);
    const said = JSON.stringify([reply.text, wish.sendAt ?? null]);
    const id = once === undefined ? newId() : idOf('held-reply', author.id, caseId, said, once);
    const written = await untilHeld(() =>
      this.manager.transaction(async (tx) => {
        const found = await lockCase(tx, caseId);
        if (await tx.existsBy(Message, { id })) throw replySent();
        if (await tx.existsBy(HeldReplyRow, { id })) return true;
        if (await this.replies.isStale(tx, found.id, reply.version, author.id)) return false;
        const { channelId, identityId } = await this.replies.route(tx, found.id, reply);
        const now = this.clock.now();
        await tx.insert(HeldReplyRow, {
          id,
          caseId: found.id,
          agentId: author.id,
          // Clean from the start: it is shown before it leaves.
          body: { ...reply, ...(reply.html && { html: sanitiseHtml(reply.html) }), channelId, identityId },
          state: stateOf(wish),
          sendAt,
          onNews: wish.onNews ?? (wish.sendAt === undefined ? 'send' : 'keep_back'),
          seenUntil: new Date(Math.max(now.getTime(), found.lastMessageAt.getTime())),
          createdAt: now,
        });
        await this.events.append(tx, [changed(found, id, author.id, stateOf(wish))], now);
        return true;
      }),
    );
    if (!written) throw await this.replies.caseChanged(caseId, reply.version, author.id);
    this.events.committed();
    if (wish.holdSeconds !== undefined) this.wakeIn(id, wish.holdSeconds * 1000);
    return this.read(id);
  }

  /**
   * Another time. What was kept back waits again, and knows what was said until now.
   * @throws AppError `not_found` `reply_not_held`; `conflict` `reply_sent`; `unprocessable` `send_time_past` …
   */
  async reschedule(id: string, wish: RescheduleReply, actorId: string): Promise<HeldReply> {
    const sendAt = this.dueAt(wish);
    await this.withRow(id, async (tx, held) => {
      const now = this.clock.now();
      await tx.update(HeldReplyRow, id, {
        sendAt,
        state: 'scheduled',
        reason: null,
        seenUntil: now,
        ...(wish.onNews && { onNews: wish.onNews }),
      });
      await this.tell(tx, held.caseId, id, actorId, 'scheduled', null, now);
    });
    return this.read(id);
  }

  /**
   * Takes it back: from then on it is never sent. What somebody else takes back stays in the case as a note of its writer,
   * so that no words are lost.
   *
   * @returns what it was
   * @throws AppError `not_found` `reply_not_held`; `conflict` `reply_sent`
   */
  async takeBack(id: string, actorId: string): Promise<HeldReply> {
    const before = await readHeld(this.manager, id);
    await this.withRow(id, async (tx, held) => {
      const now = this.clock.now();
      await tx.delete(HeldReplyRow, id);
      await this.tell(tx, held.caseId, id, actorId, 'taken_back', null, now);
      if (held.agentId !== actorId) await this.keepAsNote(tx, held, actorId, now);
    });
    if (!before) throw notHeld();
    return before;
  }

  /**
   * Sends it now, whatever was said meanwhile.
   * @throws AppError `not_found` `reply_not_held`; `conflict` `reply_sent`; those of `RepliesService.create`
   */
  async sendNow(id: string): Promise<void> {
    await this.withRow(id, (tx, held) => this.become(tx, held));
    await this.replies.written(id);
  }

  /** Sends whatever is due. Safe to call at any time, any number of times, from any process. */
  async releaseDue(): Promise<void> {
    for (const id of await findDueReplies(this.manager, this.clock.now())) {
      try {
        await this.release(id);
      } catch (error) {
        this.logger.error({ err: error, replyId: id }, 'held reply could not be sent');
      }
    }
  }

  /** Sends one that is due, or keeps it back when something stands against it. */
  async release(id: string): Promise<void> {
    const sent = await untilHeld(() =>
      this.manager.transaction(async (tx) => {
        const held = await holdRow(tx, id, this.clock.now());
        if (!held) return false;
        const against = held.onNews === 'keep_back' ? held.news : null;
        const problem = against ?? (await this.tryToBecome(tx, held));
        if (problem === null) return true;
        await tx.update(HeldReplyRow, id, { state: 'kept_back', reason: problem });
        await this.tell(tx, held.caseId, id, null, 'kept_back', problem, this.clock.now());
        return false;
      }),
    );
    if (sent) await this.replies.written(id);
    else this.events.committed();
  }

  /** @returns the code of what stands against it; nothing is written then */
  private async tryToBecome(tx: EntityManager, held: Held): Promise<string | null> {
    try {
      await this.become(tx, held);
      return null;
    } catch (error) {
      // What may be otherwise in a moment is tried again by the next sweep.
      if (!(error instanceof AppError) || ['unavailable', 'internal'].includes(error.kind)) throw error;
      const blocked = (error.data as { blocked?: string } | undefined)?.blocked;
      return blocked ?? error.code;
    }
  }

  private async become(tx: EntityManager, { id, caseId, body, agentId, agentName }: Held): Promise<void> {
    const { status, template: _none, ...rest } = body;
    const found = await tx.findOneByOrFail(Case, { id: caseId });
    // Whoever resolved the case meanwhile did not wait for this answer to reopen it.
    const reply: Omit<CreateReply, 'template'> =
      status === undefined || (found.status === 'resolved' && status !== 'resolved')
        ? rest
        : { ...rest, status };
    await this.replies.writeWithin(tx, caseId, id, reply, { id: agentId, name: agentName });
    await tx.delete(HeldReplyRow, id);
  }

  private async keepAsNote(tx: EntityManager, held: Held, actorId: string, now: Date): Promise<void> {
    const noteId = newId();
    const { id: caseId, version } = await lockCase(tx, held.caseId);
    await tx.insert(Note, {
      id: noteId,
      caseId,
      agentId: held.agentId,
      text: held.body.text,
      draft: true,
      createdAt: now,
    });
    await insertAttachments(tx, { noteId }, held.body.attachments);
    await tx.update(Case, caseId, { version: version + 1 });
    const event: NewEvent = {
      type: 'note.added',
      caseId,
      version: version + 1,
      actorId,
      data: { noteId },
    };
    await this.events.append(tx, [event], now);
  }

  /** Has the row to itself, or says what became of it. */
  private async withRow(id: string, work: (tx: EntityManager, held: Held) => Promise<void>): Promise<void> {
    await untilHeld(() =>
      this.manager.transaction(async (tx) => {
        const held = await holdRow(tx, id);
        if (!held) throw (await tx.existsBy(Message, { id })) ? replySent() : notHeld();
        await work(tx, held);
      }),
    );
    this.events.committed();
  }

  private async tell(
    tx: EntityManager,
    caseId: string,
    id: string,
    actorId: string | null,
    state: EventData<'held_reply.changed'>['state'],
    reason: string | null,
    now: Date,
  ): Promise<void> {
    const found = await tx.findOneByOrFail(Case, { id: caseId });
    await this.events.append(tx, [changed(found, id, actorId, state, reason)], now);
  }

  private async read(id: string): Promise<HeldReply> {
    const held = await readHeld(this.manager, id);
    if (!held) throw replySent();
    return held;
  }

  private dueAt({ holdSeconds, sendAt }: Pick<HoldReply, 'holdSeconds' | 'sendAt'>): Date {
    const now = this.clock.now().getTime();
    if (sendAt === undefined) return new Date(now + (holdSeconds ?? 0) * 1000);
    const at = new Date(sendAt);
    if (at.getTime() <= now)
      throw new AppError('unprocessable', 'send_time_past', 'an answer can only leave in the future');
    if (at.getTime() - now > furthestMs)
      throw new AppError('unprocessable', 'send_time_too_far', 'an answer can wait for a year at most');
    return at;
  }

  /** Makes it quick. When this process is gone by then, the next round of the sweep does it. */
  private wakeIn(id: string, ms: number): void {
    const nudge = (): void => {
      this.jobs.add('release-replies', {}, `release-${id}`).catch((error: unknown) => {
        this.logger.warn({ err: error, replyId: id }, 'held reply waits for the next sweep');
      });
    };
    // Not a moment too early, or it would find nothing that is due.
    setTimeout(nudge, ms + 50).unref();
  }
}

function stateOf({ sendAt }: HoldReply): 'held' | 'scheduled' {
  return sendAt === undefined ? 'held' : 'scheduled';
}

/** It leaves the case's version as it is: until it leaves, nothing was said. */
function changed(
  { id: caseId, version }: Pick<Case, 'id' | 'version'>,
  replyId: string,
  actorId: string | null,
  state: EventData<'held_reply.changed'>['state'],
  reason: string | null = null,
): NewEvent {
  return { type: 'held_reply.changed', caseId, version, actorId, data: { replyId, state, reason } };
}

function replySent(): AppError {
  return new AppError('conflict', 'reply_sent', 'this answer has left already');
}

function notHeld(): AppError {
  return new AppError('not_found', 'reply_not_held', 'there is no such answer, or it was taken back');
}
