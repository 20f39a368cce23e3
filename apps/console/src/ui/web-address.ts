export interface WebAddress {
  href: string;
  /** without what every address has, so that host and path can be read */
  shown: string;
}

/** An address that may be followed; null for everything that a browser would do something else with. */
export function webAddress(text: string): WebAddress | null {
  if (!/^https?:\/\//i.test(text.trim()) || !URL.canParse(text.trim())) return null;
  const url = new URL(text.trim());
  // who stands before the host only wants to be taken for it
  url.username = '';
  url.password = '';
  const rest = `${url.pathname}${url.search}${url.hash}`;
  return { href: url.href, shown: `${url.host}${rest === '/' ? '' : rest}` };
}
