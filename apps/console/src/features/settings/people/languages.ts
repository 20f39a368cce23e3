import type { Locale } from '@loket/contracts/access.js';

/** Spoken by customers here, the usual ones first; any other code can be typed too. */
const usual = [
  'id',
  'en',
  'jv',
  'su',
  'ms',
  'min',
  'mad',
  'ban',
  'bug',
  'zh',
  'ar',
  'ja',
  'ko',
  'hi',
  'nl',
  'de',
];

/** BCP 47 codes with the names that the reader knows. */
export function languageChoices(
  locale: Locale,
  stored: readonly string[],
): { value: string; label: string }[] {
  const codes = [...usual, ...stored.filter((code) => !usual.includes(code))];
  return codes.map((value) => ({ value, label: languageName(value, locale) }));
}

export function languageName(code: string, locale: Locale): string {
  const name = new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
