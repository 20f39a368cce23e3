import { parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * Whether a normalised number can be somebody's telephone: valid in its country's numbering plan, and neither a short
 * code, a free or premium line, nor a shared-cost one. For numbers found in texts; a sender is never refused by it.
 *
 * @param value E.164 as `normaliseAddress` gives it
 */
export function isPlausiblePhone(value: string): boolean {
  if (!/^\+[1-9]\d{7,14}$/.test(value)) return false;
  const parsed = parsePhoneNumberFromString(value);
  if (!parsed?.isValid() || /^(\+62)?(\d)\2{6,}$/.test(value)) return false;
  // 0812-0000-0000 and the like stand in examples
  return !/(\d)\1{7}/.test(value) && (value.startsWith('+62') ? indonesian(value) : true);
}

/** Called by everybody, answered by a desk: 0-800, 0-804, 0-807, 0-809 and the 1500xxx numbers read with a country code. */
function indonesian(value: string): boolean {
  return !/^\+62(?:80[0479]|1500|14\d{3}$)/.test(value);
}

/** Mobile lines are one person's more often than not; landlines are a household's or an office's. */
export function isMobileLine(value: string): boolean {
  if (value.startsWith('+62')) return /^\+628[1-9]/.test(value);
  const type = parsePhoneNumberFromString(value)?.getType();
  return type === undefined || type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}
