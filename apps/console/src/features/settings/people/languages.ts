import type { Locale } from '@loket/contracts/access.js';
import { languageName } from '../../../ui/language-name.js';

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

/**
 * BCP 47 codes with the names that the reader knows.
 *
 * @param first those that the company answers in, which are offered before others
 */
export function languageChoices(
  locale: Locale,
  stored: readonly string[],
  first: readonly string[] = [],
): { value: string; label: string }[] {
  const codes = [...new Set([...first, ...usual, ...stored])];
  return codes.map((value) => ({ value, label: languageName(value, locale) }));
}
