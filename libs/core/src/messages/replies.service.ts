import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { sanitiseHtml } from '@loket/channel/html.js';
import type { CreateReply, TimelineItem } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Clock } from '@loket/platform/clock.js';
import { idOf, newId } from '@loket/platform/ids.js';
import { assigned, assignmentData, holdAgents } from '../cases/assigned-case.js';
import { callbackChange } from '../cases/callback.js';
import { lockCase } from '../cases/case-writer.js';
import { answered, changeStatus } from '../cases/case-status.js';
import { Case } from '../cases/case.entity.js';
import { caseNotFound, CasesService } from '../cases/cases.service.js';
import { previewOf } from '../cases/preview.js';
import { ReplyOptions, type ReplyRoute } from '../cases/reply-options.js';
import { Thread } from '../cases/thread.entity.js';
import { TimelineService } from '../cases/timeline.service.js';
import { ChannelTemplates } from '../channels/channel-templates.js';
import { Outbox } from '../delivery/outbox.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { untilHeld } from '../operations/until-held.js';
import { Message } from './message.entity.js';
import { chooseRoute, readQuoted, type Quoted } from './reply-route.js';
import { fillTemplate, type FilledTemplate } from './reply-template.js';
import { saidSince } from './said-since.queries.js';
import { signatureFor } from './signature.js';
import { insertAttachments, requireSendable, requireUploaded } from './uploads.js';

interface Author {
  id: string;
  name: string;
  /** he answers himself, and so has the case from then on when nobody has it; programs that write for him do not */
  takes?: boolean;
}

/** An answer with its words: its own, or those of its template. */
type Worded = CreateReply & { filled?: FilledTemplate };

/** Answers of agents. An answer is a row first, and leaves by itself afterwards (DESIGN §7). */
@Injectable()
export class RepliesService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly timeline: TimelineService,
    private readonly replyOptions: ReplyOptions,
    private readonly templates: ChannelTemplates,
    private readonly blobs: BlobStore,
    private readonly events: EventLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param caseId an answer to a merged case goes to the one that stands for it
   * @param once names this answer for ever (agent and Idempotency-Key): an answer written under it before a crash is
   *   found again instead of being written twice
   * @throws AppError `conflict` `case_changed` with the current case, when somebody else wrote since the version that
   *   the agent saw; `unprocessable` `reply_impossible` `reply_blocked` `attachment_missing` `attachments_unsupported`
   *   `quote_not_here` `quotes_unsupported` `templates_unsupported` `template_not_found` `template_value_missing`
   *   `template_file_needed` `template_takes_no_file`; `too_large` `attachments_too_large`; `unavailable` when the channel
   *   cannot say what templates it has
   */
  async create(caseId: string, reply: CreateReply, author: Author, once?: string): Promise<TimelineItem> {
    await requireUploaded(this.blobs, reply.attachments);
    const said = reply.template === undefined ? reply.text : JSON.stringify(reply.template);
    const messageId = once === undefined ? newId() : idOf('reply', author.id, caseId, said, once);
    const known = once !== undefined && (await this.manager.existsBy(Message, { id: messageId }));
    const worded = known ? reply : await this.worded(caseId, reply);
    const written = await untilHeld(() =>
      this.manager.transaction(async (tx) => {
        const found = await lockCase(tx, caseId);
        if (once !== undefined && (await tx.existsBy(Message, { id: messageId }))) return true;
        if (await this.isStale(tx, found.id, reply.version, author.id)) return false;
        await this.write(tx, found, messageId, worded, author);
        return true;
      }),
    );
    if (!written) throw await this.caseChanged(caseId, reply.version, author.id);
    await this.written(messageId);
    return this.timeline.message(messageId);
  }

  /** Has anybody else written since the version that the agent saw? The caller holds the case. */
  async isStale(
    tx: EntityManager,
    caseId: string,
    version: number | undefined,
    authorId: string,
  ): Promise<boolean> {
    return version !== undefined && (await saidSince(tx, caseId, version, authorId)).length > 0;
  }

  /** `conflict` `case_changed` with the case as it is and what happened meanwhile. */
  async caseChanged(caseId: string, version: number | undefined, authorId: string): Promise<AppError> {
    const now = await this.cases.get(caseId);
    const meanwhile = await saidSince(this.manager, now.id, version ?? 0, authorId);
    return new AppError('conflict', 'case_changed', 'somebody wrote in this case meanwhile', {
      data: { ...now, meanwhile },
    });
  }

  /**
   * The way that an answer would take now.
   * @throws AppError `unprocessable` and `too_large` of `create`
   */
  async route(tx: EntityManager, caseId: string, reply: CreateReply): Promise<ReplyRoute> {
    const quoted = await readQuoted(tx, caseId, reply.quoteId);
    const route = chooseRoute(await this.replyOptions.routes(tx, caseId), reply, quoted);
    requireSendable(route.capabilities, reply.attachments);
    return route;
  }

  /**
   * Writes an answer in its own words as part of a larger change; whoever calls it says `written` after the commit.
   * Nothing is written when it throws one of the AppErrors of `create`.
   */
  async writeWithin(
    tx: EntityManager,
    caseId: string,
    messageId: string,
    reply: Omit<CreateReply, 'template'>,
    author: Author,
  ): Promise<void> {
    await this.write(tx, await lockCase(tx, caseId), messageId, reply, author);
  }

  /** After the commit: others hear of it, and it leaves. */
  async written(messageId: string): Promise<void> {
    this.events.committed();
    await this.outbox.nudge(messageId);
  }

  /** Asks the channel for its template, which may take a while: before anything is held. */
  private async worded(caseId: string, reply: CreateReply): Promise<Worded> {
    if (reply.template === undefined) return reply;
    const id = await standingFor(this.manager, caseId);
    const quoted = await readQuoted(this.manager, id, reply.quoteId);
    const { channelId } = chooseRoute(await this.replyOptions.routes(this.manager, id), reply, quoted);
    const template = await this.templates.find(channelId, reply.template);
    const filled = fillTemplate(template, reply.template, reply.attachments);
    return { ...reply, channelId, text: filled.text, filled };
  }

  private async write(
    tx: EntityManager,
    found: Case,
    messageId: string,
    reply: Worded,
    author: Author,
  ): Promise<void> {
    const quoted = await readQuoted(tx, found.id, reply.quoteId);
    const route = chooseRoute(await this.replyOptions.routes(tx, found.id), reply, quoted);
    requireSendable(route.capabilities, reply.attachments);
    // Never behind another message of the case, even when the clocks of two processes differ.
    const now = new Date(Math.max(this.clock.now().getTime(), found.lastMessageAt.getTime() + 1));
    const threadId = route.threadId ?? (await openThread(tx, found.id, route.channelId));
    await tx.insert(Message, {
      ...messageOf(found, route, reply, quoted),
      signature: await signatureFor(tx, route, found, author),
      id: messageId,
      threadId,
      agentId: author.id,
      sender: {
        kind: route.identityKind,
        value: route.channelAddress ?? route.channelName,
        name: author.name,
        proof: 'verified',
        evidence: [],
      },
      sentAt: now,
      stateAt: now,
      createdAt: now,
    });
    await insertAttachments(tx, { messageId }, reply.attachments);
    await this.updateCase(tx, found, route, messageId, reply, author, now);
  }

  private async updateCase(
    tx: EntityManager,
    found: Case,
    route: ReplyRoute,
    messageId: string,
    reply: CreateReply,
    author: Author,
    now: Date,
  ): Promise<void> {
    const about = { caseId: found.id, actorId: author.id };
    let version = found.version;
    const events: NewEvent[] = [
      { ...about, type: 'message.queued', version: ++version, data: { messageId } },
    ];
    const status = reply.status ?? found.status;
    const after = changeStatus(answered(found, now), status, now);
    if (status !== found.status) {
      const data = { status: { from: found.status, to: status }, ...callbackChange(found, after) };
      events.push({ ...about, type: 'case.updated', version: ++version, data });
    }
    const takes = author.takes && found.assigneeId === null;
    const taken = takes ? assigned(found, { agentId: author.id }, now) : null;
    if (taken) {
      await holdAgents(tx, [author.id]);
      const data = assignmentData(found, taken);
      events.push({ ...about, type: 'case.assigned', version: ++version, data });
    }
    await tx.update(Case, found.id, {
      ...taken,
      status: after.status,
      lastDirection: after.lastDirection,
      lastMessageAt: after.lastMessageAt,
      waitingSince: after.waitingSince,
      snoozedUntil: after.snoozedUntil,
      resolvedAt: after.resolvedAt,
      callbackSince: after.callbackSince,
      callbackNumber: after.callbackNumber,
      callbackDoneAt: after.callbackDoneAt,
      preview: previewOf(reply.text),
      messageCount: found.messageCount + 1,
      channelKinds: [...new Set([...found.channelKinds, route.channelKind])],
      version,
    });
    await this.events.append(tx, events, now);
  }
}

async function openThread(tx: EntityManager, caseId: string, channelId: string): Promise<string> {
  const id = newId();
  await tx.insert(Thread, { id, channelId, caseId });
  return id;
}

/** @throws AppError `not_found` `case_not_found` */
async function standingFor(manager: EntityManager, caseId: string): Promise<string> {
  const found = await manager.findOne(Case, {
    where: { id: caseId },
    select: { id: true, mergedIntoId: true },
  });
  if (!found) throw caseNotFound();
  return found.mergedIntoId ?? found.id;
}

function messageOf(found: Case, route: ReplyRoute, reply: Worded, quoted: Quoted | null): Partial<Message> {
  const { capabilities } = route;
  return {
    caseId: found.id,
    channelId: route.channelId,
    customerId: route.customerId,
    identityId: route.identityId,
    direction: 'outbound',
    recipients: [
      { role: 'to', kind: route.identityKind, value: route.identityValue, name: route.customerName },
    ],
    subject: capabilities.subject ? (route.threadSubject ?? found.subject) : null,
    text: reply.text,
    html: capabilities.html && reply.html !== undefined ? sanitiseHtml(reply.html) : null,
    quotesExternalId: quoted?.externalId ?? null,
    template: reply.filled?.template ?? null,
    state: 'pending',
  };
}
