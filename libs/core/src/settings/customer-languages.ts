import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';

/**
 * The language in which somebody is answered: his own when the company answers in it, else the company's usual one.
 *
 * @param spoken null: nobody knows yet
 * @param answered of the workspace, the usual one first
 */
export function answeredIn(spoken: string | null, answered: readonly string[]): string | null {
  if (spoken === null || answered.includes(spoken)) return spoken;
  return answered[0] ?? null;
}

/** The language of automatic texts for people whose language nobody knows: of those that we have, the usual one. */
export function usualWords(answered: readonly string[]): VisitorLanguage {
  return answered.find((code): code is VisitorLanguage => code === 'id' || code === 'en') ?? 'id';
}
