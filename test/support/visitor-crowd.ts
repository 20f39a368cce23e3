import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VisitorSendAck } from '@loket/contracts/visitors.js';
import WebSocket from 'ws';
import { newToken, type Site, visitorFetch } from './visitor.js';

/**
 * One of a crowd: a bare websocket that speaks as much of Engine.IO 4 and Socket.IO 5 as it takes, with an address of its
 * own behind the proxy. Comes back by itself, and sends a message again under its id until it is acknowledged.
 */
export class CrowdVisitor {
  /** texts that were acknowledged, in order */
  readonly sent: string[] = [];
  /** sends beyond the first of each message */
  repeats = 0;
  private socket: WebSocket | null = null;
  private opening: Promise<void> | null = null;
  private waiting: ((ack: VisitorSendAck | null) => void) | null = null;
  private token = '';
  private closed = false;

  constructor(
    private readonly site: Site,
    private readonly headers: Record<string, string>,
  ) {}

  async arrive(): Promise<void> {
    const init = { method: 'POST', body: '{}', headers: this.headers };
    const answer = await visitorFetch(this.site, 'token', init);
    this.token = ((await answer.json()) as Awaited<ReturnType<typeof newToken>>).token;
    await this.connect();
  }

  async say(text: string): Promise<void> {
    const clientId = randomUUID();
    for (let tries = 0; !this.closed; tries++) {
      if (tries > 0) this.repeats += 1;
      const ack = await this.ask({ clientId, text, attachments: [] }).catch(() => null);
      if (ack?.ok) {
        this.sent.push(text);
        return;
      }
      await sleep(ack && !ack.ok ? Math.min(ack.retryAfter ?? 100, 500) : 100);
    }
  }

  leave(): void {
    this.closed = true;
    this.socket?.terminate();
  }

  /** Also for whoever only listens: there he is, after every loss. */
  async connect(): Promise<void> {
    while (!this.closed) {
      try {
        this.opening ??= this.open().finally(() => (this.opening = null));
        return await this.opening;
      } catch {
        await sleep(200 + Math.random() * 300);
      }
    }
  }

  private async ask(message: object): Promise<VisitorSendAck | null> {
    if (this.socket?.readyState !== WebSocket.OPEN) await this.connect();
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(null), 15_000);
      this.waiting = (ack) => {
        clearTimeout(late);
        resolve(ack);
      };
      this.socket?.send(`42/visitors,1["message",${JSON.stringify(message)}]`);
    });
  }

  private open(): Promise<void> {
    const { url, channelId, origin } = this.site;
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { headers: { ...this.headers, origin }, perMessageDeflate: false });
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', () => {
        this.socket = null;
        this.waiting?.(null);
        reject(new Error('closed'));
        if (!this.closed) void this.connect();
      });
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('0'))
          socket.send(`40/visitors,${JSON.stringify({ channelId, token: this.token, language: 'id' })}`);
        else if (text === '2') socket.send('3');
        else if (text.startsWith('40/visitors')) {
          this.socket = socket;
          resolve();
        } else if (text.startsWith('44')) reject(new Error(text));
        else if (text.startsWith('43/visitors,1'))
          this.waiting?.((JSON.parse(text.slice(13)) as [VisitorSendAck])[0]);
      });
    });
  }
}
