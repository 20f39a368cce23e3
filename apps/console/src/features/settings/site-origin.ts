/**
 * What was typed or pasted, as the site that is meant: a whole address of a page becomes its site, a name without a
 * scheme is taken for https. The server compares what browsers say of themselves: scheme, host and port.
 *
 * @returns null when it is no site
 */
export function siteOf(typed: string): string | null {
  const text = typed.trim();
  if (!text || text.includes('*')) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `${isLocal(text) ? 'http' : 'https'}://${text}`;
  if (!URL.canParse(address)) return null;
  const { origin, hostname, username } = new URL(address);
  if (username || !(hostname.includes('.') || hostname === 'localhost')) return null;
  return /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(origin) ? origin : null;
}

/** Sites as they are typed, tidied: what is none stays as it is, for the field to say so. */
export function sitesOf(typed: readonly string[]): string[] {
  return [...new Set(typed.map((text) => siteOf(text) ?? text.trim()).filter((text) => text !== ''))];
}

/** With and without `www.` are two sites to a browser, and seldom to the people who type them. */
export function missingTwins(sites: readonly string[]): string[] {
  return sites.flatMap((site) => {
    if (siteOf(site) !== site) return [];
    const { hostname } = new URL(site);
    const www = hostname.startsWith('www.');
    // toko.example and toko.co.id have a www; halo.toko.example and numbers have none
    const labels = hostname.replace(/^www\./, '').split('.');
    const plain = labels.length === 2 || (labels.length === 3 && (labels[1]?.length ?? 9) <= 3);
    if (!plain || /^[\d.]+$/.test(hostname)) return [];
    const twin = www ? site.replace('://www.', '://') : site.replace('://', '://www.');
    return sites.includes(twin) ? [] : [twin];
  });
}

function isLocal(text: string): boolean {
  return /^(localhost|127\.0\.0\.1)(:|\/|$)/i.test(text);
}
