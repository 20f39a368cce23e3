import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { PresenceUpdate } from '@loket/contracts/sockets.js';
import type { VisitorMessage } from '@loket/contracts/visitors.js';
import { EventFeed } from '@loket/core/events/event-feed.js';
import type { StoredEvent } from '@loket/core/events/events.queries.js';
import { VisitorHistory } from '@loket/core/visitors/visitor-history.service.js';
import { VisitorMarks } from '@loket/core/visitors/visitor-marks.service.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { Signs } from '@loket/platform/signs/signs.js';
import { LiveBroadcast } from '../live/live-broadcast.js';
import { PresenceNews } from '../live/presence-news.js';
import { VisitorWhereabouts } from './visitor-whereabouts.js';
import { visitorRoom, type VisitorNamespace } from './visitor-socket.js';

/** What the visitor is told lapses after 6 s, and agents' browsers say only that they began. */
const typingMs = 3_000;
const readTries = 3;
const shownStates = ['sent', 'delivered', 'read'];

/** Passes on to the visitors of this process what may be told to them: messages, marks, who writes and who answers. */
@Injectable()
export class VisitorBroadcast implements OnModuleInit, OnApplicationShutdown {
  private namespace: VisitorNamespace | null = null;
  /** cases that an agent has before him, with the name of one who is writing */
  private readonly attended = new Map<string, string | null>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: EventFeed,
    private readonly history: VisitorHistory,
    private readonly marks: VisitorMarks,
    private readonly presence: PresenceNews,
    private readonly live: LiveBroadcast,
    private readonly whereabouts: VisitorWhereabouts,
    private readonly signs: Signs,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.feed.listen((events) => this.dispatch(events));
    this.presence.listen((update) => this.attend(update));
    this.signs.listen('visitor.state', ({ visitorId, state }) =>
      this.namespace?.local.to(visitorRoom(visitorId)).emit('state', state),
    );
    this.timer = setInterval(() => this.repeatTyping(), typingMs);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  attach(namespace: VisitorNamespace): void {
    this.namespace = namespace;
  }

  private async dispatch(events: readonly StoredEvent[]): Promise<void> {
    const { namespace } = this;
    if (!namespace || !this.whereabouts.anybody()) return;
    /** by message: whether it is new to the visitor, or only its state */
    const news = new Map<string, 'message' | 'state'>();
    const read = new Set<string>();
    for (const { type, data, caseId } of events) {
      const { messageId, state } = data as { messageId?: string; state?: string };
      if (messageId === undefined) continue;
      if (type === 'message.received' || (type === 'message.state_changed' && state === 'sent'))
        news.set(messageId, 'message');
      else if (type === 'message.state_changed' && shownStates.includes(state ?? ''))
        news.set(messageId, news.get(messageId) ?? 'state');
      if (type === 'message.received' && caseId !== null && this.attended.has(caseId)) read.add(caseId);
    }
    const shown = await this.read(namespace, [...news.keys()]);
    for (const { visitorId, message } of shown)
      this.tell(namespace, visitorId, message, news.get(message.id));
    const own = shown.filter(
      ({ message }) => message.from === 'visitor' && news.get(message.id) === 'message',
    );
    // The same events went to the consoles, each of which shows at once what has come.
    if (own.length > 0 && this.live.consoles > 0)
      this.quietly(this.tellDelivered(own.map(({ message }) => message.id)));
    for (const caseId of read) await this.tellRead(caseId);
  }

  private tell(
    namespace: VisitorNamespace,
    visitorId: string,
    message: VisitorMessage,
    news: 'message' | 'state' | undefined,
  ): void {
    const room = visitorRoom(visitorId);
    if (!namespace.adapter.rooms.has(room)) return;
    const sockets = namespace.local.to(room);
    const { id, from, name, picture, state } = message;
    if (news === 'message') {
      sockets.emit('message', message);
      if (from === 'agent' && name !== null) sockets.emit('agent', { name, picture });
    }
    if (from === 'agent' && state !== 'sent') sockets.emit('state', { messageId: id, state });
  }

  /** When it cannot be read, the browsers have to start anew from the history. */
  private async read(
    namespace: VisitorNamespace,
    ids: readonly string[],
  ): Promise<Awaited<ReturnType<VisitorHistory['messages']>>> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.history.messages(ids);
      } catch (error) {
        if (tries < readTries) continue;
        this.logger.error({ err: error, messages: ids.length }, 'messages could not be read for visitors');
        namespace.local.disconnectSockets(true);
        return [];
      }
    }
  }

  private attend({ caseId, agents }: PresenceUpdate): void {
    const writing = agents.find(({ state }) => state === 'typing')?.name ?? null;
    const before = this.attended.get(caseId);
    if (agents.length === 0) this.attended.delete(caseId);
    else this.attended.set(caseId, writing);
    if (writing !== null && writing !== before) this.quietly(this.tellTyping(caseId, writing));
    if (before === undefined && agents.length > 0) this.quietly(this.tellRead(caseId));
  }

  private repeatTyping(): void {
    if (!this.namespace || this.namespace.sockets.size === 0) return;
    for (const [caseId, name] of this.attended)
      if (name !== null) this.quietly(this.tellTyping(caseId, name));
  }

  private async tellTyping(caseId: string, name: string): Promise<void> {
    const { namespace } = this;
    if (!namespace || namespace.sockets.size === 0) return;
    for (const visitorId of await this.marks.visitorsOf(caseId))
      namespace.local.to(visitorRoom(visitorId)).emit('typing', { name: name.slice(0, 120) });
  }

  private async tellDelivered(messageIds: readonly string[]): Promise<void> {
    for (const told of await this.marks.deliveredToDesk(messageIds)) this.signs.tell('visitor.state', told);
  }

  private async tellRead(caseId: string): Promise<void> {
    for (const told of await this.marks.readBy(caseId)) this.signs.tell('visitor.state', told);
  }

  /** Nobody waits for these, and the next one says the same. */
  private quietly(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.logger.debug({ err: error }, 'a visitor could not be told');
    });
  }
}
