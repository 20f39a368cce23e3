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

/** Written by nobody and seen by nobody: zero-width characters, direction marks, soft hyphens. Copied along from chats. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function normaliseEmail(text: string): string {
  const address = withoutDisplayName(text.replace(invisible, ''))
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 0) return address;
  const local = address.slice(0, at);
  const domain = address
    .slice(at + 1)
    .trim()
    .replace(/[.,;]{1,5}$/, '');
  // An empty answer means that it is no domain name; then it is compared as written.
  return `${local.startsWith('"') ? local : local.trim()}@${domainToASCII(domain) || domain}`;
}

/** `Budi <budi@toko.example>` is the address in the brackets (RFC 5322 §3.4). */
function withoutDisplayName(text: string): string {
  const address = text.trim();
  return address.endsWith('>') ? address.slice(address.lastIndexOf('<') + 1, -1) : address;
}

/** What WhatsApp names without a number: hidden users, groups, broadcasts. Their digits are no telephone number. */
const numberless = /@(?:lid|g\.us|broadcast|newsletter)$/i;

function normaliseWhatsapp(text: string, region: string): string {
  if (numberless.test(text)) return text.toLowerCase();
  const user = text
    .replace(/^whatsapp:/i, '')
    .replace(/@.*$/, '')
    .replace(/:\d+$/, '');
  // WhatsApp ids are international without the plus; a leading zero means that a person typed it.
  return normalisePhone(/^[1-9]\d{7,}$/.test(user) ? `+${user}` : user, region);
}

function normalisePhone(text: string, region: string): string {
  const number =
    parseInternational(text) ??
    parse(text, region) ??
    parse(firstOfSeveral(text), region) ??
    parsePhoneNumberFromString(text, region as CountryCode)?.number ??
    digitsOf(text);
  // The trunk zero kept behind the country code is a common slip, and Indonesia has no number that starts so.
  return number.replace(/^\+620+/, '+62');
}

/** Only what is a number in its country; anything else is tried in other ways first. */
function parse(text: string, region: string): string | null {
  const parsed = parsePhoneNumberFromString(text, region as CountryCode);
  return parsed?.isPossible() ? parsed.number : null;
}

/** `0062 812…`: 00 is how most of the world dials abroad, whatever the channel's own region does. */
function parseInternational(text: string): string | null {
  const digits = /^\s*00\s?([1-9][\d\s().-]{6,25})$/.exec(text)?.[1];
  const parsed = digits === undefined ? undefined : parsePhoneNumberFromString(`+${digits}`);
  return parsed?.isValid() ? parsed.number : null;
}

/** `0812… / 0813…`, as address books write two numbers in one field. */
function firstOfSeveral(text: string): string {
  return text.split(/[/,;|]/, 1)[0] ?? text;
}

function digitsOf(text: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits === '') return text.toLowerCase();
  return digits.startsWith('62') && digits.length >= 9 ? `+${digits}` : digits;
}
