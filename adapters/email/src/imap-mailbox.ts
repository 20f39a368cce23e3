import type { ImapFlow } from 'imapflow';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { EmailConfig, ImapConfig } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import type { ChannelHost } from '@loket/channel/port.js';
import { alignCursor, counts, imapCursorSchema, type ImapCursor } from './imap-cursor.js';
import { describeMails, download, highestUid, isGone, uidsAbove, type MailFacts } from './imap-fetch.js';
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

/** mails whose data is asked for at once; the cursor is saved after each batch */
const batchSize = 32;
/** mails handed to the host at the same time */
const parallel = 8;
/** tries of one mail that only fails itself, before it is put away */
const maxTries = 3;
/** losing the connection proves less than a refusal: the line may be bad, so such a mail gets more tries */
const maxBrokenFetches = 6;
const headBytes = 256 * 1024;

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
      const uids = await uidsAbove(client, cursor.uid);
      for (let from = 0; from < uids.length && !this.scope.stopping.aborted; from += batchSize) {
        const batch = uids.slice(from, from + batchSize);
        await this.take(client, batch);
        // The cursor never jumps over a mail that is not done.
        if ((this.cursor?.uid ?? 0) < (batch.at(-1) ?? 0)) break;
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
  private async describe(client: ImapFlow, uids: number[]): Promise<MailFacts[]> {
    const mails = await describeMails(
      client,
      uids.filter((uid) => !this.isDone(uid)),
    );
    return mails.filter((mail) => {
      const wanted = this.cursor !== null && counts(this.cursor, mail);
      if (!wanted) this.settled.add(mail.uid);
      return wanted;
    });
  }

  /** @returns the blob of the original, or null when there is nothing to hand over */
  private async fetch(client: ImapFlow, { uid, size }: MailFacts): Promise<BlobRef | null> {
    const { maxBytes } = this.scope.config;
    const tooLarge = size > maxBytes;
    try {
      const raw = await download(client, uid, tooLarge ? headBytes : maxBytes + 1, this.scope.host.blobs);
      if (!tooLarge && raw.size <= maxBytes) return raw;
      await this.putAway(uid, 'too_large', `${size} bytes; the whole mail is still in the mailbox`, raw);
    } catch (error) {
      if (error instanceof AppError) throw new IntakeStalled(error);
      if (error instanceof IntakeStalled) throw error;
      await this.fetchFailed(client, uid, error);
    }
    return null;
  }

  /** A mail that its own server cannot hand out must not stop the others for ever. */
  private async fetchFailed(client: ImapFlow, uid: number, error: unknown): Promise<void> {
    if (await isGone(client, uid, error)) {
      this.settled.add(uid);
      return;
    }
    if (this.countFailure(uid) < (client.usable ? maxTries : maxBrokenFetches)) throw error;
    const reason = 'the mail server cannot hand out this mail; it is still in the mailbox';
    await this.putAway(uid, 'fetch_failed', reason, null);
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
