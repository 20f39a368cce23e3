import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { LiveEvent } from '@loket/contracts/events.js';
import type { CustomerTyping, Room, Subscribe, VisitorSign } from '@loket/contracts/sockets.js';
import { RingingCalls } from '@loket/core/calls/ringing.service.js';
import { EventHistory } from '@loket/core/cases/event-history.js';
import { LiveEvents } from '@loket/core/cases/live-events.js';
import { audienceOf } from '@loket/core/events/event-audience.js';
import { formatCursor, type EventPosition } from '@loket/core/events/event-cursor.js';
import { EventFeed } from '@loket/core/events/event-feed.js';
import type { StoredEvent } from '@loket/core/events/events.queries.js';
import { NoticesService } from '@loket/core/notices/notices.service.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import type { CatchingUp, LiveNamespace, LiveSocket } from './live-socket.js';
import { inOneWrite } from './one-write.js';

/** A socket that is behind by more than this gets no more: it reconnects and takes up from its cursor. */
const maxMissed = 5_000;
const enrichTries = 3;

const casePrefix = 'case:';
const caseRoom = (caseId: string): Room => `${casePrefix}${caseId}`;

/** The room in which everybody hears of an event, item left out; null for signs between processes. */
function commonRoom({ type }: Pick<StoredEvent, 'type'>): Room | null {
  const audience = audienceOf(type);
  return audience === 'nobody' ? null : audience === 'admins' ? 'admin' : 'inbox';
}

/** Passes the feed on to the sockets of this process, each event at most once to each socket. */
@Injectable()
export class LiveBroadcast implements OnModuleInit {
  private namespace: LiveNamespace | null = null;
  private readonly behind = new Set<LiveSocket>();
  private dispatched: EventPosition | null = null;

  constructor(
    private readonly feed: EventFeed,
    private readonly live: LiveEvents,
    private readonly history: EventHistory,
    private readonly ringing: RingingCalls,
    private readonly notices: NoticesService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.feed.listen((events) => this.dispatch(events));
  }

  attach(namespace: LiveNamespace): void {
    this.namespace = namespace;
  }

  /** A customer is writing: to whoever has his case before him, or in a list. Nothing of it is kept. */
  typing(typing: CustomerTyping): void {
    this.namespace?.local.to(['inbox', caseRoom(typing.caseId)]).emit('typing', typing);
  }

  /** Cases that somebody has before him now. */
  watchedCases(): string[] {
    const rooms = [...(this.namespace?.adapter.rooms.keys() ?? [])];
    return rooms.flatMap((room) => (room.startsWith(casePrefix) ? room.slice(casePrefix.length) : []));
  }

  /** A visitor came, moved on or left: to whoever has one of these cases before him. Nothing of it is kept. */
  visitor(caseIds: readonly string[], sign: VisitorSign): void {
    // No room at all would mean everybody.
    if (caseIds.length > 0) this.namespace?.local.to(caseIds.map(caseRoom)).emit('visitor', sign);
  }

  /** Sockets of this process. */
  get connected(): number {
    return this.namespace?.sockets.size ?? 0;
  }

  /** Consoles of this process that show what comes in. */
  get consoles(): number {
    return this.namespace?.adapter.rooms.get('inbox')?.size ?? 0;
  }

  /** Everything up to here has been sent to the rooms. */
  get position(): EventPosition {
    return this.dispatched ?? this.feed.position;
  }

  /**
   * Puts a socket into its rooms. With `after` it first gets what it missed. While that is read, what happens is set
   * aside for it; handing that over and joining happen in one go, so there is neither a gap nor a double.
   *
   * @returns whether `after` was too old to replay
   */
  async subscribe(
    socket: LiveSocket,
    { rooms, after }: Subscribe,
  ): Promise<{ cursor: string; expired: boolean }> {
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    const wanted = new Set(rooms);
    const catchingUp: CatchingUp = { rooms: wanted, missed: [] };
    socket.data.catchingUp = catchingUp;
    this.behind.add(socket);
    try {
      const start = this.position;
      const replayed =
        after === undefined
          ? []
          : await this.history.replay(
              after,
              start,
              (event) => isWanted(event, wanted),
              (caseId) => wanted.has(caseRoom(caseId)),
            );
      for (const event of replayed ?? []) socket.emit('event', event);
      for (const event of catchingUp.missed) socket.emit('event', event);
      await socket.join([...wanted]);
      return { cursor: formatCursor(this.position), expired: replayed === null };
    } finally {
      socket.data.catchingUp = null;
      this.behind.delete(socket);
    }
  }

  private async dispatch(told: readonly StoredEvent[]): Promise<void> {
    const { namespace } = this;
    const last = told.at(-1);
    if (!namespace || !last) return;
    const stored = told.filter((event) => commonRoom(event) !== null);
    for (const event of told) {
      if (event.type === 'call.ringing') void this.pop(namespace, event);
      if (event.type === 'notice.added') void this.tell(namespace, event);
    }
    const events = namespace.sockets.size === 0 ? [] : await this.enrich(namespace, stored);
    // Nothing below waits, so a socket that catches up sees all of a batch or nothing of it.
    if (events === null) namespace.local.disconnectSockets(true);
    else
      inOneWrite(namespace.sockets.values(), () => {
        for (const event of events) this.send(namespace, event);
      });
    this.dispatched = last.position;
  }

  /** @returns null when it cannot be done; then the sockets have to start anew from their cursors */
  private async enrich(
    namespace: LiveNamespace,
    stored: readonly StoredEvent[],
  ): Promise<LiveEvent[] | null> {
    const wantsItem = (caseId: string): boolean => {
      const room = caseRoom(caseId);
      if (namespace.adapter.rooms.has(room)) return true;
      for (const socket of this.behind) if (socket.data.catchingUp?.rooms.has(room)) return true;
      return false;
    };
    const caseIds = [...new Set(stored.flatMap((e) => e.caseId ?? []))];
    for (let tries = 1; ; tries++) {
      const wanted = new Set(caseIds.filter(wantsItem));
      try {
        const events = await this.live.enrich(stored, (caseId) => wanted.has(caseId));
        // Somebody may have opened a case meanwhile; he must get the items too.
        if (tries >= enrichTries || caseIds.every((id) => wanted.has(id) || !wantsItem(id))) return events;
      } catch (error) {
        if (tries < enrichTries) continue;
        this.logger.error({ err: error, events: stored.length }, 'events could not be read for the sockets');
        return null;
      }
    }
  }

  /** Never throws: a screen that does not pop up is no reason to hold up what happens. */
  private async pop(namespace: LiveNamespace, { data }: StoredEvent): Promise<void> {
    try {
      if ((namespace.adapter.rooms.get('calls')?.size ?? 0) === 0) return;
      const call = await this.ringing.card(String(data['ringingId']));
      if (!call) return;
      for (const id of namespace.adapter.rooms.get('calls') ?? []) {
        const socket = namespace.sockets.get(id);
        // That a colleague took it up closes the card everywhere else.
        const mine =
          call.agentRef === null ||
          call.state === 'in_progress' ||
          call.agentRef.id === socket?.data.principal.agent.id;
        if (mine) socket?.emit('ringing', call);
      }
    } catch (error) {
      this.logger.error({ err: error }, 'a ringing telephone could not be shown');
    }
  }

  /** To all screens of one person. Never throws: what is not shown now stands in his list. */
  private async tell(namespace: LiveNamespace, { data }: StoredEvent): Promise<void> {
    try {
      const sockets = [...namespace.sockets.values()].filter(
        (socket) => socket.data.principal.agent.id === data['agentId'],
      );
      if (sockets.length === 0) return;
      const notice = await this.notices.get(String(data['noticeId']));
      if (notice) for (const socket of sockets) socket.emit('notice', notice);
    } catch (error) {
      this.logger.error({ err: error }, 'a notice could not be shown');
    }
  }

  private send(namespace: LiveNamespace, event: LiveEvent): void {
    const common = commonRoom(event);
    if (common === null) return;
    const brief = event.item === null ? event : { ...event, item: null };
    if (event.caseId === null) namespace.local.to(common).emit('event', event);
    else {
      const room = caseRoom(event.caseId);
      if (namespace.adapter.rooms.has(room)) namespace.local.to(room).emit('event', event);
      namespace.local.to(common).except(room).emit('event', brief);
    }
    for (const socket of this.behind) {
      const { catchingUp } = socket.data;
      if (!catchingUp) continue;
      const inCase = event.caseId !== null && catchingUp.rooms.has(caseRoom(event.caseId));
      if (!inCase && !catchingUp.rooms.has(common)) continue;
      if (catchingUp.missed.push(inCase ? event : brief) > maxMissed) socket.disconnect(true);
    }
  }
}

function isWanted(event: StoredEvent, rooms: ReadonlySet<Room>): boolean {
  const common = commonRoom(event);
  if (common === null) return false;
  return rooms.has(common) || (event.caseId !== null && rooms.has(caseRoom(event.caseId)));
}
