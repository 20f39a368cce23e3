import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookSignature } from '@loket/contracts/channels.js';
import { bearerHolds, callSignatureHolds, twilioSignatureHolds } from './caller-signatures.js';

/** A call of the other side as it came. */
export interface SignedRequest {
  bytes: Uint8Array;
  /** our own public address with path and query, whatever the headers claim */
  url: string;
  /** @returns the header's value, when it came once */
  header: (name: string) => string | undefined;
}

/**
 * Whether the call proves that it comes from somebody who knows our secret.
 *
 * @param now milliseconds since the epoch
 */
export function requestHolds(
  { bytes, url, header }: SignedRequest,
  signature: WebhookSignature,
  secret: string,
  now: number,
): boolean {
  switch (signature) {
    case 'hub_sha256':
      return signatureHolds(bytes, header('x-hub-signature-256'), secret);
    case 'timed_sha256': {
      const signed = { timestamp: header('x-loket-timestamp'), signature: header('x-loket-signature') };
      return callSignatureHolds({ body: bytes, ...signed }, secret, now);
    }
    case 'twilio': {
      const body = Buffer.from(bytes).toString('utf8');
      return twilioSignatureHolds({ url, body, signature: header('x-twilio-signature') }, secret);
    }
    case 'bearer':
      return bearerHolds(header('authorization'), secret);
  }
}

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
