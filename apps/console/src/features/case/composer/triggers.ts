/** `/` asks for a canned answer, `@` for a colleague. */
export interface Trigger {
  sign: '/' | '@';
  /** what stands after the sign, to the caret */
  query: string;
  /** characters before the caret that it takes the place of */
  length: number;
}

const signs = {
  '/': /(?:^|\s)(\/([\p{L}\p{N}_-]{0,40}))$/u,
  '@': /(?:^|[\s(])(@([\p{L}\p{N}._'-]{0,40}))$/u,
};

/** @param before the text before the caret, in its line */
export function findTrigger(before: string, allowed: readonly Trigger['sign'][]): Trigger | null {
  for (const sign of allowed) {
    const found = signs[sign].exec(before);
    if (found) return { sign, query: (found[2] ?? '').toLowerCase(), length: (found[1] ?? '').length };
  }
  return null;
}

interface Named {
  id: string;
  name: string;
}

/** Ids of those whose `@Name` stands in the text. Of two names that begin alike the longer one is meant. */
export function mentionsIn(text: string, people: readonly Named[]): string[] {
  return [...new Set(mentionParts(text, people).flatMap((part) => part.id ?? []))];
}

/** The text in pieces; those that name somebody have his id. */
export function mentionParts(text: string, people: readonly Named[]): { text: string; id: string | null }[] {
  const byLength = people.toSorted((a, b) => b.name.length - a.name.length);
  const parts: { text: string; id: string | null }[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < from) continue;
    const rest = text.slice(at + 1);
    const who = byLength.find(
      ({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    if (!who) continue;
    if (at > from) parts.push({ text: text.slice(from, at), id: null });
    from = at + 1 + who.name.length;
    parts.push({ text: text.slice(at, from), id: who.id });
  }
  if (from < text.length) parts.push({ text: text.slice(from), id: null });
  return parts;
}

/** Where the blanks of a canned answer stand that nobody has filled. */
export function blanksIn(text: string): { name: string; at: number; length: number }[] {
  return [...text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map((match) => ({
    name: match[1] ?? '',
    at: match.index,
    length: match[0].length,
  }));
}
