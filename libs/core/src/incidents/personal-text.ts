import { AppError } from '@loket/contracts/errors.js';

const placeholder = /\{\{\s*([^{}\n]{0,40}?)\s*\}\}/g;
const nameWords: ReadonlySet<string> = new Set(['name', 'nama']);

const longestName = 80;

/**
 * The text as one customer reads it: `{{name}}` (or `{{nama}}`) becomes his name. Nothing else is ever put in, so that
 * nothing of another case can be.
 *
 * @param name null when it is unknown: the placeholder goes without leaving a gap
 */
export function personalText(text: string, name: string | null): string {
  const shown = presentable(name);
  if (shown !== null) return text.replace(placeholder, () => shown);
  return text
    .split('\n')
    .map((line) => (line.search(placeholder) < 0 ? line : withoutName(line)))
    .join('\n')
    .trim();
}

/** @throws AppError `unprocessable` `placeholder_unknown` with the word, when the text holds another placeholder */
export function requireKnownPlaceholders(text: string): void {
  for (const [whole, word = ''] of text.matchAll(placeholder)) {
    if (nameWords.has(word.toLowerCase())) continue;
    throw new AppError('unprocessable', 'placeholder_unknown', 'only {{name}} can be put into an update', {
      data: { placeholder: whole },
    });
  }
}

/** A name that can be said to a person: one line, not an address or a number that stands in for it. */
function presentable(name: string | null): string | null {
  const clean = (name ?? '')
    .replace(/[\p{Cc}\p{Cf}{}<>]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestName)
    .trim();
  if (clean === '' || /[@/\\]|https?:/i.test(clean) || !/\p{L}/u.test(clean)) return null;
  return clean;
}

/** "Halo {{name}}, …" → "Halo, …"; a line that began with the name begins with what followed it. */
function withoutName(line: string): string {
  const rest = line.replace(new RegExp(`[ \\t]*${placeholder.source}`, 'g'), '');
  const begun = /^\s*\{\{/.test(line);
  if (!begun) return rest;
  const said = rest.replace(/^[\s,:;.!-]+/, '');
  return said.charAt(0).toLocaleUpperCase() + said.slice(1);
}
