import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import * as wire from '@loket/contracts/visitors.js';
import { Server as SocketServer, type Socket } from 'socket.io';
import type { z } from 'zod';

type Connection = Socket<wire.VisitorToServer, wire.ServerToVisitor>;
type Config = z.input<typeof wire.visitorConfigSchema>;

const widgetRoom = resolve('apps/widget');
const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/**
 * The visitors' side of a server on this machine: speaks the contract through the real socket.io, takes what fits it and
 * nothing else, and can be out of order on cue. What it holds survives `restart`.
 */
export class VisitorStandIn {
  readonly channelId = randomUUID();
  /** everything that anybody said, in the order in which it was stored */
  readonly messages: (wire.VisitorMessage & { visitorId: string; preChat?: unknown })[] = [];
  readonly packets: { event: string; data: unknown }[] = [];
  readonly claims: wire.VisitorClaim[] = [];
  /** what did not fit the contract */
  readonly violations: string[] = [];
  readonly origins = new Set<string>();
  config: Config;
  status: wire.VisitorStatus = { online: true, expectedMinutes: 6, opensAt: null };
  agent: wire.VisitorAgent = null;
  /** the one-time code that counts */
  code = '123456';
  /** so many messages are stored, and the line breaks before the acknowledgement */
  breakBeforeAck = 0;
  /** milliseconds before each acknowledgement */
  ackDelay = 0;
  refuseNext: VisitorErrorCode | null = null;
  /** the history cannot be read just now */
  historyDown = false;
  /** WebSocket does not get through */
  httpOnly = false;
  private readonly tokens = new Map<string, string>();
  private readonly subjects = new Map<string, string>();
  private readonly files = new Map<string, wire.VisitorFile & { bytes: Buffer; clientId: string }>();
  private http: HttpServer | null = null;
  private io: SocketServer | null = null;
  private port = 0;
  private clock = 0;

  constructor(config: Partial<Config> = {}) {
    this.config = { title: 'Rumah Senja', status: this.status, ...config };
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get sockets(): Connection[] {
    return [...(this.io?.of('/visitors').sockets.values() ?? [])];
  }

  async start(): Promise<this> {
    const http = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
    this.io = new SocketServer(http, {
      cors: { origin: (origin, done) => done(null, origin !== undefined && this.origins.has(origin)) },
      maxHttpBufferSize: visitorLimits.packetBytes,
      transports: this.httpOnly ? ['polling'] : ['polling', 'websocket'],
      pingInterval: 2000,
      pingTimeout: 2000,
    });
    this.receive();
    await new Promise<void>((done) => http.listen(this.port, '127.0.0.1', done));
    this.http = http;
    this.port = (http.address() as AddressInfo).port;
    this.origins.add(this.url);
    return this;
  }

  /** As when the process dies: nobody is told. */
  async stop(): Promise<void> {
    const { http, io } = this;
    this.http = this.io = null;
    for (const socket of io?.sockets.sockets.values() ?? []) socket.conn.close(true);
    http?.closeAllConnections();
    await io?.close();
  }

  /** All tokens are unknown from now on, and whoever is there has to come again. */
  revokeTokens(): void {
    this.tokens.clear();
    for (const socket of this.sockets) socket.disconnect(true);
  }

  /** An agent's answer, to everybody. */
  say(text: string, more: Partial<wire.VisitorMessage> = {}): string {
    const visitorId = [...this.tokens.values()].at(-1) ?? '';
    const own = { name: 'Rani', picture: null, attachments: [], via: 'webchat', state: 'sent' } as const;
    const message = wire.visitorMessageSchema.parse({
      ...{ id: randomUUID(), clientId: null, from: 'agent', at: this.now(), text, ...own },
      ...more,
    });
    this.messages.push({ ...message, visitorId });
    this.all.emit('message', message);
    return message.id;
  }

  types(name: string): void {
    this.all.emit('typing', wire.visitorAgentTypingSchema.parse({ name }));
  }

  setAgent(agent: wire.VisitorAgent): void {
    this.agent = wire.visitorAgentSchema.parse(agent);
    this.all.emit('agent', this.agent);
  }

  /** The last of the visitor's messages has got this far. */
  mark(state: 'delivered' | 'read'): void {
    const last = this.messages.findLast(({ from }) => from === 'visitor')!;
    for (const message of this.messages) if (message.from === 'visitor') message.state = state;
    this.all.emit('state', { messageId: last.id, state });
  }

  /** A file that the server has. */
  hold(name: string, mediaType: string, bytes: Buffer, clientId: string = randomUUID()): wire.VisitorFile {
    const known = [...this.files.values()].find((file) => file.clientId === clientId);
    const id = known?.id ?? randomUUID();
    const file = wire.visitorFileSchema.parse({
      id,
      name,
      mediaType,
      size: bytes.length,
      url: `/files/${id}`,
    });
    this.files.set(id, { ...file, bytes, clientId });
    return file;
  }

  /** What the visitor said, as it was stored. */
  said(): string[] {
    return this.messages.filter(({ from }) => from === 'visitor').map(({ text }) => text);
  }

  /** No two messages at once: ids here are not in the order of time, as the server's are. */
  private now(): string {
    this.clock = Math.max(Date.now(), this.clock + 1);
    return new Date(this.clock).toISOString();
  }

  private get all() {
    return this.io!.of('/visitors') as unknown as Pick<Connection, 'emit'>;
  }

  private receive(): void {
    const space = this.io!.of('/visitors');
    space.use((socket, next) => {
      const handshake = wire.visitorHandshakeSchema.safeParse(socket.handshake.auth);
      if (!handshake.success) this.violations.push(`handshake: ${handshake.error.message}`);
      const visitorId = this.tokens.get(handshake.data?.token ?? '');
      socket.data = { visitorId };
      next(visitorId ? undefined : new Error('token'));
    });
    space.on('connection', (plain) => {
      const socket = plain as unknown as Connection;
      socket.emit('status', this.status);
      socket.emit('agent', this.agent);
      this.on(socket, 'message', wire.visitorSendSchema, (data, ack) => this.store(socket, data, ack));
      this.on(socket, 'typing', wire.visitorTypingSchema);
      this.on(socket, 'page', wire.visitorPageSchema);
      this.on(socket, 'seen', wire.visitorSeenSchema, ({ messageId, state }) => {
        const last = this.messages.findIndex(({ id }) => id === messageId);
        for (const message of this.messages.slice(0, last + 1)) {
          if (message.from === 'agent' && message.state !== 'read') message.state = state;
        }
        this.all.emit('state', { messageId, state });
      });
      this.on(socket, 'claim', wire.visitorClaimSchema, (claim, ack) => {
        this.claims.push(claim);
        ack?.({ ok: true });
      });
      this.on(socket, 'confirm', wire.visitorConfirmSchema, ({ code }, ack) =>
        ack?.(code === this.code ? { ok: true } : { ok: false, code: 'not_proven' }),
      );
      this.on(socket, 'identify', wire.visitorIdentifySchema, ({ jwt }, ack) => {
        // signatures are not looked at; the first to have a name stays who he was
        const { sub } = JSON.parse(atob(jwt.split('.')[1]!)) as { sub: string };
        const { visitorId } = socket.data as { visitorId: string };
        const owner = this.subjects.get(sub) ?? visitorId;
        this.subjects.set(sub, owner);
        const token = owner === visitorId ? null : this.issue(owner);
        ack?.({ ok: true, token });
      });
    });
  }

  private on<T extends z.ZodType>(
    socket: Connection,
    event: keyof wire.VisitorToServer,
    schema: T,
    work?: (data: z.output<T>, ack?: (answer: unknown) => void) => void,
  ): void {
    (socket as unknown as Socket).on(event, (raw: unknown, ack?: (answer: unknown) => void) => {
      const parsed = schema.safeParse(raw);
      if (!parsed.success) {
        this.violations.push(`${event}: ${parsed.error.message}`);
        ack?.({ ok: false, code: 'invalid' });
        return;
      }
      this.packets.push({ event, data: parsed.data });
      work?.(parsed.data, ack);
    });
  }

  private store(socket: Connection, data: wire.VisitorSend, ack?: (answer: unknown) => void): void {
    if (this.refuseNext) {
      ack?.({ ok: false, code: this.refuseNext });
      this.refuseNext = null;
      return;
    }
    const visitorId = (socket.data as { visitorId: string }).visitorId;
    let stored = this.messages.find(({ clientId }) => clientId === data.clientId);
    if (!stored) {
      const attachments = data.attachments.map((id) =>
        wire.visitorFileSchema.strip().parse(this.files.get(id)),
      );
      const own = { name: null, picture: null, via: 'webchat', state: 'sent', from: 'visitor' } as const;
      const { clientId, text, preChat } = data;
      const at = this.now();
      stored = { ...own, id: randomUUID(), clientId, text, attachments, at, visitorId, preChat };
      this.messages.push(stored);
    }
    if (this.breakBeforeAck > 0) {
      this.breakBeforeAck -= 1;
      socket.conn.close(true);
      return;
    }
    const { visitorId: _, preChat: __, ...shown } = stored;
    this.all.emit('message', wire.visitorMessageSchema.parse(shown));
    const answer = { ok: true, clientId: stored.clientId, messageId: stored.id, at: stored.at };
    setTimeout(() => ack?.(wire.visitorSendAckSchema.parse(answer)), this.ackDelay);
  }

  private issue(visitorId: string): wire.VisitorToken {
    const token = randomBytes(32).toString('base64url');
    this.tokens.set(token, visitorId);
    return wire.visitorTokenSchema.parse({ token, visitorId, renewIn: 43_200, expiresIn: 86_400 });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const { origin } = request.headers;
    if (origin !== undefined && this.origins.has(origin)) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', 'authorization, content-type');
    }
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const base = `/api/v1/visitors/${this.channelId}/`;
    if (!pathname.startsWith(base)) return this.file(pathname, response);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const visitorId = this.tokens.get(token);
    const what = pathname.slice(base.length);
    if (what === 'config') {
      return json(200, wire.visitorConfigSchema.parse({ ...this.config, status: this.status }));
    }
    const body = await readAll(request);
    if (what === 'token') {
      const asked = wire.visitorTokenRequestSchema.safeParse(JSON.parse(body.toString()));
      if (!asked.success) this.violations.push(`token: ${asked.error.message}`);
      if (token && !visitorId) return json(401, { code: 'token' });
      return json(200, this.issue(visitorId ?? randomUUID()));
    }
    if (!visitorId) return json(401, { code: 'token' });
    if (what === 'messages') {
      if (this.historyDown) return json(503, { code: 'unavailable' });
      const { cursor, limit } = wire.visitorHistoryQuerySchema.parse(Object.fromEntries(searchParams));
      const own = this.messages.filter((m) => m.visitorId === visitorId).reverse();
      const from = Number(cursor ?? 0);
      const items = own.slice(from, from + limit).map(({ visitorId: _, preChat: __, ...shown }) => shown);
      const nextCursor = from + limit < own.length ? String(from + limit) : null;
      return json(200, wire.visitorHistorySchema.parse({ items, nextCursor }));
    }
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(body), { headers }).formData();
    const { clientId } = wire.visitorUploadFieldsSchema.parse({ clientId: form.get('clientId') });
    const file = form.get('file') as File;
    json(200, this.hold(file.name, file.type, Buffer.from(await file.arrayBuffer()), clientId));
  }

  /** The script, the demo page, and files of the chat. */
  private async file(pathname: string, response: ServerResponse): Promise<void> {
    const held = this.files.get(pathname.replace('/files/', ''));
    if (held) {
      response.writeHead(200, { 'content-type': held.mediaType }).end(held.bytes);
      return;
    }
    const path =
      pathname === '/widget.js'
        ? 'dist/widget.js'
        : join('demo', pathname.replace(/^\/demo\/shop\/?/, '') || 'index.html');
    try {
      const bytes = await readFile(join(widgetRoom, path));
      response
        .writeHead(200, { 'content-type': types[path.split('.').at(-1)!] ?? 'image/svg+xml' })
        .end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
