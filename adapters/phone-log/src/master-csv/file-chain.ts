import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { errorCode } from './csv-fault.js';
import { hashOf, type CsvCursor } from './cursor.js';

/** One file of the chain that rotation makes: the one that is written to, or an older one. */
export interface ChainFile {
  path: string;
  /** bytes; unknown (Infinity) where it is compressed */
  size: number;
  mtimeNs: bigint;
  /** tells whether a name still stands for the same file */
  inode: string;
  compressed: boolean;
  current: boolean;
}

/** Where to read on. */
export interface Place {
  file: ChainFile;
  offset: number;
}

/** Clocks and caches differ: a file may have been written a little before the cursor was saved. */
const slackMs = 5 * 60_000;

/**
 * The file that the cursor stands in, or the one after it. Rotation may have renamed it, copied it away and truncated
 * it, or compressed it (gzip), once or several times since the cursor was saved.
 *
 * @returns null when there is nothing to read: the file is not there (yet), which is usual after a rotation
 */
export async function placeOf(path: string, cursor: CsvCursor): Promise<Place | null> {
  const { current, older } = await steadyChain(path);
  const { head, offset, done } = cursor;
  if (head === null) return nextOf(older, current, Date.parse(cursor.at));
  if (current && current.size >= offset && (await beginsWith(current, head)))
    return { file: current, offset };
  let found = -1;
  for (const [index, file] of older.entries()) {
    if (file.size >= offset && (await beginsWith(file, head))) found = index;
  }
  const file = older[found];
  if (!file) return nextOf(older, current, Date.parse(cursor.at) - slackMs);
  if (!done) return { file, offset };
  const next = older[found + 1] ?? current;
  return next ? { file: next, offset: 0 } : null;
}

/** The first bytes of a file; fewer when it has fewer. */
export async function firstBytes(file: ChainFile, length: number): Promise<Buffer> {
  if (!file.compressed) {
    const handle = await open(file.path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const piece of piecesOf(file, 0)) {
    if (piece === null) break;
    parts.push(piece);
    size += piece.length;
    if (size >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/**
 * The bytes of a compressed file from `offset` on, uncompressed; null where its name stands for another file by now,
 * as it does after the next rotation.
 */
export async function* piecesOf({ path, inode }: ChainFile, offset: number): AsyncGenerator<Buffer | null> {
  const handle = await open(path, 'r');
  try {
    if (inodeOf(await handle.stat({ bigint: true })) !== inode) {
      yield null;
      return;
    }
    const source = handle.createReadStream({ start: 0, autoClose: false });
    const unzipped: Readable = source.pipe(createGunzip());
    source.on('error', (error) => unzipped.destroy(error));
    let skip = offset;
    try {
      for await (const piece of unzipped as AsyncIterable<Buffer>) {
        if (skip < piece.length) yield piece.subarray(skip);
        skip = Math.max(0, skip - piece.length);
      }
    } finally {
      source.destroy();
    }
  } finally {
    await handle.close();
  }
}

/** Tells whether a name still stands for the same file. */
export function inodeOf({ dev, ino }: { dev: bigint; ino: bigint }): string {
  return `${dev} ${ino}`;
}

function nextOf(older: readonly ChainFile[], current: ChainFile | null, afterMs: number): Place | null {
  const file = older.find(({ mtimeNs }) => mtimeNs > BigInt(afterMs) * 1_000_000n) ?? current;
  return file ? { file, offset: 0 } : null;
}

async function beginsWith(file: ChainFile, head: NonNullable<CsvCursor['head']>): Promise<boolean> {
  if (file.size < head.length) return false;
  try {
    const bytes = await firstBytes(file, head.length);
    return bytes.length === head.length && hashOf(bytes) === head.sha256;
  } catch {
    // rotated away in this moment, or not (yet) whole: then it is not the one
    return false;
  }
}

interface Chain {
  current: ChainFile | null;
  /** oldest first */
  older: ChainFile[];
}

/** Rotation renames one file after the other: a look in the middle of it could miss one. Two looks must see the same. */
async function steadyChain(path: string): Promise<Chain> {
  const seen = ({ current, older }: Chain): string =>
    [current, ...older].map((file) => (file ? `${file.path} ${file.inode}` : '')).join('\n');
  let chain = await chainOf(path);
  for (let looks = 0; looks < 10; looks += 1) {
    const again = await chainOf(path);
    if (seen(again) === seen(chain)) return again;
    chain = again;
  }
  throw new Error('the folder does not come to rest');
}

/** `Master.csv.1`, `Master.csv-20261122.gz` and `Master-20261122.csv` are all names that logrotate gives. */
async function chainOf(path: string): Promise<Chain> {
  const [folder, name] = [dirname(path), basename(path)];
  const stem = basename(name, extname(name));
  const isOlder = (other: string): boolean =>
    other !== name && other.startsWith(stem) && /[._-]/.test(other.charAt(stem.length));
  const names = (await readdir(folder)).filter(isOlder);
  const files = (await Promise.all(names.map((other) => fileOf(join(folder, other), false)))).filter(
    (file) => file !== null,
  );
  const older = files
    .filter(({ size, path: other }) => size > 0 && !files.some((twin) => isPacked(twin, other)))
    .sort((a, b) => (a.mtimeNs < b.mtimeNs ? -1 : a.mtimeNs > b.mtimeNs ? 1 : byName(a.path, b.path)));
  return { current: await fileOf(path, true), older };
}

/** While gzip works both are there: the one that it makes is not whole yet. */
function isPacked(twin: ChainFile, path: string): boolean {
  return path === `${twin.path}.gz`;
}

/** `.2` is older than `.1`; days are in the order of the calendar. */
function byName(a: string, b: string): number {
  const number = (path: string): number => Number(/\.(\d{1,4})(?:\.gz)?$/.exec(path)?.[1] ?? NaN);
  const [left, right] = [number(a), number(b)];
  return Number.isNaN(left) || Number.isNaN(right) ? (a < b ? -1 : 1) : right - left;
}

async function fileOf(path: string, current: boolean): Promise<ChainFile | null> {
  try {
    const stats = await stat(path, { bigint: true });
    if (!stats.isFile()) return null;
    const compressed = path.endsWith('.gz');
    return {
      path,
      size: compressed ? Infinity : Number(stats.size),
      mtimeNs: stats.mtimeNs,
      compressed,
      current,
      inode: inodeOf(stats),
    };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
