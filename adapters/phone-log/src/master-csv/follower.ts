import { open, stat, type FileHandle } from 'node:fs/promises';
import { AppError } from '@loket/contracts/errors.js';
import type { PhoneMasterCsvConfig } from '@loket/contracts/calls.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import { backoffMs, pause, type Backoff } from '../pause.js';
import { cursorKey, cursorSchema, Head, headBytes, type CsvCursor } from './cursor.js';
import { csvFault, errorCode, type CsvFault } from './csv-fault.js';
import { CsvReader } from './csv-reader.js';
import { firstBytes, inodeOf, piecesOf, placeOf, type ChainFile, type Place } from './file-chain.js';
import { firstCursor } from './first-cursor.js';
import { Handover } from './handover.js';

export interface FollowerTiming {
  /** milliseconds between two looks at the file */
  pollMs: number;
  /** milliseconds without a new leg after which a call is whole */
  settleMs: number;
  /** milliseconds in which a file that was renamed may still be written to */
  graceMs: number;
  retry: Backoff;
}

export const defaultFollowerTiming: FollowerTiming = {
  pollMs: 1000,
  settleMs: 2000,
  graceMs: 3000,
  retry: { minMs: 500, maxMs: 60_000 },
};

const chunkBytes = 65_536;
/** calls that may wait to be whole */
const maxWaiting = 500;
/** tries at an older file that cannot be read before it is put aside */
const maxTries = 5;

/**
 * Follows the file that Asterisk writes its calls to, over rotation and restarts. What was handed over and committed is
 * settled; the cursor never stands behind a line that is not, so whatever happens such lines are read again, and calls
 * that were taken before are known by their id.
 */
export class CsvFollower implements ChannelConnection {
  private readonly stopping = new AbortController();
  private readonly handover: Handover;
  private cursor: CsvCursor | null = null;
  private running: Promise<void> = Promise.resolve();
  private reported = '';
  private tries = 0;

  private constructor(
    private readonly channel: ChannelRef,
    private readonly config: PhoneMasterCsvConfig,
    private readonly host: ChannelHost,
    private readonly timing: FollowerTiming,
  ) {
    this.handover = new Handover(channel, host, timing.retry, this.signal);
  }

  static open(
    channel: ChannelRef,
    config: PhoneMasterCsvConfig,
    host: ChannelHost,
    timing: FollowerTiming = defaultFollowerTiming,
  ): CsvFollower {
    const follower = new CsvFollower(channel, config, host, timing);
    follower.running = follower.run();
    return follower;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private get signal(): AbortSignal {
    return this.stopping.signal;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.signal.aborted;) {
      try {
        await this.follow();
        failures = 0;
        // whatever a folder does, others get their turn
        await pause(1, this.signal);
      } catch (error) {
        if (this.signal.aborted) return;
        await this.report(csvFault(error));
        this.host.log.warn({ channelId: this.channel.id, err: error }, 'call records cannot be read');
        await pause(backoffMs(failures, this.timing.retry), this.signal);
        failures += 1;
      }
    }
  }

  /** One file, or one look at nothing. */
  private async follow(): Promise<void> {
    this.cursor ??= await this.loadCursor();
    const place = await placeOf(this.config.path, this.cursor);
    await this.report(place || this.cursor.head ? null : { code: 'csv_missing', detail: null });
    if (!place) return pause(this.timing.pollMs, this.signal);
    if (place.file.current) return this.followCurrent(place);
    try {
      await this.readOlder(place);
      this.tries = 0;
    } catch (error) {
      // renamed or compressed since the look
      if (errorCode(error) === 'ENOENT') return;
      this.tries += 1;
      if (this.tries < maxTries || this.signal.aborted || error instanceof AppError) throw error;
      await this.putAside(place);
    }
  }

  private async loadCursor(): Promise<CsvCursor> {
    const stored = (await this.host.cursors(this.channel.id))[cursorKey(this.config.path)];
    const parsed = cursorSchema.safeParse(stored);
    if (parsed.success) return parsed.data;
    const first = await firstCursor(this.config, this.host.now());
    await this.save(first);
    return first;
  }

  /** Reads the file that is written to until it is another one. */
  private async followCurrent({ file, offset }: Place): Promise<void> {
    const handle = await open(file.path, 'r');
    try {
      const head = new Head(await bytesAt(handle, 0, Math.min(offset, headBytes)));
      const known = this.cursor?.head ?? null;
      // rotated between the look and the opening
      if (offset > 0 && head.upTo(known?.length ?? 0)?.sha256 !== known?.sha256) return;
      const { ino, dev } = await handle.stat({ bigint: true });
      const reader = new CsvReader(this.config.timeZone, offset);
      for (let left = false; !this.signal.aborted;) {
        const piece = await bytesAt(handle, reader.read, chunkBytes);
        // Looked at after reading: what was truncated and written anew in between must not be taken for its own end.
        const truncated = !head.sameAs(await bytesAt(handle, 0, head.length));
        if (truncated) return await this.settle(reader, head, false, Infinity);
        if (piece.length > 0) {
          // Nothing of it is known yet: had it been rotated since the look, an older one would come first.
          if (head.length === 0 && !(await this.isNext(file.path))) return;
          head.add(piece);
          reader.take(piece, this.host.now());
          if (reader.groups.size > maxWaiting) await this.settle(reader, head, false);
          left = false;
          continue;
        }
        if (left) {
          reader.end(this.host.now());
          return await this.settle(reader, head, true, Infinity);
        }
        await this.settle(reader, head, false, this.host.now() - this.timing.settleMs);
        const now = await fileNow(file.path);
        left = now !== null && (now.ino !== ino || now.dev !== dev);
        // nothing was read of it: what was written may have been rotated away since the last look
        if (!left && reader.read === 0) return await pause(this.timing.pollMs, this.signal);
        await pause(left ? this.timing.graceMs : this.timing.pollMs, this.signal);
      }
    } finally {
      await handle.close();
    }
  }

  private async isNext(path: string): Promise<boolean> {
    const place = this.cursor && (await placeOf(path, this.cursor));
    return place?.file.current === true && place.offset === 0;
  }

  /** Reads a file that rotation has put away to its end. */
  private async readOlder({ file, offset }: Place): Promise<void> {
    const head = new Head(
      offset === 0 ? Buffer.alloc(0) : await firstBytes(file, Math.min(offset, headBytes)),
    );
    const known = this.cursor?.head ?? null;
    if (offset > 0 && head.upTo(known?.length ?? 0)?.sha256 !== known?.sha256) return;
    const reader = new CsvReader(this.config.timeZone, offset);
    for await (const piece of file.compressed ? piecesOf(file, offset) : this.plainPieces(file, offset)) {
      if (this.signal.aborted) return;
      // another file by the name that this one had
      if (piece === null) return;
      head.add(piece);
      reader.take(piece, this.host.now());
      if (reader.groups.size > maxWaiting) await this.settle(reader, head, false);
    }
    reader.end(this.host.now());
    await this.settle(reader, head, true, Infinity);
  }

  /** A file that was put away just now may still be written to, or be a copy that is not whole yet. */
  private async *plainPieces({ path, inode }: ChainFile, offset: number): AsyncGenerator<Buffer | null> {
    const handle = await open(path, 'r');
    try {
      if (inodeOf(await handle.stat({ bigint: true })) !== inode) yield null;
      for (let at = offset; !this.signal.aborted;) {
        const piece = await bytesAt(handle, at, chunkBytes);
        at += piece.length;
        if (piece.length > 0) yield piece;
        else if (this.host.now() - (await handle.stat()).mtimeMs > this.timing.graceMs) return;
        else await pause(this.timing.graceMs, this.signal);
      }
    } finally {
      await handle.close();
    }
  }

  /**
   * Hands over what is whole, then moves the cursor.
   *
   * @param done nothing more is expected of this file
   * @param before what was read until then is whole; left out, the older half of what waits
   */
  private async settle(reader: CsvReader, head: Head, done: boolean, before?: number): Promise<void> {
    await this.handover.give(before === undefined ? reader.groups.takeHalf() : reader.groups.take(before));
    if (this.signal.aborted) return;
    const offset = reader.settled;
    const settled = head.upTo(offset);
    // Of a file of which nothing is settled nothing can be said: the cursor stays at the end of the one before.
    if (settled === null) return;
    const same = this.cursor?.head?.sha256 === settled.sha256 && this.cursor.offset === offset;
    if (same && this.cursor?.done === done) return;
    await this.save({ head: settled, offset, done, at: new Date(this.host.now()).toISOString() });
  }

  /** An older file that cannot be read, however often: an admin is told, and what is newer comes in. */
  private async putAside({ file, offset }: Place): Promise<void> {
    const reason = `an older file of call records cannot be read from byte ${offset} on`;
    const glimpse = { subject: file.path.slice(-1000), from: null };
    await this.host.quarantine({
      channelId: this.channel.id,
      glimpse,
      code: 'csv_archive_unreadable',
      reason,
      attempts: maxTries,
    });
    this.tries = 0;
    // on with what is newer
    const at = new Date(Number(file.mtimeNs / 1_000_000n) + 1).toISOString();
    await this.save({ head: null, offset: 0, done: false, at });
  }

  private async save(cursor: CsvCursor): Promise<void> {
    await this.host.saveCursor({
      channelId: this.channel.id,
      key: cursorKey(this.config.path),
      value: cursor,
    });
    this.cursor = cursor;
  }

  /** Tells the channel's state when it is news. A report that core did not take is told again. */
  private async report(fault: CsvFault | null): Promise<void> {
    const news = JSON.stringify(fault);
    if (news === this.reported || this.signal.aborted) return;
    const status = fault ? 'disconnected' : 'connected';
    try {
      await this.host.status({
        channelId: this.channel.id,
        status,
        code: fault?.code,
        detail: fault?.detail,
      });
      this.reported = news;
    } catch (error) {
      this.host.log.warn({ channelId: this.channel.id, err: error }, 'channel status not reported');
    }
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function fileNow(path: string): Promise<{ ino: bigint; dev: bigint } | null> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    // renamed, and nothing written since
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
