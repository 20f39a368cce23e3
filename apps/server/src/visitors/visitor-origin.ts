import type { IncomingHttpHeaders } from 'node:http';
import type { VisitorChannel } from '@loket/core/visitors/visitor-channels.js';
import { isKnownOrigin } from '../live/live-adapter.js';

/** Stands for our own pages, under whatever name people reach them. */
export const ownSite = 'self';

/**
 * The site on whose page the visitor is. Browsers leave `Origin` out when a page reads from its own server; then they say
 * so in another header, which no script can set (Fetch Metadata).
 *
 * @returns null when nobody says where from
 */
export function originOf(headers: IncomingHttpHeaders, publicUrl: string | undefined): string | null {
  const { origin, host } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] === 'same-origin' ? ownSite : null;
  if (isKnownOrigin({ origin, host }, publicUrl)) return ownSite;
  return URL.canParse(origin) ? new URL(origin).origin.toLowerCase() : null;
}

/** Our own pages hold the demo, so they may always; all others are named in the settings. */
export function isServed(origin: string | null, { config }: VisitorChannel): origin is string {
  if (origin === null || origin === 'null') return false;
  return origin === ownSite || config.allowedOrigins.some((allowed) => allowed.toLowerCase() === origin);
}
