import { visitorErrors, type VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import type { ServerToVisitor, VisitorHandshake, VisitorToServer } from '@loket/contracts/visitors.js';
import { backoff } from '../chat/backoff.js';
import { Refusal } from './rest.js';
import { openWire, type Wire } from './wire.js';

/** Packets that the server answers. */
type Asked = 'message' | 'identify' | 'claim' | 'confirm';
type Answer<K extends Asked> = Parameters<Parameters<VisitorToServer[K]>[1]>[0];

/** a connection that ends sooner counts as a try that failed */
const steadyMs = 5000;
const answerWithinMs = 15_000;

export interface LinkOptions {
  server: string;
  /** called before each connection; `refused` = the server has just said no to that token */
  handshake(refused: boolean): Promise<VisitorHandshake>;
  handlers: ServerToVisitor;
  connected(): void;
  lost(): void;
  /** refused for good */
  refused(code: VisitorErrorCode): void;
}

/** The socket of one tab. It comes back by itself, with growing pauses, until it is closed or refused for good. */
export class Link {
  connected = false;
  private wire: Wire | null = null;
  /** counts what was begun and given up: an answer that belongs to an earlier one is not listened to */
  private round = 0;
  private wanted = false;
  private tries = 0;
  /** milliseconds since 1970 */
  private since = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private tokenRefused = false;

  constructor(private readonly options: LinkOptions) {}

  open(): void {
    if (this.wanted) return;
    this.wanted = true;
    void this.connect();
  }

  close(): void {
    this.wanted = false;
    this.connected = false;
    this.round += 1;
    clearTimeout(this.retry);
    this.retry = undefined;
    this.wire?.close();
    this.wire = null;
  }

  /** The network is back, or the visitor is: no reason to wait any longer. */
  hurry(): void {
    if (this.retry === undefined) return;
    clearTimeout(this.retry);
    this.tries = 0;
    void this.connect();
  }

  send<K extends 'typing' | 'seen' | 'page'>(packet: K, data: Parameters<VisitorToServer[K]>[0]): void {
    this.wire?.send(packet, data);
  }

  /** @returns the server's answer; null when there was none, which says nothing about whether it was done */
  async ask<K extends Asked>(packet: K, data: Parameters<VisitorToServer[K]>[0]): Promise<Answer<K> | null> {
    return ((await this.wire?.ask(packet, data, answerWithinMs)) ?? null) as Answer<K> | null;
  }

  private async connect(): Promise<void> {
    this.retry = undefined;
    const round = ++this.round;
    const current = (): boolean => this.wanted && round === this.round;
    try {
      const auth = await this.options.handshake(this.tokenRefused);
      if (!current()) return;
      this.wire = openWire({
        server: this.options.server,
        namespace: '/visitors',
        auth,
        connected: () => {
          this.connected = true;
          this.since = Date.now();
          this.tokenRefused = false;
          this.options.connected();
        },
        heard: (event, data) => {
          const { handlers } = this.options;
          if (Object.hasOwn(handlers, event)) handlers[event as keyof ServerToVisitor](data as never);
        },
        ended: (refusal) => this.ended(refusal ?? 'unavailable', 0),
      });
    } catch (error) {
      if (!current()) return;
      const { code, retryAfter } = error instanceof Refusal ? error : new Refusal('unavailable');
      this.ended(code, retryAfter);
    }
  }

  /** @param why a VisitorErrorCode of the server's, or whatever else it said */
  private ended(why: string, retryAfter: number): void {
    const code = Object.hasOwn(visitorErrors, why) ? (why as VisitorErrorCode) : 'unavailable';
    const stood = this.connected && Date.now() - this.since > steadyMs;
    this.connected = false;
    this.wire = null;
    this.tokenRefused = code === 'token';
    if (!visitorErrors[code].retry) {
      this.close();
      this.options.refused(code);
      return;
    }
    this.options.lost();
    if (stood) this.tries = 0;
    const pause = Math.max(retryAfter, backoff(this.tries, 1000));
    this.tries += 1;
    this.retry = setTimeout(() => void this.connect(), pause);
  }
}
