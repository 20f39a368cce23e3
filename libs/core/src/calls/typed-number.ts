import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js';

/** How stored numbers may begin and end that fit what is typed so far. */
export interface TypedNumber {
  starts: string[];
  /** digits, when enough of them are typed to look for the end of a number */
  ends: string | null;
}

/** fewer digits at the end of a number are in too many */
const leastEnding = 4;

/**
 * What is typed of a number is mostly its beginning, as people write it: with the country code, with the trunk zero, or
 * without both. Stored are E.164 and, where a number could not be read, digits.
 *
 * @param region ISO 3166, of numbers without a country code
 * @returns null when there is hardly a digit in it
 */
export function typedNumber(text: string, region: string): TypedNumber | null {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 3) return null;
  const ending = digits.replace(/^0+/, '');
  const ends = ending.length >= leastEnding ? ending : null;
  if (text.trim().startsWith('+')) return { starts: [`+${digits}`], ends };
  if (digits.startsWith('00')) return { starts: [`+${digits.slice(2)}`], ends };
  const code = isSupportedCountry(region) ? getCountryCallingCode(region) : '62';
  const national = `+${code}${ending}`;
  return { starts: digits.startsWith('0') ? [national, digits] : [`+${digits}`, national, digits], ends };
}
