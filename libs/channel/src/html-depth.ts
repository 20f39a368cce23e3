/** Elements that have no end tag, or whose end tag the next one stands for. They never pile up. */
const selfEnding = new Set(
  `area base br col embed hr img input link meta param source track wbr
  p li dt dd tr td th thead tbody tfoot colgroup option optgroup rt rp html head body`.split(/\s+/),
);

/**
 * Does the HTML leave more than `limit` elements open at once? Parsers look through all open elements at each end tag,
 * so depth times length is what a hostile document makes us pay. Linear, without parsing; rough on purpose.
 */
export function nestsTooDeep(html: string, limit = 500): boolean {
  const open = new Map<string, number>();
  let depth = 0;
  for (const [, slash, written] of html.matchAll(/<(\/?)([a-z][a-z0-9:_-]{0,40})/gi)) {
    const name = (written ?? '').toLowerCase();
    if (selfEnding.has(name)) continue;
    const count = open.get(name) ?? 0;
    if (slash === '') {
      open.set(name, count + 1);
      if (++depth > limit) return true;
    } else if (count > 0) {
      open.set(name, count - 1);
      depth--;
    }
  }
  return false;
}

/** The words of HTML that is not worth parsing. Linear. */
export function stripTags(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/div|\/tr|\/li)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[ \t]{2,}/g, ' ');
}
