/**
 * `tag=value; tag=value` of DKIM signatures, DKIM keys and DMARC records (RFC 6376 §3.2).
 *
 * @returns null when it is not such a list, or names a tag twice
 */
export function readTags(text: string): Map<string, string> | null {
  const tags = new Map<string, string>();
  const parts = text.split(';', 200);
  for (const [index, part] of parts.entries()) {
    if (part.trim() === '' && index > 0) continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    if (!/^[a-z][a-z0-9_]{0,30}$/i.test(name) || tags.has(name)) return null;
    tags.set(name, part.slice(equals + 1).trim());
  }
  return tags;
}

/** Bytes of a base64 value, folded or not; null when it is none. */
export function readBase64(value: string | undefined): Buffer | null {
  const text = (value ?? '').replace(/[ \t\r\n]/g, '');
  return text !== '' && /^[a-z0-9+/]+={0,2}$/i.test(text) ? Buffer.from(text, 'base64') : null;
}

/** Values parted by colons, in lower case. */
export function readList(value: string): string[] {
  return value.split(':').map((item) => item.trim().toLowerCase());
}
