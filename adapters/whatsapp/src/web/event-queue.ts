import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelHost } from '@loket/channel/port.js';
import { AppError } from '@loket/contracts/errors.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { changeEvent, sentElsewhere } from '../inbound-event.js';
import { messageKey } from '../message-key.js';
import { normaliseMessage } from '../normalise-message.js';
import type { MediaFailure } from '../warnings.js';
import { backoffMs, type Backoff } from './backoff.js';
import { Recent } from './recent.js';
import type { SessionMemory } from './session-memory.js';
import type { FromSession } from './session-protocol.js';

export type SessionEvent = Extract<FromSession, { type: 'event' }>;

/** How we know who a sender is: WhatsApp says so to a device that is linked. */
const evidence = 'whatsapp=web';
const defaultPatience: Backoff = { minMs: 500, maxMs: 60_000 };
/** milliseconds between two notes of how far we are */
const noteMs = 2000;

/**
 * Hands over one event after the other, and each until it is taken: WhatsApp keeps no count of what we have seen, so the
 * note of how far we are moves only over what is stored, and only once the past has been looked at.
 */
export class EventQueue {
  private line: Promise<void> = Promise.resolve();
  private readonly recent = new Recent<true>(2000);
  private newest = 0;
  private caughtUp = false;
  private notedAt = 0;
  private lastError: unknown = null;

  /** @param messageOf our own id of a message that was sent here */
  constructor(
    private readonly channelId: string,
    private readonly host: ChannelHost,
    private readonly memory: SessionMemory,
    private readonly messageOf: (id: string) => string | null,
    private readonly closing: AbortSignal,
    private readonly patience: Backoff = defaultPatience,
  ) {}

  push(message: SessionEvent): void {
    this.line = this.line.then(() => this.handle(message));
  }

  /** `fromMe:id` of what was taken lately. */
  get known(): string[] {
    return this.recent.keys();
  }

  /** A process starts: until its past is in, nothing is noted. */
  begin(): void {
    this.line = this.line.then(() => {
      this.caughtUp = false;
    });
  }

  /** The process has told all of its past. */
  past(startedAt: number): void {
    this.line = this.line.then(() => {
      if (this.closing.aborted) return;
      this.caughtUp = true;
      this.newest = Math.max(this.newest, startedAt);
      this.note(true);
    });
  }

  /** Resolves when nothing is under way; what was not taken by then comes again after the next start. */
  async settled(): Promise<void> {
    await this.line;
    this.note(true);
  }

  private async handle(message: SessionEvent): Promise<void> {
    const { event, media: file } = message;
    const messageId =
      event.type === 'receipt' ? (this.memory.settle(event.ref.id) ?? this.messageOf(event.ref.id)) : null;
    for (let failures = 0; !this.closing.aborted; failures += 1) {
      try {
        if (failures > 0 && failures % 3 === 0 && (await this.setAside(message))) break;
        await this.handOver(message, messageId);
        break;
      } catch (error) {
        this.lastError = error;
        if (failures === 0) this.host.log.warn({ err: error }, 'whatsapp event not taken, offered again');
        const wait = backoffMs(failures, this.patience);
        await sleep(wait, undefined, { signal: this.closing }).catch(() => undefined);
      }
    }
    if (file && typeof file === 'object') await rm(file.path, { force: true });
  }

  private async handOver(message: SessionEvent, messageId: string | null): Promise<void> {
    const { channelId, host } = this;
    const { event } = message;
    if (event.type === 'receipt') {
      const { ref, state, at, reason } = event;
      await host.receipt({ channelId, externalId: messageKey(ref), messageId, state, at, reason });
      return;
    }
    if (event.type !== 'message') {
      await host.event(changeEvent(event, { channelId, evidence }));
      return;
    }
    const media = await this.store(message.media);
    const raw =
      message.raw === null ? null : await host.blobs.put(Buffer.from(message.raw), 'application/json');
    const context = { channelId, raw, media, evidence };
    if (event.ref.fromMe) await host.event(sentElsewhere(event, context));
    else await host.receive(normaliseMessage(event, context));
    this.recent.set(`${event.ref.fromMe}:${event.ref.id}`, true);
    this.newest = Math.max(this.newest, Math.min(Date.parse(event.at), Date.now()) / 1000);
    this.note(false);
  }

  /** One message that core can never take must not hold up all others. @returns whether it is in quarantine now */
  private async setAside({ event }: SessionEvent): Promise<boolean> {
    const error = this.lastError;
    if (error instanceof AppError && error.kind === 'unavailable') return false;
    const raw = await this.host.blobs.put(Buffer.from(JSON.stringify(event)), 'application/json');
    await this.host.quarantine({
      channelId: this.channelId,
      externalId: event.type === 'message' ? messageKey(event.ref) : null,
      raw,
      code: 'intake_failed',
      reason: error instanceof Error ? error.name : 'unknown',
      attempts: 3,
    });
    return true;
  }

  private async store(file: SessionEvent['media']): Promise<BlobRef | MediaFailure | null> {
    if (file === null || typeof file === 'string') return file;
    return this.host.blobs.put(createReadStream(file.path), file.mediaType);
  }

  private note(now: boolean): void {
    if (!this.caughtUp || this.newest === 0 || (!now && Date.now() - this.notedAt < noteMs)) return;
    this.notedAt = Date.now();
    this.memory.saveSince(this.newest);
  }
}
