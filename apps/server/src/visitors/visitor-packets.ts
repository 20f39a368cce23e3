import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AppError } from '@loket/contracts/errors.js';
import type { VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import {
  visitorClaimSchema,
  visitorConfirmSchema,
  visitorIdentifySchema,
  type VisitorIdentifyAck,
  type VisitorPage,
  visitorPageSchema,
  visitorSeenSchema,
  type VisitorSend,
  type VisitorSendAck,
  visitorSendSchema,
  type VisitorToServer,
  visitorTypingSchema,
} from '@loket/contracts/visitors.js';
import { VisitorChannels } from '@loket/core/visitors/visitor-channels.js';
import { VisitorClaims } from '@loket/core/visitors/visitor-claims.service.js';
import { VisitorMarks } from '@loket/core/visitors/visitor-marks.service.js';
import { VisitorMessages } from '@loket/core/visitors/visitor-messages.service.js';
import { VisitorTokens } from '@loket/core/visitors/visitor-tokens.service.js';
import { VisitorsService } from '@loket/core/visitors/visitors.service.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { throttled } from './throttled.js';
import { VisitorLimits } from './visitor-limits.js';
import { asRefusal } from './visitor-refusal.js';
import type { VisitorSocket } from './visitor-socket.js';
import { VisitorWhereabouts } from './visitor-whereabouts.js';

/** Packets that fit nothing, until the socket is closed: our own browser side sends none. */
const maxFaults = 5;
/** packets of one socket in ten seconds, whatever they are */
const maxPackets = 100;
const windowMs = 10_000;
/** where he is: more often than this it is not written down */
const throttleMs = 500;
/** messages of one socket under way; a browser sends them one by one */
const maxWaiting = 10;

type Packet = keyof VisitorToServer;
const packets: ReadonlySet<string> = new Set<Packet>([
  'message',
  'typing',
  'seen',
  'page',
  'identify',
  'claim',
  'confirm',
]);

/** What visitors may say, and what is done with it. Whatever fits no schema is counted, and not looked at further. */
@Injectable()
export class VisitorPackets {
  private faults = 0;

  constructor(
    private readonly channels: VisitorChannels,
    private readonly visitors: VisitorsService,
    private readonly tokens: VisitorTokens,
    private readonly messages: VisitorMessages,
    private readonly claims: VisitorClaims,
    private readonly marks: VisitorMarks,
    private readonly whereabouts: VisitorWhereabouts,
    private readonly limits: VisitorLimits,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  hear(socket: VisitorSocket): void {
    let count = 0;
    let windowEnds = 0;
    socket.use(([event], next) => {
      if (!socket.connected) return;
      const now = Date.now();
      if (now > windowEnds) {
        windowEnds = now + windowMs;
        count = 0;
      }
      if (++count > maxPackets) this.close(socket, 'rate_limited');
      else if (packets.has(event)) next();
      else this.fault(socket);
    });
    this.answer(socket, 'message', visitorSendSchema, (data) => this.inTurn(socket, data));
    this.answer(socket, 'identify', visitorIdentifySchema, ({ jwt }) => this.identify(socket, jwt));
    this.answer(socket, 'claim', visitorClaimSchema, async (claim) => {
      const { channelId, visitorId, network } = socket.data;
      await this.limits.take('claim', network);
      await this.claims.claim(await this.channels.open(channelId), visitorId, claim);
      return { ok: true };
    });
    this.answer(socket, 'confirm', visitorConfirmSchema, async ({ code }) => {
      await this.limits.take('confirm', socket.data.visitorId);
      await this.claims.confirm(socket.data.visitorId, code);
      return { ok: true };
    });
    const page = throttled(throttleMs, (where: VisitorPage) =>
      this.whereabouts.moved(socket.data.visitorId, where),
    );
    this.take(socket, 'typing', visitorTypingSchema, ({ typing }) =>
      this.whereabouts.typing(socket.data.visitorId, typing),
    );
    this.take(socket, 'seen', visitorSeenSchema, (seen) =>
      this.marks.seen(socket.data.channelId, socket.data.visitorId, seen),
    );
    this.take(socket, 'page', visitorPageSchema, page);
  }

  /** Call it every second or so. */
  report(): void {
    if (this.faults > 0) this.logger.info({ packets: this.faults }, 'packets of visitors that fit nothing');
    this.faults = 0;
  }

  /** Packets that are answered. */
  private answer<T extends z.ZodType>(
    socket: VisitorSocket,
    packet: Packet,
    schema: T,
    work: (data: z.output<T>) => Promise<{ ok: boolean }>,
  ): void {
    this.on(socket, packet, (raw, ack) => {
      const parsed = schema.safeParse(raw);
      if (!parsed.success || typeof ack !== 'function') {
        if (typeof ack === 'function') (ack as (answer: unknown) => void)({ ok: false, code: 'invalid' });
        this.fault(socket);
        return;
      }
      const reply = ack as (answer: unknown) => void;
      work(parsed.data).then(reply, (error: unknown) => {
        if (!(error instanceof AppError))
          this.logger.error({ err: error, packet }, 'a visitor’s packet failed');
        reply(asRefusal(error));
      });
    });
  }

  /** Packets that are not: what does not fit is dropped. */
  private take<T extends z.ZodType>(
    socket: VisitorSocket,
    packet: Packet,
    schema: T,
    work: (data: z.output<T>) => Promise<void>,
  ): void {
    this.on(socket, packet, (raw) => {
      const parsed = schema.safeParse(raw);
      if (!parsed.success) this.fault(socket);
      else
        work(parsed.data).catch((error: unknown) => {
          this.logger.debug({ err: error, packet }, 'a visitor’s packet was lost');
        });
    });
  }

  private on(socket: VisitorSocket, packet: Packet, heard: (raw: unknown, ack: unknown) => void): void {
    (socket as { on: (event: string, listener: (...args: unknown[]) => void) => void }).on(
      packet,
      (...args) => {
        if (args.length > 2) this.fault(socket);
        else heard(args[0], args[1]);
      },
    );
  }

  private fault(socket: VisitorSocket): void {
    this.faults += 1;
    void this.limits.count('malformed', socket.data.network);
    if (++socket.data.faults >= maxFaults) this.close(socket, 'invalid');
  }

  private close(socket: VisitorSocket, code: VisitorErrorCode): void {
    if (!socket.connected) return;
    socket.emit('error', { code });
    socket.disconnect(true);
  }

  /** One after the other, in the order in which he wrote them. */
  private async inTurn(socket: VisitorSocket, send: VisitorSend): Promise<VisitorSendAck> {
    const { data } = socket;
    if (data.waiting >= maxWaiting)
      throw new AppError('rate_limited', 'rate_limited', 'too many messages at once');
    data.waiting += 1;
    const done = data.turn.then(() => this.message(socket, send));
    data.turn = done.then(
      () => void (data.waiting -= 1),
      () => void (data.waiting -= 1),
    );
    return done;
  }

  private async message(socket: VisitorSocket, send: VisitorSend): Promise<VisitorSendAck> {
    const { channelId, visitorId, network } = socket.data;
    await this.limits.take('message', visitorId);
    await this.limits.take('messageFrom', network);
    await this.limits.take('messageChannel', channelId);
    const channel = await this.channels.open(channelId);
    this.whereabouts.wrote(visitorId);
    const { messageId, at } = await this.messages.accept(channel, visitorId, send);
    return { ok: true, clientId: send.clientId, messageId, at: at.toISOString() };
  }

  private async identify(socket: VisitorSocket, jwt: string): Promise<VisitorIdentifyAck> {
    const { channelId, visitorId, network, origin } = socket.data;
    await this.limits.take('identify', network);
    const channel = await this.channels.open(channelId);
    const id = await this.visitors.identify(channel, visitorId, jwt);
    return { ok: true, token: id === visitorId ? null : await this.tokens.issue(id, origin, null) };
  }
}
