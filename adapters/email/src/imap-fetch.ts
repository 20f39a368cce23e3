import type { Readable } from 'node:stream';
import type { ImapFlow } from 'imapflow';
import type { BlobAccess } from '@loket/channel/port.js';
import type { BlobRef } from '@loket/contracts/primitives.js';

export interface MailFacts {
  uid: number;
  /** bytes, as the server says; not always exact */
  size: number;
  /** INTERNALDATE: when the mail came into this mailbox */
  receivedAt: Date | null;
}

const chunkBytes = 1024 * 1024;

/** imapflow's code for a mail that went away while it was read */
const vanished = 'DownloadIncomplete';

/** @returns UIDs above `uid`, ascending */
export async function uidsAbove(client: ImapFlow, uid: number): Promise<number[]> {
  const found = await search(client, `${uid + 1}:*`);
  // `n:*` means the last mail when nothing is as high as n (RFC 9051 §9, seq-range).
  return found.filter((next) => next > uid).sort((a, b) => a - b);
}

/** @returns whether the mail is there, now that a fetch says that it is not */
export async function isGone(client: ImapFlow, uid: number, error: unknown): Promise<boolean> {
  // A lost connection looks the same as a deleted mail.
  if (!client.usable || (error as { code?: unknown }).code !== vanished) return false;
  return !(await search(client, String(uid))).includes(uid);
}

/** In the order of `uids`; a mail that the server says nothing of is there all the same. */
export async function describeMails(client: ImapFlow, uids: readonly number[]): Promise<MailFacts[]> {
  if (uids.length === 0) return [];
  const query = { uid: true, size: true, internalDate: true };
  const answers = await client.fetchAll(uids.join(','), query, { uid: true });
  const known = new Map(answers.map((answer) => [answer.uid, answer]));
  return uids.map((uid) => {
    const { size = 0, internalDate } = known.get(uid) ?? {};
    const receivedAt = internalDate === undefined ? null : new Date(internalDate);
    return { uid, size, receivedAt: receivedAt && Number.isFinite(receivedAt.getTime()) ? receivedAt : null };
  });
}

/**
 * Streams a mail's bytes into the blob store, without marking it as read (BODY.PEEK).
 *
 * @param limit bytes after which the rest is left out
 * @throws with code `DownloadIncomplete` when it is not there (any more)
 */
export async function download(
  client: ImapFlow,
  uid: number,
  limit: number,
  blobs: BlobAccess,
): Promise<BlobRef> {
  const options = { uid: true, maxBytes: limit, chunkSize: Math.min(chunkBytes, limit) };
  const found = await client.download(String(uid), undefined, options);
  if (!('content' in found) || !found.content)
    throw Object.assign(new Error('no such mail'), { code: vanished });
  const content: Readable = found.content;
  content.on('error', () => undefined);
  try {
    return await blobs.put(content, 'message/rfc822');
  } finally {
    // Whatever happens, the download is over: an open one would block the connection.
    content.destroy();
  }
}

export async function highestUid(client: ImapFlow): Promise<number> {
  const last = await client.fetchOne('*', { uid: true });
  return last ? last.uid : 0;
}

async function search(client: ImapFlow, uid: string): Promise<number[]> {
  const found = await client.search({ uid }, { uid: true });
  if (Array.isArray(found)) return found;
  throw Object.assign(new Error('SEARCH failed'), { code: client.usable ? undefined : 'NoConnection' });
}
