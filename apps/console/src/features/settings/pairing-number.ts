import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/**
 * The number to link, as WhatsApp wants it: digits with the country's code. Takes what people type, `0812…` and
 * `+62 0812…` too; never refuses a number for how it looks, only for being too short or too long to be one.
 *
 * @param region of numbers without a country's code
 * @returns null when it cannot be a number
 */
export function pairingNumber(typed: string, region: string): string | null {
  const text = typed.trim().replace(/^00/, '+');
  const parsed = parsePhoneNumberFromString(text, region.toUpperCase() as CountryCode);
  const digits = (parsed?.number ?? text).replace(/\D/g, '');
  return digits.length >= 8 && digits.length <= 15 ? digits : null;
}
