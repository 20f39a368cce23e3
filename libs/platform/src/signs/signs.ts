import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { signContracts, type Sign, type SignKind } from '@loket/contracts/signs.js';
import { ENV, type ResolvedEnv } from '../env.js';
import { newId } from '../ids.js';
import { LOGGER, type Logger } from '../logging/logger.js';

type Listener = (body: never) => void;

const channel = 'loket_signs';
/** signs of a moment go together */
const gatherMs = 20;
/** bytes; PostgreSQL takes less than 8,000 at once */
const mostBytes = 7_800;
/** signs that may wait for a connection; the oldest are dropped first, since the newest say more */
const mostWaiting = 5_000;
const reconnectMs = 1_000;

const parcelSchema = z.tuple([z.string(), z.array(z.tuple([z.string(), z.unknown()]))]);

/**
 * Signs between the processes of a server (ADR 17), by NOTIFY on a connection of its own. One's own listeners hear at once,
 * those of other processes within some 20 ms, or never: nothing is kept, and nothing is thrown when the database is away.
 */
@Injectable()
export class Signs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly self = newId();
  private readonly listeners = new Map<SignKind, Listener[]>();
  private waiting: string[] = [];
  private client: pg.Client | null = null;
  private gathering: NodeJS.Timeout | undefined;
  private reconnecting: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @Inject(ENV) private readonly env: Pick<ResolvedEnv, 'DATABASE_URL'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnecting);
    clearTimeout(this.gathering);
    await this.send();
    await this.client?.end().catch(() => undefined);
  }

  /** Hears what this process tells and what others tell. */
  listen<K extends SignKind>(kind: K, listener: (sign: Sign<K>) => void): void {
    this.listeners.set(kind, [...(this.listeners.get(kind) ?? []), listener]);
  }

  tell<K extends SignKind>(kind: K, sign: Sign<K>): void {
    this.hear(kind, sign);
    this.waiting.push(JSON.stringify([kind, sign]));
    if (this.waiting.length > mostWaiting) this.waiting.shift();
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.send();
    }, gatherMs).unref();
  }

  private hear(kind: SignKind, sign: unknown): void {
    for (const listener of this.listeners.get(kind) ?? []) {
      try {
        listener(sign as never);
      } catch (error) {
        this.logger.error({ err: error, kind }, 'a sign could not be heard');
      }
    }
  }

  private async send(): Promise<void> {
    const { client } = this;
    if (!client) return;
    const signs = this.waiting;
    this.waiting = [];
    try {
      for (const parcel of this.parcels(signs))
        await client.query('SELECT pg_notify($1, $2)', [channel, parcel]);
    } catch (error) {
      this.logger.debug({ err: error, signs: signs.length }, 'signs lost');
    }
  }

  /** As few as hold them all, in order. */
  private parcels(signs: readonly string[]): string[] {
    const parcels: string[] = [];
    const open = `["${this.self}",[`;
    let text = '';
    for (const sign of signs) {
      const size = Buffer.byteLength(open) + Buffer.byteLength(text) + Buffer.byteLength(sign) + 3;
      if (size > mostBytes && text !== '') {
        parcels.push(`${open}${text}]]`);
        text = '';
      }
      if (Buffer.byteLength(open) + Buffer.byteLength(sign) + 3 > mostBytes)
        this.logger.debug({ bytes: Buffer.byteLength(sign) }, 'sign too large');
      else text = text === '' ? sign : `${text},${sign}`;
    }
    if (text !== '') parcels.push(`${open}${text}]]`);
    return parcels;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.env.DATABASE_URL,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('notification', ({ payload }) => this.receive(payload ?? ''));
    // An error of an idle connection would otherwise end the process; `end` follows it.
    client.on('error', (error) => this.logger.debug({ err: error }, 'connection for signs failed'));
    client.on('end', () => {
      if (this.client === client) this.client = null;
      this.again();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      this.client = client;
    } catch (error) {
      this.logger.warn({ err: error }, 'signs of other processes are not heard');
      await client.end().catch(() => undefined);
      this.again();
    }
  }

  private again(): void {
    if (this.stopped) return;
    clearTimeout(this.reconnecting);
    this.reconnecting = setTimeout(() => void this.connect(), reconnectMs).unref();
  }

  /** Of a process of another version some kinds may be unknown here, or look otherwise: those are passed over. */
  private receive(payload: string): void {
    const parcel = parcelSchema.safeParse(parse(payload));
    if (!parcel.success) {
      this.logger.debug({ bytes: payload.length }, 'parcel of signs not understood');
      return;
    }
    const [from, signs] = parcel.data;
    if (from === this.self) return;
    for (const [kind, body] of signs) {
      const schema = Object.hasOwn(signContracts, kind) ? signContracts[kind as SignKind] : null;
      const sign = schema?.safeParse(body);
      if (sign?.success) this.hear(kind as SignKind, sign.data);
      else this.logger.debug({ kind }, 'sign not understood');
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
