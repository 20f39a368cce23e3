import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { z } from 'zod';
import { NormaliseError } from '@loket/channel/channel-error.js';
import type { BlobAccess } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { emailConfigSchema } from '@loket/contracts/channels.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { AttachmentRef, BlobRef } from '@loket/contracts/primitives.js';
import type { MailSettings } from './parse-mail.js';
import type { ParseAnswer, ParseTask } from './parse-worker.js';
import { proveItself } from './self-proof.js';
import { TxtRecords } from './txt-records.js';

export interface NormaliserOptions {
  /** threads; one mail each at a time */
  maxThreads?: number;
  /** a mail that takes longer takes its thread with it */
  timeoutMs?: number;
  /** memory of one thread for objects and strings, in MB; bytes of files stand outside of it */
  maxHeapMb?: number;
  /** where signers' keys and domains' policies stand */
  txt?: TxtRecords;
}

/** The part of the channel's settings that reading needs; the rest is the transport's. */
const readConfig = z.object(
  emailConfigSchema.pick({
    address: true,
    aliases: true,
    trustedAuthservIds: true,
    checkDkim: true,
    maxBytes: true,
  }).shape,
);

/**
 * Makes messages of raw mails. All reading happens in worker threads with limits on time and memory, so that no mail
 * can stop the process or the mails beside it.
 */
export class MailNormaliser {
  private readonly pool: Piscina;
  private readonly timeoutMs: number;
  private readonly txt: TxtRecords;
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor({
    maxThreads,
    timeoutMs = 10_000,
    maxHeapMb = 512,
    txt = new TxtRecords(),
  }: NormaliserOptions = {}) {
    this.txt = txt;
    this.free = maxThreads ?? Math.min(4, Math.max(2, availableParallelism()));
    this.timeoutMs = timeoutMs;
    this.pool = new Piscina<ParseTask, ParseAnswer>({
      filename: workerFile(),
      minThreads: 0,
      maxThreads: this.free,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
  }

  /**
   * Reads one mail; the bytes of its files stand in the blob store when this resolves.
   *
   * @param raw the mail as it came, already stored
   * @throws NormaliseError `too_large` `not_a_mail` `parse_timeout` `parse_failed`; anything else is trouble with the
   *   blob store, and worth another try
   */
  async normalise(raw: BlobRef, channel: ChannelRef, blobs: BlobAccess): Promise<NormalizedMessage> {
    const config = readConfig.parse(channel.config);
    const { maxBytes } = config;
    if (raw.size > maxBytes)
      throw new NormaliseError('too_large', `${String(raw.size)} bytes, ${String(maxBytes)} allowed`);
    const bytes = await blobs.read(raw.sha256);
    const settings: MailSettings = {
      ownAddresses: [config.address, ...config.aliases]
        .filter((a) => a !== undefined)
        .map((a) => a.toLowerCase()),
      trustedAuthservIds: config.trustedAuthservIds,
      checkDkim: config.checkDkim,
      now: Date.now(),
    };
    const { files, selfProof, ...message } = await this.parse(bytes, settings);
    if (selfProof !== null) Object.assign(message.sender, await proveItself(selfProof, this.txt));
    const attachments: AttachmentRef[] = [];
    for (const { bytes: content, name, mediaType, contentId, inline } of files) {
      attachments.push({ ...(await blobs.put(content, mediaType)), mediaType, name, contentId, inline });
    }
    return { ...message, channelId: channel.id, attachments, raw };
  }

  /** Lets the mails under way finish, then ends all threads. */
  async close(): Promise<void> {
    await this.pool.close({ force: false });
  }

  private async parse(
    bytes: Buffer,
    settings: MailSettings,
  ): Promise<Extract<ParseAnswer, { mail: unknown }>['mail']> {
    await this.acquire();
    // The clock runs from here, not from when the mail began to wait for a thread.
    const timeout = AbortSignal.timeout(this.timeoutMs);
    try {
      const raw = new Uint8Array(bytes);
      const answer = (await this.pool.run(
        { raw, settings },
        { signal: timeout, transferList: [raw.buffer] },
      )) as ParseAnswer;
      if ('failure' in answer) throw new NormaliseError(answer.failure, answer.reason);
      return answer.mail;
    } catch (error) {
      if (error instanceof NormaliseError) throw error;
      if (timeout.aborted)
        throw new NormaliseError('parse_timeout', `not read within ${String(this.timeoutMs)} ms`, {
          cause: error,
        });
      throw new NormaliseError('parse_failed', 'the mail broke its thread', { cause: error });
    } finally {
      this.release();
    }
  }

  private async acquire(): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private release(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
  }
}

/** Threads load what is built: beside this file, or under `dist` when this file runs from its source (tests). */
function workerFile(): string {
  const beside = fileURLToPath(new URL('./parse-worker.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../dist/parse-worker.js', import.meta.url));
}
