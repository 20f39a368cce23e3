export type Mark = 'bold' | 'italic' | 'struck' | 'mono';

/** Words, and what is marked in them. */
export interface Marked {
  mark: Mark | null;
  text: string;
  /** marks inside marks; empty where there are none */
  parts: Marked[];
}

const marks: Record<string, Mark> = { '*': 'bold', _: 'italic', '~': 'struck' };

/**
 * Marks stand around words, not inside them: an address with underscores is no emphasis. Three backticks keep what is
 * between them as it is.
 */
const form =
  /(?<=^|[\s([{"'“‘*_~])(?:```(?<mono>[\s\S]+?)```|(?<sign>[*_~])(?=\S)(?<words>[^\n]*?\S)\k<sign>)(?=$|[\s.,!?:;)\]}"'”’*_~…-])/gu;

/** Beyond this much it is no chat any more, and looking for marks would take long. */
const longest = 10_000;

/** Reads text as WhatsApp writes emphasis: `*bold*` `_italic_` `~struck~` and three backticks. */
export function readMarks(text: string): Marked[] {
  if (text.length > longest) return [{ mark: null, text, parts: [] }];
  const found: Marked[] = [];
  const plain = (words: string) => words !== '' && found.push({ mark: null, text: words, parts: [] });
  let from = 0;
  for (const match of text.matchAll(form)) {
    const { mono, sign = '', words = '' } = match.groups ?? {};
    plain(text.slice(from, match.index));
    if (mono !== undefined) found.push({ mark: 'mono', text: mono, parts: [] });
    else {
      const inner = readMarks(words);
      const parts = inner.some((part) => part.mark !== null) ? inner : [];
      found.push({ mark: marks[sign] ?? null, text: words, parts });
    }
    from = match.index + match[0].length;
  }
  plain(text.slice(from));
  return found;
}
