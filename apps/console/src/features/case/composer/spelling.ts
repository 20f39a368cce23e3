import type { Locale } from '@loket/contracts/access.js';

/**
 * The language that an answer begins in: the customer's own where the company answers in it, else the company's usual
 * one.
 *
 * @param answered of the workspace, the usual one first; empty while it is not known
 * @param own of whoever writes
 */
export function languageToWrite(spoken: string | null, answered: readonly string[], own: string): string {
  if (spoken !== null && (answered.length === 0 || answered.includes(spoken))) return spoken;
  return answered[0] ?? own;
}

/** What one can choose from: the languages that customers are answered in, and none. */
export function spellings(answered: readonly string[], usual: string): string[] {
  return [...(answered.length === 0 ? [usual] : answered), 'off'];
}

/** The language of canned answers that goes with it. */
export function localeOf(language: string, answered: readonly string[]): Locale {
  const isLocale = (code: string): code is Locale => code === 'id' || code === 'en';
  return [language, ...answered].find(isLocale) ?? 'id';
}
