import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Meta signed these very bytes (`X-Hub-Signature-256`). Over the raw body, never over JSON written again: Meta
 * escapes characters beyond ASCII, others do not.
 */
export function signatureHolds(body: Uint8Array, header: string | undefined, appSecret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  if (given === undefined || appSecret === '') return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', appSecret).update(body).digest());
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
