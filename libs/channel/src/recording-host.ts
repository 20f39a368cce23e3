import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BusReply, BusRequest, ChannelRef } from '@loket/contracts/bus.js';
import { AppError } from '@loket/contracts/errors.js';
import {
  inboundEventSchema,
  normalizedMessageSchema,
  type InboundEvent,
  type IntakeResult,
  type NormalizedMessage,
} from '@loket/contracts/inbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { NormaliseError } from './channel-error.js';
import type { AdapterLog, BlobAccess, ChannelAdapter, ChannelHost } from './port.js';

/** Blobs in memory. */
export class MemoryBlobs implements BlobAccess {
  readonly stored = new Map<string, Buffer>();

  async put(bytes: Uint8Array | Readable, mediaType: string): Promise<BlobRef> {
    const parts: Uint8Array[] = [];
    if (bytes instanceof Uint8Array) parts.push(bytes);
    else for await (const chunk of bytes as AsyncIterable<Uint8Array>) parts.push(chunk);
    const all = Buffer.concat(parts);
    const sha256 = createHash('sha256').update(all).digest('hex');
    this.stored.set(sha256, all);
    return { sha256, size: all.byteLength, mediaType };
  }

  read(sha256: string): Promise<Buffer> {
    const bytes = this.stored.get(sha256);
    return bytes
      ? Promise.resolve(bytes)
      : Promise.reject(new AppError('not_found', 'blob_missing', 'no such blob'));
  }

  async stream(sha256: string): Promise<Readable> {
    return Readable.from([await this.read(sha256)]);
  }
}

/**
 * A host for tests of adapters: keeps what it is given, recognises repeats by external id as core does, and can be
 * out of order for a while.
 */
export class RecordingHost implements ChannelHost {
  readonly blobs = new MemoryBlobs();
  readonly log: AdapterLog = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  /** each message once, in the order in which it was first taken */
  readonly messages: NormalizedMessage[] = [];
  /** how often each original was handed over, by sha256 */
  readonly ingested = new Map<string, number>();
  readonly quarantined: BusRequest<'inbound.quarantine'>[] = [];
  readonly receipts: BusRequest<'delivery.receipt'>[] = [];
  readonly events: InboundEvent[] = [];
  readonly statuses: BusRequest<'channels.status'>[] = [];
  readonly savedCursors = new Map<string, BusReply<'channels.cursors'>['cursors']>();
  /** messages that were handed over although a blob of theirs was not stored */
  readonly blobsMissing: string[] = [];
  /** calls of `receive` and `event`, refused ones included */
  attempts = 0;
  private outage: Error | null = null;
  private gate: Promise<void> | null = null;
  private openGate: () => void = ignore;

  /** @param adapter makes messages of originals handed to `ingest` */
  constructor(private readonly adapter: Pick<ChannelAdapter, 'normalise'> | null = null) {}

  /** From now on nothing is taken, as when the database is away. */
  failWith(error: Error = new AppError('unavailable', 'database_unavailable', 'the database is away')): void {
    this.outage = error;
  }

  recover(): void {
    this.outage = null;
  }

  /** From now on `receive` does not answer until `release`. */
  hold(): void {
    this.gate = new Promise((resolve) => (this.openGate = resolve));
  }

  release(): void {
    this.openGate();
    this.gate = null;
  }

  now(): number {
    return Date.now();
  }

  async receive(message: NormalizedMessage): Promise<IntakeResult> {
    this.attempts += 1;
    if (this.gate) await this.gate;
    if (this.outage !== null) throw this.outage;
    const parsed = normalizedMessageSchema.parse(JSON.parse(JSON.stringify(message)));
    const blobs = [...parsed.attachments, ...(parsed.raw ? [parsed.raw] : [])];
    if (blobs.some((blob) => !this.blobs.stored.has(blob.sha256))) this.blobsMissing.push(parsed.externalId);
    const known = this.messages.some(
      ({ channelId, externalId }) => channelId === parsed.channelId && externalId === parsed.externalId,
    );
    if (!known) this.messages.push(parsed);
    return answer(known ? 'duplicate' : 'accepted');
  }

  async ingest(channel: ChannelRef, raw: BlobRef): Promise<IntakeResult[]> {
    if (!this.adapter) throw new Error('this host was made without an adapter');
    this.ingested.set(raw.sha256, (this.ingested.get(raw.sha256) ?? 0) + 1);
    let messages: NormalizedMessage[];
    try {
      messages = await this.adapter.normalise(raw, channel, this);
    } catch (error) {
      if (!(error instanceof NormaliseError)) throw error;
      const { code, message } = error;
      return [await this.quarantine({ channelId: channel.id, raw, code, reason: message, attempts: 1 })];
    }
    const results: IntakeResult[] = [];
    for (const message of messages) results.push(await this.receive(message));
    return results;
  }

  async quarantine(request: BusRequest<'inbound.quarantine'>): Promise<IntakeResult> {
    if (this.gate) await this.gate;
    if (this.outage !== null) throw this.outage;
    this.quarantined.push(request);
    return answer('quarantined');
  }

  receipt(receipt: BusRequest<'delivery.receipt'>): Promise<void> {
    this.receipts.push(receipt);
    return Promise.resolve();
  }

  event(event: InboundEvent): Promise<void> {
    this.attempts += 1;
    if (this.outage !== null) return Promise.reject(this.outage);
    this.events.push(inboundEventSchema.parse(JSON.parse(JSON.stringify(event))));
    return Promise.resolve();
  }

  status(status: BusRequest<'channels.status'>): Promise<void> {
    this.statuses.push(status);
    return Promise.resolve();
  }

  cursors(channelId: string): Promise<BusReply<'channels.cursors'>['cursors']> {
    return Promise.resolve({ ...this.savedCursors.get(channelId) });
  }

  async saveCursor({ channelId, key, value }: BusRequest<'channels.saveCursor'>): Promise<void> {
    if (this.outage !== null) throw this.outage;
    this.savedCursors.set(channelId, { ...(await this.cursors(channelId)), [key]: value });
  }
}

function answer(status: IntakeResult['status']): IntakeResult {
  const id = status === 'quarantined' ? null : randomUUID();
  return { status, messageId: id, caseId: id, caseNumber: id ? 1 : null, customerId: id, match: null };
}

function ignore(): void {}
