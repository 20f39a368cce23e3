/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** The words that rows are to show as found: those that were typed, or those that stood in for them. */
export function searchedWords(q: string | undefined, similar: readonly string[] = []): string[] {
  const typed = (q ?? '').toLowerCase().match(/[\p{L}\p{N}@._+-]+/gu) ?? [];
  return [...new Set([...typed, ...similar])].filter((word) => word.length > 1);
}

/** A text in pieces: beginnings of words that were looked for stand alone. */
export function pieces(text: string, words: readonly string[]): Piece[] {
  if (words.length === 0 || text === '') return [{ text, hit: false }];
  const longest = words.toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${longest.map(escaped).join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((piece, at) => ({ text: piece, hit: at % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
