import { Inject, type OnApplicationShutdown } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import {
  presenceSchema,
  type PresenceUpdate,
  type Room,
  type SubscribeAck,
  subscribeSchema,
} from '@loket/contracts/sockets.js';
import { Authenticator } from '@loket/core/access/authenticator.js';
import { endedPrincipals } from '@loket/core/access/live-principals.js';
import { hasRole, hasScope, type Principal } from '@loket/core/access/principal.js';
import { type Revocation, SessionRevocations } from '@loket/core/access/session-revocations.js';
import { Availabilities } from '@loket/core/teams/availability.service.js';
import { Clock } from '@loket/platform/clock.js';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { Signs } from '@loket/platform/signs/signs.js';
import { LiveBroadcast } from './live-broadcast.js';
import type { LiveNamespace, LiveSocket } from './live-socket.js';
import { isKnownOrigin } from './live-adapter.js';
import { PresenceBook } from './presence.js';
import { PresenceNews } from './presence-news.js';
import { isTooSlow, letGo } from './slow-socket.js';

/** Other processes end sessions too, and only the database tells of it. */
const recheckMs = 1_000;
const tickMs = 1_000;
/** how often whoever has a screen here is said to be there; well within Availabilities' `unseenMs` */
const seenMs = 10_000;
/** messages of one socket in ten seconds; a console sends a handful */
const maxMessages = 200;
const messageWindowMs = 10_000;
const casePrefix = 'case:';
const known = new Set(['subscribe', 'presence', 'activity']);

/** The namespace `/agents`: who may come in, what he may say, when he must go. What he hears is LiveBroadcast's. */
@WebSocketGateway({ namespace: '/agents' })
export class LiveGateway implements OnGatewayInit<LiveNamespace>, OnApplicationShutdown {
  private namespace: LiveNamespace | null = null;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly presence = new PresenceBook((update) => {
    this.namespace?.local.to([`case:${update.caseId}`, 'presence']).emit('presence', update);
    this.news.tell(update);
  });
  private ignored = 0;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly revocations: SessionRevocations,
    private readonly broadcast: LiveBroadcast,
    private readonly news: PresenceNews,
    private readonly availabilities: Availabilities,
    private readonly signs: Signs,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<ResolvedEnv, 'LOKET_PUBLIC_URL'>,
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(namespace: LiveNamespace): void {
    this.namespace = namespace;
    namespace.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(refusal(error)),
      );
    });
    namespace.on('connection', (socket) => this.welcome(socket));
    this.broadcast.attach(namespace);
    this.signs.listen('presence', ({ window, agent, caseId, state }) =>
      this.presence.set(window, agent, { caseId, state }, this.clock.now().getTime()),
    );
    this.signs.listen('presence.gone', ({ window }) => this.presence.leave(window));
    this.stopListening = this.revocations.onRevoked((revocation) => this.revoke(revocation));
    this.timers.push(
      setInterval(() => this.tick(), tickMs),
      setInterval(() => void this.recheck(), recheckMs),
      setInterval(() => void this.tellSeen(), seenMs),
    );
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.stopListening();
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const { headers, auth } = socket.handshake;
    // Pages of other sites get as far as here, for their visitors' sake (LiveAdapter).
    if (!isKnownOrigin(headers, this.env.LOKET_PUBLIC_URL))
      throw new AppError('forbidden', 'origin_unknown', 'this page is none of ours');
    const token: unknown = auth['token'];
    const authorization = typeof token === 'string' ? `Bearer ${token}` : headers.authorization;
    const principal = await this.authenticator.authenticate({ authorization, cookie: headers.cookie });
    if (!principal) throw new AppError('unauthenticated', 'sign_in_required', 'sign in first');
    if (!hasScope(principal, 'read')) {
      throw new AppError('forbidden', 'scope_missing', 'the token lacks the scope read');
    }
    socket.data = { principal, catchingUp: null, turn: Promise.resolve() };
  }

  /** Only what is listed here is heard; everything else is counted and dropped. */
  private welcome(socket: LiveSocket): void {
    let messages = 0;
    let windowEnds = 0;
    socket.use(([event], next) => {
      const now = this.clock.now().getTime();
      if (now > windowEnds) {
        windowEnds = now + messageWindowMs;
        messages = 0;
      }
      if (++messages > maxMessages) socket.disconnect(true);
      else if (known.has(event)) next();
      else this.ignored++;
    });
    socket.on('subscribe', (request: unknown, ack: unknown) => {
      if (typeof ack !== 'function') {
        this.ignored++;
        return;
      }
      const answer = ack as (answer: SubscribeAck) => void;
      socket.data.turn = socket.data.turn.then(() => this.subscribe(socket, request)).then(answer);
    });
    socket.on('presence', (request: unknown) => {
      const parsed = presenceSchema.safeParse(request);
      if (!parsed.success) this.ignored++;
      else {
        const { id, name } = socket.data.principal.agent;
        this.signs.tell('presence', { window: socket.id, agent: { id, name }, ...parsed.data });
      }
    });
    socket.on('activity', () => void this.tellActive(socket.data.principal));
    socket.on('disconnect', () => this.signs.tell('presence.gone', { window: socket.id }));
    void this.tellActive(socket.data.principal);
  }

  private async subscribe(socket: LiveSocket, request: unknown): Promise<SubscribeAck> {
    const parsed = subscribeSchema.safeParse(request);
    if (!parsed.success) return refused('validation_failed', 'the request does not have the expected form');
    const { rooms } = parsed.data;
    if (rooms.includes('admin') && !hasRole(socket.data.principal, 'admin')) {
      return refused('role_missing', 'this room needs the role admin');
    }
    if (rooms.includes('presence') && !hasRole(socket.data.principal, 'supervisor')) {
      return refused('role_missing', 'this room needs the role supervisor');
    }
    if (!socket.connected) return refused('disconnected', 'the socket is closed');
    try {
      const joined = await this.broadcast.subscribe(socket, parsed.data);
      // What changed while it was between its rooms it did not hear: the answer says how things stand.
      const present = this.presentIn(rooms);
      for (const update of present)
        if (rooms.includes(`case:${update.caseId}`)) socket.emit('presence', update);
      return { ok: true, ...joined, present };
    } catch (error) {
      this.logger.error({ err: error }, 'socket could not subscribe');
      return refused('internal_error', 'an unexpected error; try again');
    }
  }

  private presentIn(rooms: readonly Room[]): PresenceUpdate[] {
    if (rooms.includes('presence')) return this.presence.all();
    return rooms
      .filter((room) => room.startsWith(casePrefix))
      .map((room) => this.presence.of(room.slice(casePrefix.length)))
      .filter(({ agents }) => agents.length > 0);
  }

  private revoke(revocation: Revocation): void {
    for (const socket of this.namespace?.sockets.values() ?? [])
      if (isRevoked(socket.data.principal, revocation)) socket.disconnect(true);
  }

  private async recheck(): Promise<void> {
    const sockets = [...(this.namespace?.sockets.values() ?? [])];
    try {
      const ended = new Set(
        await endedPrincipals(
          this.manager,
          sockets.map((socket) => socket.data.principal),
        ),
      );
      for (const socket of sockets) if (ended.has(socket.data.principal)) socket.disconnect(true);
    } catch (error) {
      // Without the database nothing reaches the sockets either.
      this.logger.debug({ err: error }, 'sockets could not be rechecked');
    }
  }

  /** People, not tokens: a program that listens is nobody who answers customers. */
  private async tellActive({ agent, via }: Principal): Promise<void> {
    if (via.kind !== 'session') return;
    try {
      await this.availabilities.active([agent.id]);
    } catch (error) {
      this.logger.debug({ err: error }, 'presence could not be written');
    }
  }

  private async tellSeen(): Promise<void> {
    const principals = [...(this.namespace?.sockets.values() ?? [])].map(({ data }) => data.principal);
    const seen = principals.filter(({ via }) => via.kind === 'session').map(({ agent }) => agent.id);
    try {
      await this.availabilities.seen([...new Set(seen)]);
    } catch (error) {
      // Whoever is still connected is said to be there the next time.
      this.logger.debug({ err: error }, 'presence could not be written');
    }
  }

  private tick(): void {
    this.presence.expire(this.clock.now().getTime());
    for (const socket of this.namespace?.sockets.values() ?? []) {
      if (!isTooSlow(socket)) continue;
      this.logger.info({ socketId: socket.id }, 'slow socket closed');
      letGo(socket);
    }
    if (this.ignored > 0) this.logger.debug({ messages: this.ignored }, 'socket messages ignored');
    this.ignored = 0;
  }
}

function isRevoked({ agent, via }: Principal, revocation: Revocation): boolean {
  switch (revocation.kind) {
    case 'session':
      return via.kind === 'session' && via.sessionId === revocation.sessionId;
    case 'token':
      return via.kind === 'token' && via.tokenId === revocation.tokenId;
    case 'agent':
      return (
        agent.id === revocation.agentId &&
        !(via.kind === 'session' && via.sessionId === revocation.exceptSessionId)
      );
  }
}

/** What the client gets as `connect_error`: the code stands in `data.code`. */
function refusal(error: unknown): Error {
  const known = error instanceof AppError;
  const code = known ? error.code : 'internal_error';
  return Object.assign(new Error(known ? error.message : 'an unexpected error'), { data: { code } });
}

function refused(code: string, message: string): SubscribeAck {
  return { ok: false, code, message };
}
