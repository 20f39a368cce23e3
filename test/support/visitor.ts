import { createHmac, randomUUID } from 'node:crypto';
import {
  type ServerToVisitor,
  type VisitorAck,
  type VisitorAgent,
  type VisitorClaim,
  type VisitorIdentifyAck,
  type VisitorMessage,
  type VisitorSend,
  type VisitorSendAck,
  visitorHistorySchema,
  visitorMessageSchema,
  type VisitorState,
  type VisitorToken,
  visitorTokenSchema,
  type VisitorToServer,
} from '@loket/contracts/visitors.js';
import { io, type Socket } from 'socket.io-client';

export type ClientSocket = Socket<ServerToVisitor, VisitorToServer>;

export interface Site {
  /** of the server */
  url: string;
  channelId: string;
  /** whose page it is */
  origin: string;
}

/** One REST call of a visitor's browser. @param init laid over what a browser would send */
export function visitorFetch(
  { url, channelId, origin }: Site,
  path: string,
  init: RequestInit & { token?: string } = {},
): Promise<Response> {
  const { token, headers, ...rest } = init;
  return fetch(`${url}/api/v1/visitors/${channelId}/${path}`, {
    ...rest,
    headers: {
      origin,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(typeof rest.body === 'string' ? { 'content-type': 'application/json' } : {}),
      ...(headers as Record<string, string> | undefined),
    },
  });
}

export async function newToken(site: Site, body: object = {}, token?: string): Promise<VisitorToken> {
  const init = { method: 'POST', body: JSON.stringify(body), ...(token === undefined ? {} : { token }) };
  const answer = await visitorFetch(site, 'token', init);
  if (!answer.ok) throw new Error(`${String(answer.status)} ${await answer.text()}`);
  return visitorTokenSchema.parse(await answer.json());
}

export async function readHistory(site: Site, token: string, query = ''): Promise<VisitorMessage[]> {
  const answer = await visitorFetch(site, `messages${query}`, { token });
  if (!answer.ok) throw new Error(`${String(answer.status)} ${await answer.text()}`);
  return visitorHistorySchema.parse(await answer.json()).items;
}

/** A visitor's browser with the chat open: speaks the contract, as strictly as the widget does. */
export class VisitorClient {
  readonly heard: VisitorMessage[] = [];
  readonly states: VisitorState[] = [];
  readonly typing: string[] = [];
  readonly errors: string[] = [];
  agent: VisitorAgent = null;
  online: boolean | null = null;

  private constructor(
    readonly site: Site,
    readonly token: VisitorToken,
    readonly socket: ClientSocket,
  ) {}

  get id(): string {
    return this.token.visitorId;
  }

  static async arrive(site: Site, token?: VisitorToken, headers = {}): Promise<VisitorClient> {
    const mine = token ?? (await newToken(site));
    const client = new VisitorClient(site, mine, visitorSocket(site, mine.token, headers));
    client.listen();
    await new Promise<void>((resolve, reject) => {
      client.socket.once('connect', resolve);
      client.socket.once('connect_error', (error) => {
        client.socket.close();
        reject(error);
      });
    });
    return client;
  }

  send(text: string, more: Partial<VisitorSend> = {}): Promise<VisitorSendAck> {
    return this.ask('message', { clientId: randomUUID(), text, attachments: [], ...more });
  }

  claim(claim: VisitorClaim): Promise<VisitorAck> {
    return this.ask('claim', claim);
  }

  confirm(code: string): Promise<VisitorAck> {
    return this.ask('confirm', { code });
  }

  identify(jwt: string): Promise<VisitorIdentifyAck> {
    return this.ask('identify', { jwt });
  }

  history(): Promise<VisitorMessage[]> {
    return readHistory(this.site, this.token.token);
  }

  /** Any packet, whether it fits or not. */
  say(packet: string, ...data: unknown[]): void {
    (this.socket as unknown as { emit: (event: string, ...data: unknown[]) => void }).emit(packet, ...data);
  }

  leave(): void {
    this.socket.close();
  }

  private ask<T>(packet: string, data: unknown): Promise<T> {
    const socket = this.socket as unknown as {
      timeout: (ms: number) => { emitWithAck: (event: string, data: unknown) => Promise<T> };
    };
    return socket.timeout(20_000).emitWithAck(packet, data);
  }

  private listen(): void {
    this.socket.on('message', (message) => this.heard.push(visitorMessageSchema.parse(message)));
    this.socket.on('state', (state) => this.states.push(state));
    this.socket.on('typing', ({ name }) => this.typing.push(name));
    this.socket.on('error', ({ code }) => this.errors.push(code));
    this.socket.on('agent', (agent) => (this.agent = agent));
    this.socket.on('status', ({ online }) => (this.online = online));
  }
}

export function visitorSocket(
  { url, channelId, origin }: Site,
  token: string,
  headers: Record<string, string> = {},
): ClientSocket {
  return io(`${url}/visitors`, {
    transports: ['websocket'],
    extraHeaders: { origin, ...headers },
    auth: { channelId, token, language: 'id' },
    forceNew: true,
    reconnection: false,
  });
}

/** A host site's word on who its visitor is. */
export function signIdentity(
  secret: string,
  claims: Record<string, unknown>,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
