import { createHash } from 'node:crypto';
import type { Head } from './head.js';
import { splitHead } from './head.js';

/** `lk`, the case number in base 36, a dash, 16 characters of signature. Lower case: addresses get case-folded. */
const tokenPattern = /(?<![0-9a-z])lk[0-9a-z]{1,13}-[0-9a-z]{16}(?![0-9a-z])/g;
const maxIdChars = 250;

/**
 * Message-ID (RFC 5322 §3.6.4) of one outbound message, without brackets. The same message always gets the same id,
 * so that a send that is tried again is the same mail to everyone.
 *
 * @param messageId UUID of the message
 * @param token signed case token, found again by {@link tokensIn} in the answers' References
 * @param domain domain of the channel's address
 */
export function outboundMessageId(messageId: string, token: string, domain: string): string {
  return `${messageId}.${token}@${domain.toLowerCase()}`;
}

/**
 * Case tokens of ours in message ids and plus-addresses (`local+token@domain`), each once, in order of appearance.
 * Only found here; core verifies the signatures.
 *
 * @returns at most 20
 */
export function tokensIn(texts: string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [token] of text.toLowerCase().matchAll(tokenPattern)) {
      found.add(token);
      if (found.size === 20) return [...found];
    }
  }
  return [...found];
}

/** The form in which an id is stored: itself, or a hash when it is too long for a key. */
export function storedId(id: string): string {
  return id.length <= maxIdChars ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
}

/** Id of a mail from its own Message-ID field; null when that is missing or no id. */
export function ownId(head: Head): string | null {
  const raw = head.raw('message-id');
  if (raw === null) return null;
  const written = raw.includes('=?') ? head.decode(raw) : raw.trim();
  const id = (/<([^<>]*)>/.exec(written)?.[1] ?? written.replace(/^<|>$/g, '')).trim();
  // `<>`, `<@>` and the like are shared by mails that have nothing to do with each other.
  return /^[^\s\u0000-\u001f\u007f<>]{3,}$/.test(id) && /[\p{L}\p{N}]/u.test(id) ? storedId(id) : null;
}

/** Fields that each server on the way writes anew, and so differ when the same mail is delivered again. */
const traceFields =
  /^(?:received|return-path|delivered-to|delivery-date|envelope-to|authentication-results|arc-.*|received-spf|x-.*|status|dkim-filter)$/;

/**
 * Id of a mail without Message-ID: a hash over all of it but the trace fields that lead its head. A mailbox that is
 * read again, or a server that delivers the same mail once more, puts other trace fields on top (RFC 5321 §4.4); what
 * the sender wrote stands below them and stays the same. Trace fields further down are the sender's and count.
 */
export function contentId(raw: Uint8Array): string {
  const { head, bodyStart } = splitHead(raw);
  let first = 0;
  while (first < head.fields.length && traceFields.test(head.fields[first]?.name ?? '')) first++;
  const hash = createHash('sha256');
  for (const field of head.fields.slice(first)) hash.update(field.source.replace(/\r?\n/g, '\n'), 'latin1');
  // Pipes deliver LF where IMAP delivers CRLF.
  const body = Buffer.from(raw.buffer, raw.byteOffset + bodyStart, raw.byteLength - bodyStart);
  hash.update('\n').update(body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return `sha256:${hash.digest('hex')}`;
}

/**
 * Ids in a References or In-Reply-To field, in order, each once. Copes with several ids, missing brackets, comments,
 * phrases and ids broken by folding. What is an address of someone in this mail is no id (`Message of Tue <a@b.c>`).
 */
export function idsIn(value: string, addresses: ReadonlySet<string>): string[] {
  const bracketed = [...value.slice(0, 100_000).matchAll(/<([^<>]{3,2000})>/g)].map(([, id = '']) =>
    id.replace(/\s+/g, ''),
  );
  const candidates = bracketed.length
    ? bracketed
    : value
        .slice(0, 100_000)
        .replace(/\([^()]*\)/g, ' ')
        .split(/[\s,;<>"]+/)
        .filter((word) => /^[^@]+@[^@]+$/.test(word));
  const ids = new Set<string>();
  for (const id of candidates) {
    if (id.length >= 3 && /[\p{L}\p{N}]/u.test(id) && !addresses.has(id.toLowerCase())) ids.add(storedId(id));
  }
  return [...ids];
}
