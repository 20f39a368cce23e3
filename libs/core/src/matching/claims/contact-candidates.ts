import { getCountryCallingCode, type CountryCode } from 'libphonenumber-js';
import { isPlausiblePhone } from '../../customers/address-plausible-phone.js';
import { normaliseAddress } from '../../customers/normalise-address.js';

/** Something in a text that can be written or called to, whoever's it is. */
export interface Candidate {
  kind: 'phone' | 'whatsapp' | 'email';
  /** as `normaliseAddress` gives it */
  value: string;
  verbatim: string;
  /** where it stands in the text, in UTF-16 units */
  start: number;
  end: number;
  /** a number without `+`, `0` or country code: only a label makes it one */
  bare: boolean;
}

/** A message with more is a list, not a letter. */
const maxCandidates = 30;

/** Bounded on every side, so that no text makes it slow. */
const mailPattern =
  /(?<![\w.%+@-])[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9][a-z0-9.-]{0,200}\.[a-z]{2,24}(?![\w@-])/gi;
const chatLink =
  /(?:https?:\/\/)?(?:wa\.me\/|(?:api|web)\.whatsapp\.com\/send\/?\?phone=|whatsapp:\/\/send\?phone=)\+?(\d{8,15})[^\s<>"]{0,200}/gi;
const phonePattern =
  /(?<![\p{L}\d@.,/#=_+-])(?:\+|\(\+?)?\d[\d \t\u00a0().\u2010-\u2015-]{5,24}\d(?![\p{L}\d@#=_%])/gu;

/** Mail addresses, chat links and telephone numbers, in the order in which they stand. Linear in the length. */
export function candidatesIn(text: string, region: string): Candidate[] {
  const found: Candidate[] = [];
  const free = (start: number, end: number): boolean => found.every((c) => end <= c.start || start >= c.end);
  for (const match of bounded(text, mailPattern)) {
    found.push(candidate('email', match[0], match.index, region));
  }
  for (const match of bounded(text, chatLink)) {
    const value = normaliseAddress('whatsapp', `+${match[1]}`, region).value;
    const [start, end] = [match.index, match.index + match[0].length];
    if (isPlausiblePhone(value))
      found.push({ kind: 'whatsapp', value, verbatim: match[0], start, end, bare: false });
  }
  for (const match of bounded(text, phonePattern)) {
    const number = phoneAt(match[0], match.index, region);
    if (number !== null && free(number.start, number.end)) found.push(number);
  }
  return found.sort((a, b) => a.start - b.start);
}

function* bounded(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  let count = 0;
  for (const match of text.matchAll(pattern)) {
    if (count++ === maxCandidates) return;
    yield match;
  }
}

function candidate(kind: Candidate['kind'], verbatim: string, start: number, region: string): Candidate {
  const { value } = normaliseAddress(kind, verbatim, region);
  return { kind, value, verbatim, start, end: start + verbatim.length, bare: false };
}

function phoneAt(text: string, start: number, region: string): Candidate | null {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 16) return null;
  const abroad = text.trimStart().startsWith('+') || text.startsWith('(+');
  const code = callingCode(region);
  const marked = abroad || digits.startsWith('0') || (code !== null && digits.startsWith(code));
  // 12.500.000 and 2026-11-20 are no telephone numbers
  if (!marked && /[.\s-]/.test(text)) return null;
  const found = candidate('phone', text, start, region);
  return isPlausiblePhone(found.value) ? { ...found, bare: !marked } : null;
}

function callingCode(region: string): string | null {
  try {
    return getCountryCallingCode(region as CountryCode);
  } catch {
    return null;
  }
}
