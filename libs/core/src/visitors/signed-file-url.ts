import { createHmac, timingSafeEqual } from 'node:crypto';

/** A link opens its one file for a day. Whole hours, so that a browser may keep what it has loaded. */
const hourMs = 3_600_000;
const hoursGood = 24;

/** @returns a path on this server that opens this file without a session or a token */
export function signedFileUrl(secret: string, fileId: string, name: string, now: Date): string {
  const until = Math.floor(now.getTime() / hourMs) + hoursGood + 1;
  // The name is for people, and a path has to stay below what the contract lets through.
  const shown = [...name.toWellFormed().replace(/[^\p{L}\p{N}._-]+/gu, '_')].slice(0, 100).join('');
  return `/api/v1/visitor-files/${fileId}/${String(until)}/${signature(secret, fileId, until)}/${encodeURIComponent(shown) || 'file'}`;
}

export function mayOpenFile(
  secret: string,
  { fileId, until, signature: given }: { fileId: string; until: number; signature: string },
  now: Date,
): boolean {
  if (until * hourMs <= now.getTime()) return false;
  const expected = Buffer.from(signature(secret, fileId, until));
  const bytes = Buffer.from(given);
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

function signature(secret: string, fileId: string, until: number): string {
  return createHmac('sha256', secret)
    .update(`visitor-file:${fileId}:${String(until)}`)
    .digest('base64url')
    .slice(0, 32);
}
