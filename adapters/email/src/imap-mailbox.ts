import type { Readable } from 'node:stream';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { EmailConfig, ImapConfig } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import type { ChannelHost } from '@loket/channel/port.js';
import { alignCursor, counts, imapCursorSchema, type ImapCursor } from './imap-cursor.js';
import { AfterStorePolicy } from './imap-policy.js';

/** Our side cannot take mails now: the connection is fine, the mails stay where they are. */
export class IntakeStalled extends Error {
  constructor(cause: unknown) {
    super('intake cannot take mails now', { cause });
    this.name = 'IntakeStalled';
  }
}

export interface MailboxScope {
  channel: ChannelRef;
  config: Pick<EmailConfig, 'maxBytes'> & { imap: ImapConfig };
  host: ChannelHost;
  stopping: AbortSignal;
}

interface Mail {
  uid: number;
  size: number;
  receivedAt: Date | null;
}

/** mails whose data is asked for at once; the cursor is saved after each batch */
const batchSize = 32;
/** mails handed to the host at the same time */
const parallel = 8;
/** tries of one mail that only fails itself, before it is put away */
const maxTries = 3;
/** losing the connection proves less than a refusal: the line may be bad, so such a mail gets more tries */
const maxBrokenFetches = 6;
/** imapflow's code for a mail that went away while it was read */
const vanished = 'DownloadIncomplete';
const headBytes = 256 * 1024;
const chunkBytes = 1024 * 1024;

/**
 * Reads one mailbox from its cursor to its end, in order, each mail at least once. The cursor moves only over mails
 * that the host has stored or quarantined; the host recognises repeats.
 */
export class ImapMailbox {
  private cursor: ImapCursor | null = null;
  /** stored above the cursor, waiting for the policy or for an older mail */
  private readonly stored = new Set<number>();
  /** done, and the policy does not concern them */
  private readonly settled = new Set<number>();
  private readonly failures = new Map<number, number>();
  private readonly policy: AfterStorePolicy;

  constructor(
    readonly path: string,
    private readonly scope: MailboxScope,
  ) {
    this.policy = new AfterStorePolicy(scope.config.imap, scope.host.log);
  }

  /**
   * Takes in everything that is new.
   *
   * @throws IntakeStalled when our side cannot; any other error is the server's or the connection's
   */
  async sweep(client: ImapFlow): Promise<void> {
    const lock = await client.getMailboxLock(this.path);
    try {
      // Servers tell of new mails only in answers to commands.
      await client.noop();
      const cursor = await this.align(client);
      const uids = await this.newUids(client, cursor);
      for (let from = 0; from < uids.length && !this.scope.stopping.aborted; from += batchSize) {
        await this.take(client, uids.slice(from, from + batchSize));
      }
    } finally {
      lock.release();
    }
  }

  private async align(client: ImapFlow): Promise<ImapCursor> {
    const { mailbox } = client;
    if (!mailbox) throw Object.assign(new Error('no mailbox selected'), { code: 'NoConnection' });
    const before = this.cursor ?? (await this.load());
    const uidNext = mailbox.uidNext || (await highestUid(client)) + 1;
    const facts = { uidValidity: String(mailbox.uidValidity), uidNext };
    const cursor = alignCursor(before, facts, {
      importExisting: this.scope.config.imap.importExisting,
      now: this.scope.host.now(),
    });
    if (cursor !== before) {
      if (before && before.uidValidity !== cursor.uidValidity) {
        this.scope.host.log.warn(
          { channelId: this.scope.channel.id },
          'the mailbox got a new UIDVALIDITY, reading it again',
        );
      }
      this.stored.clear();
      this.settled.clear();
      this.failures.clear();
      await this.save(cursor);
    }
    this.cursor = cursor;
    return cursor;
  }

  private async newUids(client: ImapFlow, cursor: ImapCursor): Promise<number[]> {
    const found = await client.search({ uid: `${cursor.uid + 1}:*` }, { uid: true });
    if (!Array.isArray(found))
      throw Object.assign(new Error('SEARCH failed'), { code: client.usable ? undefined : 'NoConnection' });
    // `n:*` means the last mail when nothing is as high as n (RFC 9051 §9, seq-range).
    return found.filter((uid) => uid > cursor.uid).sort((a, b) => a - b);
  }

  private async take(client: ImapFlow, uids: number[]): Promise<void> {
    const underWay = new Set<Promise<void>>();
    let stalled: unknown = null;
    try {
      for (const mail of await this.describe(client, uids)) {
        if (stalled !== null || this.scope.stopping.aborted) break;
        const raw = await this.fetch(client, mail);
        if (raw === null) continue;
        const work = this.hand(mail.uid, raw).catch((error: unknown) => {
          stalled = error;
        });
        underWay.add(work);
        void work.then(() => underWay.delete(work));
        if (underWay.size >= parallel) await Promise.race(underWay);
      }
    } finally {
      await Promise.all(underWay);
    }
    await this.policy.apply(
      client,
      this.path,
      uids.filter((uid) => this.stored.has(uid)),
    );
    await this.advance(uids);
    if (stalled !== null) throw new IntakeStalled(stalled);
  }

  /** Which of the mails are still to be fetched, in order. Those that are too old are settled here. */
  private async describe(client: ImapFlow, uids: number[]): Promise<Mail[]> {
    const wanted = uids.filter((uid) => !this.isDone(uid));
    if (wanted.length === 0) return [];
    const answers = await client.fetchAll(
      wanted.join(','),
      { uid: true, size: true, internalDate: true },
      { uid: true },
    );
    const mails = new Map(answers.map((answer) => [answer.uid, toMail(answer)]));
    const result: Mail[] = [];
    for (const uid of wanted) {
      const mail = mails.get(uid) ?? { uid, size: 0, receivedAt: null };
      if (this.cursor && counts(this.cursor, mail)) result.push(mail);
      else this.settled.add(uid);
    }
    return result;
  }

  /** @returns the blob of the original, or null when there is nothing to hand over */
  private async fetch(client: ImapFlow, mail: Mail): Promise<BlobRef | null> {
    const { maxBytes } = this.scope.config;
    const tooLarge = mail.size > maxBytes;
    try {
      const limit = tooLarge ? headBytes : maxBytes + 1;
      const chunkSize = Math.min(chunkBytes, limit);
      const download = await client.download(String(mail.uid), undefined, {
        uid: true,
        maxBytes: limit,
        chunkSize,
      });
      // Deleted by somebody else since we looked, or the connection broke: imapflow says the same to both.
      if (!('content' in download) || !download.content)
        throw Object.assign(new Error('no such mail'), { code: vanished });
      const raw = await store(download.content, this.scope.host);
      if (!tooLarge && raw.size <= maxBytes) return raw;
      await this.putAway(
        mail.uid,
        'too_large',
        `${mail.size} bytes; the whole mail is still in the mailbox`,
        raw,
      );
    } catch (error) {
      if (error instanceof AppError) throw new IntakeStalled(error);
      if (error instanceof IntakeStalled) throw error;
      await this.fetchFailed(client, mail.uid, error);
    }
    return null;
  }

  /** A mail that its own server cannot hand out must not stop the others for ever. */
  private async fetchFailed(client: ImapFlow, uid: number, error: unknown): Promise<void> {
    const tries = this.countFailure(uid);
    if (tries < (client.usable ? maxTries : maxBrokenFetches)) {
      // What is really gone is not found by the next search, and the cursor passes it then.
      if (client.usable && (error as { code?: unknown }).code === vanished) return;
      throw error;
    }
    await this.putAway(
      uid,
      'fetch_failed',
      'the mail server cannot hand out this mail; it is still in the mailbox',
      null,
    );
    if (!client.usable) throw error;
  }

  /** @throws what the host threw, when the mail has to be tried again */
  private async hand(uid: number, raw: BlobRef): Promise<void> {
    try {
      await this.scope.host.ingest(this.scope.channel, raw);
      this.failures.delete(uid);
      this.stored.add(uid);
    } catch (error) {
      // Not this mail's fault: nothing else could be stored either.
      if (error instanceof AppError && (error.kind === 'unavailable' || error.kind === 'rate_limited'))
        throw error;
      if (this.countFailure(uid) < maxTries) throw error;
      const code = error instanceof AppError ? error.code : 'internal_error';
      await this.putAway(uid, 'intake_failed', `intake refused it: ${code}`, raw);
    }
  }

  private async putAway(uid: number, code: string, reason: string, raw: BlobRef | null): Promise<void> {
    const channelId = this.scope.channel.id;
    const attempts = this.failures.get(uid) ?? 1;
    try {
      await this.scope.host.quarantine({
        channelId,
        raw,
        code,
        reason: `UID ${uid} in ${this.path}: ${reason}`,
        attempts,
      });
    } catch (error) {
      throw new IntakeStalled(error);
    }
    this.failures.delete(uid);
    this.settled.add(uid);
  }

  /** Moves the cursor over the mails that are done, up to the first that is not. */
  private async advance(uids: number[]): Promise<void> {
    const { cursor } = this;
    if (!cursor) return;
    let { uid } = cursor;
    for (const next of uids) {
      if (!this.isDone(next)) break;
      uid = next;
    }
    if (uid === cursor.uid) return;
    const moved = { ...cursor, uid };
    await this.save(moved);
    this.cursor = moved;
    for (const done of [this.stored, this.settled])
      for (const known of done) if (known <= uid) done.delete(known);
  }

  private isDone(uid: number): boolean {
    return this.stored.has(uid) || this.settled.has(uid);
  }

  private countFailure(uid: number): number {
    const tries = (this.failures.get(uid) ?? 0) + 1;
    this.failures.set(uid, tries);
    return tries;
  }

  private async load(): Promise<ImapCursor | null> {
    try {
      const cursors = await this.scope.host.cursors(this.scope.channel.id);
      return imapCursorSchema.safeParse(cursors[this.key]).data ?? null;
    } catch (error) {
      throw new IntakeStalled(error);
    }
  }

  private async save(value: ImapCursor): Promise<void> {
    try {
      await this.scope.host.saveCursor({
        channelId: this.scope.channel.id,
        key: this.key,
        value: { ...value },
      });
    } catch (error) {
      throw new IntakeStalled(error);
    }
  }

  private get key(): string {
    return `imap:${this.path}`;
  }
}

/** Whatever happens, the download is over afterwards: an open one would block the connection. */
async function store(content: Readable, host: ChannelHost): Promise<BlobRef> {
  content.on('error', () => undefined);
  try {
    return await host.blobs.put(content, 'message/rfc822');
  } finally {
    content.destroy();
  }
}

function toMail(answer: FetchMessageObject): Mail {
  const { internalDate } = answer;
  const receivedAt = internalDate === undefined ? null : new Date(internalDate);
  return {
    uid: answer.uid,
    size: answer.size ?? 0,
    receivedAt: receivedAt && Number.isFinite(receivedAt.getTime()) ? receivedAt : null,
  };
}

async function highestUid(client: ImapFlow): Promise<number> {
  const last = await client.fetchOne('*', { uid: true });
  return last ? last.uid : 0;
}
