import addressparser from 'nodemailer/lib/addressparser';
import { cleanText } from './charset.js';
import type { Head } from './head.js';

export interface MailAddress {
  address: string;
  name: string | null;
}

/** Bidi overrides, zero-width marks and controls: they make a name look like another. */

const deceptive = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const plausible = /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+$|^"[^"]{1,64}"@[^\s@<>(),;:"\\]+$/;

/**
 * Addresses of one header field in order, groups flattened (RFC 5322 §3.4), names decoded. What has no usable address
 * (`undisclosed-recipients:;`) is left out.
 */
export function parseAddresses(raw: string, head: Head): MailAddress[] {
  // Decoding before parsing would let an encoded name smuggle in addresses.
  const parsed = addressparser(raw.slice(0, 100_000), { flatten: true });
  const found: MailAddress[] = [];
  for (const { address: written, name } of parsed) {
    let address = cleanText(written ?? '')
      .replace(deceptive, '')
      .replace(/^mailto:/i, '')
      .trim();
    let label = name ?? '';
    if (!plausible.test(address) && plausible.test(label.trim())) {
      [address, label] = [label.trim(), ''];
    }
    if (address.length > 320 || !plausible.test(address)) continue;
    const shown = head
      .decode(label)
      .replace(deceptive, '')
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2')
      .slice(0, 255);
    found.push({
      address,
      name: shown === '' || shown.toLowerCase() === address.toLowerCase() ? null : wellFormed(shown),
    });
  }
  return found;
}

/** All addresses of all fields of that name. */
export function addressesOf(head: Head, name: string): MailAddress[] {
  return head.rawAll(name).flatMap((raw) => parseAddresses(raw, head));
}

/** Domain of an address in lower case; empty when there is none. */
export function domainOf(address: string): string {
  return address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/\.$/, '');
}

/** Cutting may have halved a character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '');
}
