import type { Locale } from '@loket/contracts/access.js';
import type { CannedAnswer } from '@loket/contracts/canned-answers.js';

/** What its text is in the wanted language, or in the other one where it was not written in that. */
export function cannedText(
  { texts }: Pick<CannedAnswer, 'texts'>,
  language: Locale,
): { text: string; language: Locale } {
  const wanted = texts[language];
  if (wanted !== undefined) return { text: wanted, language };
  const other: Locale = language === 'id' ? 'en' : 'id';
  return { text: texts[other] ?? '', language: other };
}

/** Those that match what is typed: by shortcut first, then by title, then by what they say. */
export function findCanned(
  answers: readonly CannedAnswer[],
  query: string,
  language: Locale,
): CannedAnswer[] {
  const rank = (answer: CannedAnswer): number => {
    if (answer.shortcut.startsWith(query)) return 0;
    if (answer.shortcut.includes(query)) return 1;
    if (answer.title.toLowerCase().includes(query)) return 2;
    return cannedText(answer, language).text.toLowerCase().includes(query) ? 3 : 4;
  };
  return answers
    .map((answer) => ({ answer, at: rank(answer) }))
    .filter(({ at }) => at < 4)
    .toSorted((a, b) => a.at - b.at)
    .map(({ answer }) => answer);
}
