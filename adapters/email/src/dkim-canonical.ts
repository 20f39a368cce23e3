import { createHash } from 'node:crypto';

/** What a signer lets happen to a mail on its way (RFC 6376 §3.4). */
export type Canonicalisation = 'simple' | 'relaxed';

/** One header field as it is signed, without its line end. Line ends are CRLF whatever the mail was stored with. */
export function canonicalField(source: string, mode: Canonicalisation): string {
  if (mode === 'simple') return source.replace(/\r?\n/g, '\r\n').replace(/\r\n$/, '');
  const line = source.replace(/\r?\n/g, '').replace(/[\t ]+/g, ' ');
  const colon = line.indexOf(':');
  const [name, value] = [line.slice(0, colon), line.slice(colon + 1)];
  return `${name.toLowerCase().replace(/ $/, '')}:${value.replace(/^ /, '').replace(/ $/, '')}`;
}

const [tab, lf, cr, space] = [0x09, 0x0a, 0x0d, 0x20];

/** SHA-256 of the body as it is signed, and how many bytes that were. One pass, no copy of the body. */
export function hashBody(body: Uint8Array, mode: Canonicalisation): { hash: Buffer; length: number } {
  const hash = createHash('sha256');
  const relaxed = mode === 'relaxed';
  const chunk = Buffer.allocUnsafe(64 * 1024);
  let used = 0;
  let length = 0;
  let breaks = 0;
  let gap = false;
  /** Room for what one byte of the body may add: a line end, a space, itself. */
  const room = (): void => {
    if (used + 4 <= chunk.length) return;
    hash.update(chunk.subarray(0, used));
    length += used;
    used = 0;
  };
  const lineEnd = (): void => {
    room();
    chunk[used++] = cr;
    chunk[used++] = lf;
  };
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (byte === cr && body[at + 1] === lf) continue;
    if (byte === lf) {
      // Empty lines count only when something follows, blanks only when something follows in their line.
      breaks++;
      gap = false;
    } else if (relaxed && (byte === space || byte === tab)) {
      gap = true;
    } else {
      for (; breaks > 0; breaks--) lineEnd();
      room();
      if (gap) chunk[used++] = space;
      gap = false;
      chunk[used++] = byte;
    }
  }
  if (length + used > 0 || !relaxed) lineEnd();
  return { hash: hash.update(chunk.subarray(0, used)).digest(), length: length + used };
}
