import { open } from 'node:fs/promises';
import type { PhoneMasterCsvConfig } from '@loket/contracts/calls.js';
import { errorCode } from './csv-fault.js';
import { Head, headBytes, type CsvCursor } from './cursor.js';

/** longest line that is looked for at the end of the file */
const tailBytes = 65_536;

/** times of files lag behind the clock: by a tick of the kernel, or by what a file server's clock is off */
const clockLagMs = 2000;

/**
 * Where reading begins at a channel's first connection: at the end of the file, so that the calls of years do not
 * become cases, or at its start where that is wanted.
 *
 * @param now milliseconds since the epoch
 */
export async function firstCursor(
  { path, importExisting }: PhoneMasterCsvConfig,
  now: number,
): Promise<CsvCursor> {
  const at = new Date(now - clockLagMs).toISOString();
  const start: CsvCursor = { head: null, offset: 0, done: false, at };
  if (importExisting) return start;
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return start;
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - tailBytes);
    const tail = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    // a line that is being written belongs to what comes
    const offset = from + tail.buffer.subarray(0, tail.bytesRead).lastIndexOf('\n') + 1;
    const first = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = new Head(first.buffer.subarray(0, first.bytesRead)).upTo(offset);
    return head === null ? start : { ...start, head, offset };
  } finally {
    await handle.close();
  }
}
