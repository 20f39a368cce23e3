import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Bytes by which a file is known again. The first calls of a file are in it, and no two files begin with the same. */
export const headBytes = 1024;

/**
 * How far the calls were read. A file is known by its first bytes, not by its name or inode: it keeps them when it is
 * renamed, copied away and truncated, or compressed.
 */
export const cursorSchema = z.object({
  /** null while nothing of any file was read */
  head: z.object({ length: z.number().int().positive(), sha256: z.string() }).nullable(),
  /** bytes of that file, uncompressed, that are settled */
  offset: z.number().int().nonnegative(),
  /** nothing more is expected of that file: what comes next stands in a newer one */
  done: z.boolean(),
  /** when it was settled; of files that are gone, the newer ones are told by it */
  at: z.iso.datetime(),
});
export type CsvCursor = z.infer<typeof cursorSchema>;

/** Under which the cursor of one path is kept; another path is another file. */
export function cursorKey(path: string): string {
  return `master-csv:${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}

/** Keeps the first bytes of a file while it is read in order. */
export class Head {
  private bytes: Buffer;

  /** @param before what stands before the place where reading begins, as far as it belongs to the head */
  constructor(before: Buffer) {
    this.bytes = before.subarray(0, headBytes);
  }

  add(piece: Buffer): void {
    if (this.bytes.length < headBytes)
      this.bytes = Buffer.concat([this.bytes, piece.subarray(0, headBytes - this.bytes.length)]);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** whether a file that begins with these bytes is still the same one */
  sameAs(bytes: Buffer): boolean {
    return bytes.equals(this.bytes);
  }

  /** of the file when `offset` bytes of it are settled */
  upTo(offset: number): CsvCursor['head'] {
    const bytes = this.bytes.subarray(0, Math.min(offset, headBytes));
    return bytes.length === 0 ? null : { length: bytes.length, sha256: hashOf(bytes) };
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
