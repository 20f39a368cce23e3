import type { Locale } from '@loket/contracts/access.js';
import type { CannedAnswer, CreateCannedAnswer } from '@loket/contracts/canned-answers.js';
import { cannedVariables, fillCanned, type CannedVariable } from '@loket/contracts/canned-text.js';

export const cannedLocales = ['id', 'en'] as const satisfies readonly Locale[];

/** A canned answer as it is typed. */
export interface CannedForm {
  shortcut: string;
  title: string;
  texts: Record<Locale, string>;
  attachments: CannedAnswer['attachments'];
  scope: CannedAnswer['scope'];
  teamId: string | null;
}

export function cannedFormOf(answer: CannedAnswer | null): CannedForm {
  return {
    shortcut: answer?.shortcut ?? '',
    title: answer?.title ?? '',
    texts: { id: answer?.texts.id ?? '', en: answer?.texts.en ?? '' },
    attachments: answer?.attachments ?? [],
    scope: answer?.scope ?? 'mine',
    teamId: answer?.teamId ?? null,
  };
}

export function cannedOf({
  shortcut,
  title,
  texts,
  attachments,
  scope,
  teamId,
}: CannedForm): CreateCannedAnswer {
  const written = cannedLocales.filter((locale) => texts[locale].trim() !== '');
  return {
    shortcut: shortcut.trim().toLowerCase(),
    title: title.trim(),
    texts: Object.fromEntries(written.map((locale) => [locale, texts[locale].trim()])),
    attachments,
    scope,
    teamId: scope === 'team' ? teamId : null,
  };
}

export type CannedProblem =
  'shortcutMissing' | 'shortcutWrong' | 'shortcutTaken' | 'title' | 'texts' | 'team';

/** What the server would refuse. */
export function cannedProblems(
  form: CannedForm,
  others: readonly Pick<CannedAnswer, 'shortcut' | 'scope' | 'teamId'>[],
): CannedProblem[] {
  const { shortcut, teamId, scope, title, texts } = cannedOf(form);
  const taken = others.some(
    (other) => other.shortcut === shortcut && other.scope === scope && other.teamId === teamId,
  );
  return [
    ...(shortcut === '' ? (['shortcutMissing'] as const) : []),
    ...(shortcut !== '' && !/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u.test(shortcut)
      ? (['shortcutWrong'] as const)
      : []),
    ...(taken ? (['shortcutTaken'] as const) : []),
    ...(title === '' ? (['title'] as const) : []),
    ...(Object.keys(texts).length === 0 ? (['texts'] as const) : []),
    ...(scope === 'team' && teamId === null ? (['team'] as const) : []),
  ];
}

/** A blank put in where the cursor stands. @returns the text, and where the cursor goes on */
export function withVariable(
  text: string,
  variable: CannedVariable,
  from: number,
  to: number,
): { text: string; at: number } {
  const blank = `{{${variable}}}`;
  return { text: text.slice(0, from) + blank + text.slice(to), at: from + blank.length };
}

/** A piece of a preview: plain, filled in, or a blank that nothing will ever fill. */
export interface PreviewPart {
  text: string;
  kind: 'plain' | 'filled' | 'unknown';
}

/** An invented case, to fill the blanks with. */
export interface Sample {
  customer: { name: string; firstName: string };
  agent: { name: string; firstName: string };
  case: { number: string; subject: string };
  channel: { name: string };
}

/** `{customer: {name}}` → `{'customer.name'}`, as the blanks are called. */
function flat(sample: Sample): Record<CannedVariable, string> {
  return Object.fromEntries(
    Object.entries(sample).flatMap(([about, fields]) =>
      Object.entries(fields as Record<string, string>).map(([field, value]) => [`${about}.${field}`, value]),
    ),
  ) as Record<CannedVariable, string>;
}

/** The answer as a customer would get it, in pieces, so that what was filled in can be seen. */
export function previewOf(text: string, values: Sample): { parts: PreviewPart[]; unknown: string[] } {
  const sample = flat(values);
  const parts = text.split(/(\{\{\s*[\w.]+\s*\}\})/g).flatMap((piece): PreviewPart[] => {
    if (piece === '') return [];
    if (!/^\{\{\s*[\w.]+\s*\}\}$/.test(piece)) return [{ text: piece, kind: 'plain' }];
    const filled = fillCanned(piece, sample);
    return [{ text: filled.text, kind: filled.missing.length > 0 ? 'unknown' : 'filled' }];
  });
  return { parts, unknown: [...new Set(fillCanned(text, sample).missing)] };
}

/** In the order of the menu. */
export const variables: readonly CannedVariable[] = cannedVariables;

/** Those that hold all the words, in shortcut, title or text. */
export function searchCanned(answers: readonly CannedAnswer[], words: string): CannedAnswer[] {
  const wanted = words.toLowerCase().replace(/^\//, '').split(/\s+/).filter(Boolean);
  return answers.filter(({ shortcut, title, texts }) => {
    const all = [shortcut, title, ...Object.values(texts)].join('\n').toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}
