import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import type { IdentityKind } from '@loket/contracts/inbound.js';

export interface NormalisedAddress {
  kind: IdentityKind;
  /** what is compared: two spellings of one address give the same value */
  value: string;
  /** as it was written, trimmed; used for sending and shown to people */
  verbatim: string;
}

/**
 * Brings an address into the one form in which it is compared (DESIGN §4). Never rejects: an address that looks wrong
 * is still somebody's.
 *
 * - `email`: lower case, domain in ASCII (IDNA), no `mailto:` or brackets. Dots and plus-tags stay: they may be
 *   different people.
 * - `phone`, `whatsapp`: E.164 where it can be read as a number (`0812…`, `+62 812…` and `620812…` are one), else the
 *   digits alone, else the text.
 * - others: as they are.
 *
 * @param defaultRegion ISO 3166 region of numbers without a country code
 */
export function normaliseAddress(kind: IdentityKind, value: string, defaultRegion = 'ID'): NormalisedAddress {
  const verbatim = value.normalize('NFC').trim();
  switch (kind) {
    case 'email':
      return { kind, value: normaliseEmail(verbatim), verbatim };
    case 'phone':
      return { kind, value: normalisePhone(verbatim, defaultRegion), verbatim };
    case 'whatsapp':
      return { kind, value: normaliseWhatsapp(verbatim, defaultRegion), verbatim };
    case 'lid':
    case 'bsuid':
    case 'visitor':
    case 'external':
      return { kind, value: verbatim, verbatim };
  }
}

function normaliseEmail(text: string): string {
  const address = text
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .trim()
    .toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 0) return address;
  const domain = address.slice(at + 1).replace(/\.$/, '');
  // An empty answer means that it is no domain name; then it is compared as written.
  return `${address.slice(0, at)}@${domainToASCII(domain) || domain}`;
}

function normaliseWhatsapp(text: string, region: string): string {
  const user = text.replace(/@.*$/, '').replace(/:\d+$/, '');
  // WhatsApp ids are international without the plus; a leading zero means that a person typed it.
  return normalisePhone(/^[1-9]\d{7,}$/.test(user) ? `+${user}` : user, region);
}

function normalisePhone(text: string, region: string): string {
  const parsed = parsePhoneNumberFromString(text, region as CountryCode);
  const number = parsed?.number ?? digitsOf(text);
  // The trunk zero kept behind the country code is a common slip, and Indonesia has no number that starts so.
  return number.replace(/^\+620+/, '+62');
}

function digitsOf(text: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits === '') return text.toLowerCase();
  return digits.startsWith('62') && digits.length >= 9 ? `+${digits}` : digits;
}
