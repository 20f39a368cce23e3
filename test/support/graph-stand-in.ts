import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mediaIdOf, parse, refuse, reply, type Answer, type GraphTrouble } from './graph-answers.js';
import { readShape, sendShape, uploadLimits, type SentBody } from './graph-shapes.js';
import { wamid, type GraphNumber } from './graph-webhooks.js';

export interface GraphAccount extends GraphNumber {
  accessToken: string;
  appSecret: string;
}

/** A message that the stand-in has taken. */
export interface TakenMessage {
  wamid: string;
  body: SentBody;
  /** where it went */
  to: string;
  /** milliseconds since the epoch */
  at: number;
}

export interface HeldMedia {
  bytes: Buffer;
  mediaType: string;
  /** the id is known no more (after 7 days) */
  expired?: boolean;
  /** how often its address has run out already when it is used (after 5 minutes) */
  staleAddresses?: number;
  /** announces another size than there is */
  announcedSize?: number;
  /** announces another hash */
  announcedHash?: string;
  /** answers with a redirect to there */
  redirectTo?: string;
  /** another address than our own */
  address?: string;
  /** the connection breaks in the middle this many times */
  breaks?: number;
}

const version = 'v23.0';

/** A Graph API on this machine: takes what Meta would take and nothing else, and can be out of order on cue. */
export class GraphStandIn {
  readonly taken: TakenMessage[] = [];
  readonly uploads = new Map<string, { mediaType: string; bytes: Buffer; name: string }>();
  readonly reads: unknown[] = [];
  /** messages to a business-scoped id in the wrong field: answered with success, and lost */
  readonly lost: unknown[] = [];
  /** calls of each kind, refused ones included */
  readonly calls = new Map<string, number>();
  readonly media = new Map<string, HeldMedia>();
  /** pages of message templates */
  templates: unknown[][] = [[]];
  /** customers whose 24 hours are over */
  readonly closed = new Set<string>();
  /** milliseconds before each answer to a send */
  delayMs = 0;
  private mediaIds = 0;
  private trouble: { what: GraphTrouble; times: number; at: string } | null = null;

  private constructor(
    private readonly server: Server,
    readonly account: GraphAccount,
  ) {}

  static async start(account: Partial<GraphAccount> = {}): Promise<GraphStandIn> {
    const server = createServer();
    const graph = new GraphStandIn(server, {
      phoneNumberId: '106540352242922',
      displayNumber: '6281100000001',
      businessAccountId: '102290129340398',
      accessToken: 'EAAtoken',
      appSecret: 'rahasia-aplikasi',
      ...account,
    });
    server.on('request', (request, response) => void graph.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return graph;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /**
   * From now on calls fail in this way; null = well again.
   *
   * @param at which ones: `messages`, `media` (uploads), `info` (of media), `download`, `templates` or `number`
   */
  misbehave(what: GraphTrouble | null, times = Number.POSITIVE_INFINITY, at = 'messages'): void {
    this.trouble = what && { what, times, at };
  }

  /** Keeps a file that a customer is about to send. @returns its id */
  hold(media: HeldMedia): string {
    const id = this.nextMediaId();
    this.media.set(id, media);
    return id;
  }

  private nextMediaId(): string {
    this.mediaIds += 1;
    return String(100_000_000_000_000 + this.mediaIds);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    } catch {
      return;
    }
    const url = new URL(request.url ?? '/', this.url);
    const kind = this.kindOf(request.method ?? '', url.pathname);
    this.calls.set(kind, (this.calls.get(kind) ?? 0) + 1);
    const trouble = this.nextTrouble(kind);
    if (trouble && 'cut' in trouble && trouble.cut === 'drop') return void request.socket.destroy();
    if (trouble && 'error' in trouble) return reply(response, refuse(trouble));
    if (trouble && 'text' in trouble) {
      return reply(response, { status: trouble.status, bytes: Buffer.from(trouble.text) });
    }
    const answer = await this.answer(kind, request, url, Buffer.concat(chunks));
    if (kind === 'messages' && this.delayMs > 0)
      await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    if (trouble?.cut === 'drop_after') return void request.socket.destroy();
    if (trouble?.cut === 'silent_after') return;
    const held = kind === 'download' ? this.media.get(url.pathname.split('/').at(-1) ?? '') : undefined;
    if (held?.breaks && answer.bytes) {
      held.breaks -= 1;
      response.writeHead(200, { 'content-length': String(answer.bytes.length) });
      response.write(answer.bytes.subarray(0, answer.bytes.length >> 1), () => request.socket.destroy());
      return;
    }
    reply(response, answer);
  }

  private nextTrouble(kind: string): GraphTrouble | null {
    if (!this.trouble || this.trouble.at !== kind || this.trouble.times <= 0) return null;
    this.trouble.times -= 1;
    return this.trouble.what;
  }

  private kindOf(method: string, path: string): string {
    const { phoneNumberId, businessAccountId } = this.account;
    const known: Record<string, string> = {
      [`POST /${version}/${phoneNumberId}/messages`]: 'messages',
      [`POST /${version}/${phoneNumberId}/media`]: 'media',
      [`GET /${version}/${businessAccountId}/message_templates`]: 'templates',
      [`GET /${version}/${phoneNumberId}`]: 'number',
    };
    if (/^\/attachments\/\d+$/.test(path)) return 'download';
    const info = new RegExp(`^GET /${version}/[^/]+$`).test(`${method} ${path}`) ? 'info' : 'unknown';
    return known[`${method} ${path}`] ?? info;
  }

  private async answer(kind: string, request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
    if (request.headers.authorization !== `Bearer ${this.account.accessToken}`)
      return refuse({ error: 190, status: 401, details: 'Invalid OAuth access token' });
    switch (kind) {
      case 'messages':
        return this.take(request, body);
      case 'media':
        return this.upload(request, body);
      case 'info':
        return this.info(url.pathname.split('/').at(-1) ?? '', url);
      case 'download':
        return this.download(url.pathname.split('/').at(-1) ?? '');
      case 'templates':
        return this.templatePage(url);
      case 'number':
        return this.number(url);
      default:
        return refuse({ error: 100, details: 'Unsupported request' });
    }
  }

  private take(request: IncomingMessage, body: Buffer): Answer {
    if (request.headers['content-type'] !== 'application/json')
      return refuse({ error: 100, details: 'not JSON' });
    const json = parse(body);
    const read = readShape.safeParse(json);
    if (read.success) {
      this.reads.push(read.data);
      return { status: 200, json: { success: true } };
    }
    const parsed = sendShape.safeParse(json);
    if (!parsed.success) return refuse({ error: 100, details: parsed.error.issues[0]?.message ?? 'shape' });
    const sent = parsed.data;
    const to = sent.to ?? sent.recipient ?? '';
    const missing = mediaIdOf(sent);
    if (missing !== null && !this.uploads.has(missing))
      return refuse({ error: 131053, details: 'no such media' });
    if (this.closed.has(to) && sent.type !== 'template')
      return refuse({ error: 131047, details: 're-engage' });
    const id = wamid(`out-${String(this.taken.length)}-${to}`);
    // what Meta does with such an id in `to` (chatwoot#15150)
    if (sent.to !== undefined && /^[A-Z]/.test(sent.to)) this.lost.push(sent);
    else this.taken.push({ wamid: id, body: sent, to, at: Date.now() });
    const contacts = [sent.to === undefined ? { input: to, user_id: to } : { input: to, wa_id: to }];
    return { status: 200, json: { messaging_product: 'whatsapp', contacts, messages: [{ id }] } };
  }

  private async upload(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data')) return refuse({ error: 100, details: 'not a form' });
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    const names = [...form.keys()].toSorted().join();
    if (
      names !== 'file,messaging_product,type' ||
      form.get('messaging_product') !== 'whatsapp' ||
      typeof file !== 'object' ||
      file === null
    ) {
      return refuse({ error: 100, details: 'fields of the form' });
    }
    const bytes = Buffer.from(await file.arrayBuffer());
    const limit = uploadLimits.find(([form_]) => form_.test(file.type))?.[1] ?? 0;
    if (file.type !== form.get('type') || bytes.length > limit || bytes.length === 0)
      return refuse({ error: 131053, details: 'type or size' });
    const id = this.nextMediaId();
    this.uploads.set(id, { mediaType: file.type, bytes, name: file.name });
    return { status: 200, json: { id } };
  }

  private info(id: string, url: URL): Answer {
    const held = this.media.get(id);
    const asked = url.searchParams.get('phone_number_id');
    if (!held || held.expired || (asked !== null && asked !== this.account.phoneNumberId))
      return refuse({ error: 100, details: 'Object with ID does not exist' });
    return {
      status: 200,
      json: {
        messaging_product: 'whatsapp',
        url: held.address ?? `${this.url}/attachments/${id}`,
        mime_type: held.mediaType,
        sha256: held.announcedHash ?? createHash('sha256').update(held.bytes).digest('hex'),
        file_size: String(held.announcedSize ?? held.bytes.length),
        id,
      },
    };
  }

  private download(id: string): Answer {
    const held = this.media.get(id);
    if (!held) return { status: 404 };
    if (held.redirectTo !== undefined) return { status: 302, headers: { location: held.redirectTo } };
    if ((held.staleAddresses ?? 0) > 0) {
      held.staleAddresses = (held.staleAddresses ?? 0) - 1;
      return { status: 404 };
    }
    return { status: 200, bytes: held.bytes, headers: { 'content-type': held.mediaType } };
  }

  private templatePage(url: URL): Answer {
    const at = Number(url.searchParams.get('after') ?? 0);
    const more = at + 1 < this.templates.length;
    const next = { next: `${this.url}/next` };
    const paging = { cursors: { after: String(at + 1) }, ...(more ? next : {}) };
    return { status: 200, json: { data: this.templates[at] ?? [], paging } };
  }

  private number(url: URL): Answer {
    const { accessToken, appSecret, phoneNumberId, displayNumber } = this.account;
    const proof = url.searchParams.get('appsecret_proof');
    if (proof !== null && proof !== createHmac('sha256', appSecret).update(accessToken).digest('hex'))
      return refuse({ error: 100, details: 'Invalid appsecret_proof provided in the API argument' });
    const json = { id: phoneNumberId, display_phone_number: displayNumber, verified_name: 'Toko' };
    return { status: 200, json };
  }
}
