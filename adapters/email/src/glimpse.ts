import type { Readable } from 'node:stream';
import type { Glimpse } from '@loket/contracts/bus.js';
import { addressesOf } from './addresses.js';
import { cleanText } from './charset.js';
import { splitHead } from './head.js';

/** Bytes looked at; the fields that matter stand near the top of every real mail. */
const enough = 64 * 1024;

/** Subject and sender of a mail that could not be read as a whole, for people who look after it. Never throws. */
export async function glimpse(mail: Readable): Promise<Glimpse> {
  try {
    const { head } = splitHead(await firstBytes(mail));
    const [from] = addressesOf(head, 'from');
    return {
      subject: cleanText(head.get('subject') ?? '').slice(0, 1000) || null,
      from: from?.address.slice(0, 320) ?? null,
    };
  } catch {
    return { subject: null, from: null };
  }
}

async function firstBytes(mail: Readable): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of mail as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= enough) break;
  }
  return Buffer.concat(chunks).subarray(0, enough);
}
