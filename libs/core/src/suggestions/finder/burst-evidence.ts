import type { Evidence } from '@loket/contracts/inbound.js';
import { denial } from '../../matching/text/lexicon.js';
import type { Likeness } from './burst-likeness.js';

const mostWords = 6;

/** Why cases are believed to have one cause. @param burst left out when a case only joins what is known */
export function burstEvidence(
  likes: readonly Likeness[],
  burst: { customers: number; minutes: number } | null,
): Evidence[] {
  const evidence: Evidence[] = burst
    ? [
        {
          code: 'customers',
          data: { count: burst.customers, hours: Math.round((burst.minutes / 60) * 100) / 100 },
        },
      ]
    : [];
  const error = likes.find((like) => like.error !== null)?.error;
  if (error) evidence.push({ code: 'same_entity', data: { type: 'error', value: error } });
  const words = commonWords(likes);
  if (words.length > 0) {
    const percent = Math.round(meanLikeness(likes) * 100);
    evidence.push({ code: 'text_similar', data: { percent, words: words.join(', ') } });
  }
  return evidence;
}

export const usualCode = 'incident_usual';

/** How often such cases come on other days. */
export function usualEvidence(perDay: number): Evidence {
  return { code: usualCode, data: { perDay: Math.round(perDay * 10) / 10 } };
}

/** Likeness and how many there are: three that are half alike are likely, six are nearly certain. */
export function burstScore(likes: readonly Likeness[], customers: number): number {
  return round(0.55 * Math.min(1, meanLikeness(likes) + 0.25) + 0.45 * Math.min(1, customers / 6));
}

/** Of one more case of an incident that is known. */
export function joinScore(likes: readonly Likeness[]): number {
  return round(0.35 + 0.65 * Math.max(...likes.map((like) => like.score)));
}

export function meanLikeness(likes: readonly Likeness[]): number {
  return likes.reduce((sum, like) => sum + like.score, 0) / Math.max(1, likes.length);
}

const round = (score: number): number => Math.round(Math.min(0.99, score) * 1000) / 1000;

/** Those that most of them share, first. */
function commonWords(likes: readonly Likeness[]): string[] {
  const counts = new Map<string, number>();
  for (const { words } of likes) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, mostWords)
    .map(([word]) => legible(word));
}

/** `!login` is told as "≠ login", as in the reasons of rule 7 */
function legible(word: string): string {
  if (word.startsWith('product:')) return word.slice('product:'.length);
  return word.startsWith(denial) ? `≠ ${word.slice(denial.length)}` : word;
}
