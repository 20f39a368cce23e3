import type { VisitorPage } from '@loket/contracts/visitors.js';

/**
 * From where he came to the site: that stays what it is while he goes from page to page in it, when his browser names the
 * page before, or none.
 *
 * @param before where he was, in the same visit
 */
export function cameFrom({ url, referrer }: VisitorPage, before: VisitorPage | null): string {
  const from = originOf(referrer);
  const within = referrer === '' || (from !== null && from === originOf(url));
  return within ? (before?.referrer ?? '') : referrer;
}

function originOf(url: string): string | null {
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  return origin === 'null' ? null : origin;
}
