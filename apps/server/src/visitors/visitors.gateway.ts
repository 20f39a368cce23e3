import { Inject, type OnApplicationShutdown } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import { AppError } from '@loket/contracts/errors.js';
import { visitorHandshakeSchema } from '@loket/contracts/visitors.js';
import type { VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import { network } from '@loket/core/access/sign-in-limits.js';
import { VisitorChannels } from '@loket/core/visitors/visitor-channels.js';
import { VisitorHistory } from '@loket/core/visitors/visitor-history.service.js';
import { VisitorTokens } from '@loket/core/visitors/visitor-tokens.service.js';
import { VisitorsService } from '@loket/core/visitors/visitors.service.js';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { isTooSlow, letGo } from '../live/slow-socket.js';
import { VisitorBroadcast } from './visitor-broadcast.js';
import { VisitorLimits } from './visitor-limits.js';
import { isServed, originOf } from './visitor-origin.js';
import { VisitorPackets } from './visitor-packets.js';
import { asRefusal } from './visitor-refusal.js';
import { visitorRoom, type VisitorNamespace, type VisitorSocket } from './visitor-socket.js';
import { VisitorWhereabouts } from './visitor-whereabouts.js';

const recheckMs = 10_000;
const tickMs = 1_000;
/** sockets of one visitor: tabs, not a crowd */
const maxTabs = 20;

/** The namespace `/visitors`: who may come in, and when he must go. What he may say is VisitorPackets'. */
@WebSocketGateway({ namespace: '/visitors' })
export class VisitorsGateway implements OnGatewayInit<VisitorNamespace>, OnApplicationShutdown {
  private namespace: VisitorNamespace | null = null;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly channels: VisitorChannels,
    private readonly tokens: VisitorTokens,
    private readonly visitors: VisitorsService,
    private readonly history: VisitorHistory,
    private readonly packets: VisitorPackets,
    private readonly broadcast: VisitorBroadcast,
    private readonly whereabouts: VisitorWhereabouts,
    private readonly limits: VisitorLimits,
    @Inject(ENV) private readonly env: Pick<ResolvedEnv, 'LOKET_PUBLIC_URL' | 'LOKET_TRUST_PROXY'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(namespace: VisitorNamespace): void {
    this.namespace = namespace;
    namespace.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(new Error(this.codeOf(error))),
      );
    });
    namespace.on('connection', (socket) => {
      this.packets.hear(socket);
      this.whereabouts.came(socket.data);
      socket.on('disconnect', () => this.whereabouts.left(socket.data.visitorId));
      this.welcome(socket).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'a visitor could not be welcomed');
        socket.disconnect(true);
      });
    });
    this.broadcast.attach(namespace);
    this.timers.push(
      setInterval(() => this.closeSlow(), tickMs),
      setInterval(() => void this.recheck(), recheckMs),
    );
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async admit(socket: VisitorSocket): Promise<void> {
    const { headers, auth, address } = socket.handshake;
    const from = network(this.addressOf(headers['x-forwarded-for'], address));
    if (await this.limits.isSpent('malformed', from))
      throw new AppError('rate_limited', 'rate_limited', 'too many packets that fit nothing');
    await this.limits.take('socket', from);
    const parsed = visitorHandshakeSchema.safeParse(auth);
    if (!parsed.success) {
      await this.limits.count('malformed', from);
      throw new AppError('invalid', 'invalid', 'the handshake does not have the expected form');
    }
    const { channelId, token, language } = parsed.data;
    const channel = await this.channels.open(channelId.toLowerCase());
    const origin = originOf(headers, this.env.LOKET_PUBLIC_URL);
    if (!isServed(origin, channel)) throw new AppError('forbidden', 'origin', 'not for pages of that site');
    const { tokenId, visitorId } = await this.tokens.authenticate(token, { channelId: channel.id, origin });
    if ((this.namespace?.adapter.rooms.get(visitorRoom(visitorId))?.size ?? 0) >= maxTabs)
      throw new AppError('rate_limited', 'rate_limited', 'too many tabs');
    const fresh = { faults: 0, turn: Promise.resolve(), waiting: 0 };
    socket.data = { visitorId, tokenId, channelId: channel.id, origin, network: from, ...fresh };
    await this.visitors.arrived(visitorId, { browser: headers['user-agent'], language });
  }

  private async welcome(socket: VisitorSocket): Promise<void> {
    const { visitorId, channelId } = socket.data;
    await socket.join(visitorRoom(visitorId));
    const channel = await this.channels.open(channelId);
    socket.emit('status', await this.visitors.status(channel));
    socket.emit('agent', await this.history.agent(visitorId));
  }

  /** Tokens end, settings change: who is here already is asked again. */
  private async recheck(): Promise<void> {
    const sockets = [...(this.namespace?.sockets.values() ?? [])].filter(({ data }) => data.tokenId);
    try {
      const ended = await this.tokens.ended([...new Set(sockets.map(({ data }) => data.tokenId))]);
      for (const socket of sockets) {
        const code = ended.has(socket.data.tokenId) ? 'token' : await this.shutOut(socket);
        if (code === null) continue;
        socket.emit('error', { code });
        socket.disconnect(true);
      }
    } catch (error) {
      // Without the database nothing reaches them either.
      this.logger.debug({ err: error }, 'visitors could not be rechecked');
    }
  }

  private async shutOut({ data }: VisitorSocket): Promise<VisitorErrorCode | null> {
    try {
      return isServed(data.origin, await this.channels.open(data.channelId)) ? null : 'origin';
    } catch (error) {
      if (error instanceof AppError && error.code === 'closed') return 'closed';
      throw error;
    }
  }

  private closeSlow(): void {
    for (const socket of this.namespace?.sockets.values() ?? []) if (isTooSlow(socket)) letGo(socket);
    this.packets.report();
  }

  /** Like Fastify's trustProxy: one proxy, whose own word is the last in the list. */
  private addressOf(forwarded: string | string[] | undefined, address: string): string {
    if (!this.env.LOKET_TRUST_PROXY || forwarded === undefined) return address;
    return [forwarded].flat().join(',').split(',').at(-1)?.trim() || address;
  }

  private codeOf(error: unknown): VisitorErrorCode {
    const { code } = asRefusal(error);
    if (code === 'unavailable') this.logger.warn({ err: error }, 'a visitor could not be let in');
    return code;
  }
}
