import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A call older or younger than this is not taken, so that one that was overheard cannot be told again later. */
export const replayWindowMs = 5 * 60_000;

export interface SignedCall {
  /** the very bytes that came */
  body: Uint8Array;
  /** `X-Loket-Timestamp`: seconds since the epoch, when it was signed */
  timestamp: string | undefined;
  /** `X-Loket-Signature`: `sha256=<hex>` of `<timestamp>.<body>` */
  signature: string | undefined;
}

/**
 * Whether a telephone system that knows our secret signed these very bytes, and lately.
 *
 * @param now milliseconds since the epoch
 */
export function callSignatureHolds(call: SignedCall, secret: string, now: number): boolean {
  const { body, timestamp = '', signature = '' } = call;
  const given = /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1];
  if (given === undefined || secret === '' || !/^\d{9,11}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > replayWindowMs) return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
  return timingSafeEqual(Buffer.from(given, 'hex'), expected);
}

export interface TwilioCall {
  /**
   * the address as Twilio was told it, query included. Made of our own public address, never of the headers `Host` and
   * `X-Forwarded-*`, which anybody may write: see `publicUrl`
   */
  url: string;
  /** the form as it came, `application/x-www-form-urlencoded` */
  body: string;
  /** `X-Twilio-Signature` */
  signature: string | undefined;
}

/**
 * Whether Twilio signed this form for this address: base64 of HMAC-SHA1, keyed with the account's auth token, over the
 * address followed by each parameter's name and value in the order of the names.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 *
 * Twilio leaves standard ports out in some cases and writes them in others, so both are tried, as its own libraries do.
 * There is no time in it: a form that is told again is the same call again, and changes nothing.
 */
export function twilioSignatureHolds({ url, body, signature }: TwilioCall, authToken: string): boolean {
  if (authToken === '' || signature === undefined) return false;
  const form = signedForm(new URLSearchParams(body));
  // both are always worked out: how long it takes tells nothing
  return portVariants(url)
    .map((address) => createHmac('sha1', authToken).update(address).update(form).digest('base64'))
    .map((expected) => sameText(expected, signature))
    .includes(true);
}

/** Whether the caller knows our secret, for systems that can send a header but not sign (3CX). */
export function bearerHolds(authorization: string | undefined, secret: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && secret !== '' && sameText(given, secret);
}

/**
 * The address that the other side was told, behind whatever proxies stand before us.
 *
 * @param base our public address as set, e.g. `https://loket.example.com`, with or without a path
 * @param path path and query of the request as they came, e.g. `/api/v1/channels/1/webhook?x=1`
 */
export function publicUrl(base: string, path: string): string {
  return base.replace(/\/+$/, '') + (path.startsWith('/') ? path : `/${path}`);
}

/** A name that stands several times counts once for each value that differs, values in order. */
function signedForm(params: URLSearchParams): string {
  const names = [...new Set(params.keys())].sort((a, b) => (a < b ? -1 : 1));
  return names
    .flatMap((name) => [...new Set(params.getAll(name))].sort().map((value) => name + value))
    .join('');
}

function portVariants(url: string): [string, string] {
  const match = /^(https?):\/\/([^/:?#]+)(:\d+)?([/?#].*)?$/i.exec(url);
  if (!match) return [url, url];
  const [, scheme = '', host = '', port, rest = ''] = match;
  const standard = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  if (port !== undefined && port !== standard) return [url, `${scheme}://${host}${rest}`];
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}${standard}${rest}`];
}

/** Compared as hashes, so that neither content nor length can be measured. */
function sameText(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
