import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether the other side signed these very bytes (`X-Hub-Signature-256`, as WebSub's successors do). Over the raw body,
 * never over JSON written again: some escape characters beyond ASCII, others do not.
 *
 * @param header the header's value as it came
 * @param secret what both sides know; without one nothing holds
 */
export function signatureHolds(body: Uint8Array, header: string | undefined, secret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  if (given === undefined || secret === '') return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', secret).update(body).digest());
}

export interface HandshakeQuery {
  'hub.mode'?: unknown;
  'hub.verify_token'?: unknown;
  'hub.challenge'?: unknown;
}

/** @returns the challenge to echo as plain text with 200, or null for 403 */
export function answerHandshake(query: HandshakeQuery, verifyToken: string): string | null {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
  if (mode !== 'subscribe' || typeof token !== 'string' || verifyToken === '') return null;
  // Echoed into an answer of ours, so it may hold nothing that a browser could take for a page.
  if (typeof challenge !== 'string' || !/^[\w.~-]{1,256}$/.test(challenge)) return null;
  return sameSecret(token, verifyToken) ? challenge : null;
}

/** Compared as hashes, so that neither content nor length can be measured. */
function sameSecret(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
