import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';

/** How near the signer must be to the author (RFC 7489 §3.1): the same organisation, or the very same domain. */
export type Alignment = 'relaxed' | 'strict';

/** A domain as it can be compared: A-labels, lower case, no dot at the end; empty when it is none. */
export function comparable(domain: string): string {
  const written = domain.trim().replace(/^.*@/s, '').replace(/\.$/, '').toLowerCase();
  // Domains in ASCII are left alone: the URL rules would read some of them as numbers.
  return /^[\u0021-\u007e]*$/.test(written) ? written : domainToASCII(written);
}

export function sameDomain(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

/** The domain that its owner registered (public suffix list, private suffixes too); null for a public suffix itself. */
export function organisation(domain: string): string | null {
  return getDomain(comparable(domain), { allowPrivateDomains: true });
}

export function aligned(signer: string, from: string, alignment: Alignment = 'relaxed'): boolean {
  if (sameDomain(signer, from)) return true;
  if (alignment === 'strict') return false;
  const owner = organisation(from);
  return owner !== null && owner === organisation(signer);
}
