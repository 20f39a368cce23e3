import { createHash, randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { transform } from '@swc/core';
import { selfSigned } from '../certificate.js';
import type { Control } from './page/control.js';
import type { Delivery, OutboxEntry, StubBoot, StubCall, StubMessage, StubSettings } from './types.js';

const pageFolder = resolve('test/support/whatsapp-web-stub/page');

const defaults: StubSettings = {
  pn: '6281100000001',
  lid: '99900001',
  pushname: 'Toko Uji',
  openDelayMs: 50,
  syncDelayMs: 100,
  refuseCodes: false,
  autoAck: true,
  loadedPerChat: 20,
};

type Result<M extends keyof Control> = Awaited<ReturnType<Control[M]>>;

/**
 * Stands in for web.whatsapp.com, the phone and the network behind it: the real whatsapp-web.js in a real Chromium runs
 * on its page. One stub is one account. What is delivered stays on the "phone", also while no page is open, as in life.
 */
export class WhatsAppWebStub {
  readonly outbox: OutboxEntry[] = [];
  /** how often the page was loaded */
  loads = 0;
  private device: string | null = null;
  private readonly history: Delivery[] = [];
  private readonly links: [string, string][] = [];
  private readonly notOnWhatsApp: string[] = [];
  private page: ServerResponse | null = null;
  private readonly waiting = new Map<number, (answer: { value?: unknown; error?: string }) => void>();
  private calls = 0;

  private constructor(
    private readonly server: Server,
    private readonly pin: string,
    private readonly settings: StubSettings,
  ) {}

  static async start(settings: Partial<StubSettings> = {}): Promise<WhatsAppWebStub> {
    const { key, cert } = await selfSigned();
    const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
    const server = createServer({ key, cert });
    const pin = createHash('sha256').update(spki).digest('base64');
    const stub = new WhatsAppWebStub(server, pin, { ...defaults, ...settings });
    server.on('request', (request, response) => {
      stub.answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return stub;
  }

  /** Leads a Chromium here that asks for web.whatsapp.com. */
  get chromiumArgs(): string[] {
    const { port } = this.server.address() as AddressInfo;
    return [
      `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
      `--ignore-certificate-errors-spki-list=${this.pin}`,
    ];
  }

  get account(): string {
    return this.settings.pn;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  change(settings: Partial<StubSettings>): void {
    Object.assign(this.settings, settings);
  }

  /** Somebody scans the QR code. */
  async pair(): Promise<void> {
    this.device = randomUUID();
    await this.call('pair', this.device);
  }

  /** The device is removed on the phone while no page is open. */
  unpair(): void {
    this.device = null;
  }

  /** The device is removed on the phone while the page is open. */
  logOut(): void {
    this.device = null;
    this.provoke('logOut');
  }

  link(pn: string, lid: string): Promise<unknown> {
    this.links.push([pn, lid]);
    return this.page ? this.call('link', pn, lid) : Promise.resolve();
  }

  notOnWa(address: string): Promise<unknown> {
    this.notOnWhatsApp.push(address);
    return this.page ? this.call('notOnWhatsApp', address) : Promise.resolve();
  }

  /**
   * A message arrives at the phone, and at the page if there is one.
   * @returns its serialised id
   */
  receive(message: StubMessage): string {
    const full = {
      ...message,
      id: message.id ?? `3A${randomBytes(9).toString('hex').toUpperCase()}`,
      t: message.t ?? Math.floor(Date.now() / 1000),
    };
    const delivery = { seq: this.history.length + 1, message: full };
    this.history.push(delivery);
    this.push('delivery', delivery);
    const parts = [String(full.fromMe ?? false), full.from, full.id, full.author];
    return parts.filter((part) => part !== undefined).join('_');
  }

  /** Something happens to a message while no page is open. @param id serialised */
  changeUnseen(id: string, fields: Partial<StubMessage>): void {
    const known = this.history.find(({ message }) => message.id === id.split('_')[2]);
    if (!known) throw new Error(`no message ${id}`);
    Object.assign(known.message, fields);
  }

  /** Makes something happen in the page. */
  async call<M extends keyof Control>(method: M, ...args: Parameters<Control[M]>): Promise<Result<M>> {
    this.calls += 1;
    const call: StubCall = { id: this.calls, method, args };
    const answered = new Promise<{ value?: unknown; error?: string }>((done) => {
      this.waiting.set(call.id, done);
      setTimeout(() => done({ error: `${method}: the page does not answer` }), 5000).unref();
    });
    if (!this.push('call', call)) throw new Error(`${method}: there is no page`);
    const { value, error } = await answered;
    if (error !== undefined) throw new Error(error);
    return value as Result<M>;
  }

  /** Makes something happen that the page may not survive. */
  provoke<M extends keyof Control>(method: M, ...args: Parameters<Control[M]>): void {
    this.call(method, ...args).catch(() => undefined);
  }

  /** Whether a page is open. */
  get open(): boolean {
    return this.page !== null;
  }

  sent(): OutboxEntry[] {
    return this.outbox.filter(({ kind }) => kind === 'send');
  }

  private push(event: string, data: unknown): boolean {
    return (
      this.page !== null && this.page.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`) !== null
    );
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://web.whatsapp.com');
    switch (url.pathname) {
      case '/':
        this.loads += 1;
        response.writeHead(200, { 'content-type': 'text/html' }).end(this.html());
        return;
      case '/__stub/events':
        this.listen(Number(url.searchParams.get('after')), response);
        return;
      case '/__stub/result': {
        const answer = JSON.parse(await text(request)) as { id: number; value?: unknown; error?: string };
        this.waiting.get(answer.id)?.(answer);
        this.waiting.delete(answer.id);
        break;
      }
      case '/__stub/outbox':
        this.take(JSON.parse(await text(request)) as OutboxEntry);
        break;
      case '/__stub/unpair':
        this.device = null;
        break;
      default:
        if (url.pathname.startsWith('/__stub/page/')) {
          response.writeHead(200, { 'content-type': 'text/javascript' }).end(await script(url.pathname));
          return;
        }
        response.writeHead(404);
    }
    response.end();
  }

  private listen(after: number, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    this.page = response;
    response.on('close', () => {
      if (this.page === response) this.page = null;
    });
    for (const delivery of this.history) if (delivery.seq > after) this.push('delivery', delivery);
  }

  private take(entry: OutboxEntry): void {
    this.outbox.push(entry);
    if (entry.kind !== 'send' || entry.id === undefined || entry.to === undefined) return;
    // What the page sent is on the phone, too.
    const message = {
      from: entry.to,
      fromMe: true,
      id: entry.id.split('_')[2] ?? entry.id,
      t: Math.floor(Date.now() / 1000),
      ...(entry.type === undefined ? {} : { type: entry.type }),
      ...(entry.body === undefined ? {} : { body: entry.body }),
    };
    this.history.push({ seq: this.history.length + 1, message });
  }

  private html(): string {
    const boot: StubBoot = {
      settings: this.settings,
      device: this.device,
      history: this.history,
      links: this.links,
      notOnWhatsApp: this.notOnWhatsApp,
    };
    const data = JSON.stringify(boot).replaceAll('<', '\\u003c');
    return (
      '<!doctype html><meta charset="utf-8"><title>WhatsApp</title><link rel="icon" href="data:,">' +
      `<div id="app"></div><script>window.__WA_BOOT=${data}</script>` +
      '<script type="module" src="/__stub/page/boot.js"></script>'
    );
  }
}

const compiled = new Map<string, Promise<string>>();

/** A file of the page, without its types. */
function script(path: string): Promise<string> {
  const name = basename(path, '.js');
  const known = compiled.get(name);
  if (known) return known;
  const code = readFile(join(pageFolder, `${name}.ts`), 'utf8').then(async (source) => {
    const options = { syntax: 'typescript' } as const;
    return (await transform(source, { swcrc: false, jsc: { target: 'es2022', parser: options } })).code;
  });
  compiled.set(name, code);
  return code;
}
