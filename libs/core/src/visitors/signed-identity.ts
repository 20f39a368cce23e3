import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '@loket/contracts/errors.js';
import { visitorIdentityClaimsSchema, type VisitorIdentityClaims } from '@loket/contracts/visitors.js';

/** Seconds by which the site's clock and ours may differ. */
const leeway = 60;
/** Seconds that a signed identity may be good for; one that lasts longer is a password in a page. */
const longest = 24 * 3600;
const part = /^[A-Za-z0-9_-]+$/;

/**
 * Reads a host site's JWT. Only HS256 counts, whatever the token says of itself (RFC 8725 §3.1), and nothing in its
 * header is followed.
 *
 * @param secret of the channel; undefined when it has none
 * @throws AppError `forbidden` `not_proven`: no more is told, so that nobody can feel his way
 */
export function readSignedIdentity(
  jwt: string,
  { secret, channelId, now }: { secret: string | undefined; channelId: string; now: Date },
): VisitorIdentityClaims {
  const [head = '', body = '', signature = '', ...more] = jwt.split('.');
  if (!secret || more.length > 0 || ![head, body, signature].every((p) => part.test(p))) throw notProven();
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  // Also the one spelling: base64url has several for the same bytes.
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw notProven();
  if (given.toString('base64url') !== signature) throw notProven();
  const header = json(head);
  if (typeof header !== 'object' || header === null) throw notProven();
  if ((header as { alg?: unknown }).alg !== 'HS256' || 'crit' in header) throw notProven();
  const claims = visitorIdentityClaimsSchema.safeParse(json(body));
  if (!claims.success) throw notProven();
  const { aud, exp } = claims.data;
  const seconds = now.getTime() / 1000;
  if (aud !== channelId || exp <= seconds - leeway || exp > seconds + longest + leeway) throw notProven();
  const notBefore = (json(body) as { nbf?: unknown }).nbf;
  if (notBefore !== undefined && !(typeof notBefore === 'number' && notBefore <= seconds + leeway))
    throw notProven();
  return claims.data;
}

function json(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

export function notProven(): AppError {
  return new AppError('forbidden', 'not_proven', 'that does not prove who you are');
}
