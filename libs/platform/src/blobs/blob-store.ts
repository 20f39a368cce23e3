import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '@loket/contracts/errors.js';
import type { BlobRef } from '@loket/contracts/primitives.js';

/**
 * Content-addressed bytes in a folder: the name of a file is the sha256 of what it holds, so names given by people
 * never touch the file system and the same file stands here once.
 *
 * Errors: `unavailable` `disk_full` / `blob_store_failed` when it cannot write, `not_found` `blob_missing`.
 */
export class BlobStore {
  private readonly fanOut = new Set<string>();

  constructor(private readonly root: string) {}

  /** Stores the bytes durably (flushed before it resolves). */
  async put(bytes: Uint8Array | Readable, mediaType: string): Promise<BlobRef> {
    try {
      return bytes instanceof Uint8Array
        ? await this.putBytes(bytes, mediaType)
        : await this.putStream(bytes, mediaType);
    } catch (error) {
      throw storeError(error);
    }
  }

  async read(sha256: string): Promise<Buffer> {
    try {
      return await readFile(this.pathOf(sha256));
    } catch (error) {
      throw readError(error);
    }
  }

  /** @param part first and last byte, both included; the whole when left out */
  async stream(sha256: string, part?: { start: number; end: number }): Promise<Readable> {
    await this.size(sha256);
    return createReadStream(this.pathOf(sha256), part);
  }

  /** @returns bytes */
  async size(sha256: string): Promise<number> {
    try {
      return (await stat(this.pathOf(sha256))).size;
    } catch (error) {
      throw readError(error);
    }
  }

  async has(sha256: string): Promise<boolean> {
    return stat(this.pathOf(sha256)).then(
      () => true,
      () => false,
    );
  }

  private async putBytes(bytes: Uint8Array, mediaType: string): Promise<BlobRef> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (!(await this.has(sha256))) {
      const temporary = await this.temporaryPath();
      await write(temporary, [bytes]);
      await this.settle(temporary, sha256);
    }
    return { sha256, size: bytes.byteLength, mediaType };
  }

  private async putStream(source: Readable, mediaType: string): Promise<BlobRef> {
    const hash = createHash('sha256');
    let size = 0;
    const temporary = await this.temporaryPath();
    const counted = async function* () {
      for await (const chunk of source as AsyncIterable<Uint8Array>) {
        hash.update(chunk);
        size += chunk.byteLength;
        yield chunk;
      }
    };
    await write(temporary, counted());
    const sha256 = hash.digest('hex');
    if (await this.has(sha256)) await rm(temporary, { force: true });
    else await this.settle(temporary, sha256);
    return { sha256, size, mediaType };
  }

  private async settle(temporary: string, sha256: string): Promise<void> {
    await this.folder(join(sha256.slice(0, 2), sha256.slice(2, 4)));
    await rename(temporary, this.pathOf(sha256));
  }

  private async temporaryPath(): Promise<string> {
    await this.folder('incoming');
    return join(this.root, 'incoming', randomUUID());
  }

  private async folder(name: string): Promise<void> {
    if (this.fanOut.has(name)) return;
    await mkdir(join(this.root, name), { recursive: true, mode: 0o700 });
    this.fanOut.add(name);
  }

  private pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256))
      throw new AppError('invalid', 'blob_key_invalid', 'not the key of a blob');
    return join(this.root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

async function write(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
    await file.datasync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

function code(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}

function storeError(error: unknown): unknown {
  if (error instanceof AppError || code(error) === undefined) return error;
  const full = code(error) === 'ENOSPC' || code(error) === 'EDQUOT';
  return full
    ? new AppError('unavailable', 'disk_full', 'the disk is full', { cause: error })
    : new AppError('unavailable', 'blob_store_failed', 'the blob store cannot write', { cause: error });
}

function readError(error: unknown): unknown {
  return code(error) === 'ENOENT' ? new AppError('not_found', 'blob_missing', 'no such blob') : error;
}
