import { shareOf, type NameFrequencies } from './name-frequencies.js';
import type { NameToken, PersonName } from './person-name.js';
import { fold } from './spelling-key.js';

export interface HandleMatch {
  /** words of the name that stand in the handle in full, and those by their first letter */
  full: number;
  initials: number;
  /** bits of evidence, before any cap */
  bits: number;
  /** of the rarest word that stands in full */
  share: number;
}

/** With more words the ways to put them together grow too many. */
const maxWords = 4;

/**
 * Whether a name in one word (`bsantoso`, `rinamarlina`, from a mail address or a chat profile) is put together from the
 * words of the other name, in any order, each in full or by its first letter.
 *
 * @returns null when neither is in one word, both are, or it was not made of that name
 */
export function compareHandle(
  a: PersonName,
  b: PersonName,
  frequencies?: NameFrequencies,
): HandleMatch | null {
  if (a.tokens.length === 1 && b.tokens.length === 1) return null;
  const found = [
    a.handle === null ? null : madeOf(a.handle, b.tokens, frequencies),
    b.handle === null ? null : madeOf(b.handle, a.tokens, frequencies),
  ].filter((match) => match !== null);
  return found.sort((x, y) => y.bits - x.bits)[0] ?? null;
}

/** How the letters are put together from the words; null when they are not. */
export function madeOf(
  handle: string,
  words: readonly NameToken[],
  frequencies?: NameFrequencies,
): HandleMatch | null {
  const wanted = fold(handle);
  const usable = words
    .filter((word) => !word.father)
    .slice(0, maxWords)
    .map(({ text, key, initial }) => ({
      full: initial ? [] : [...new Set([key, fold(text)])],
      initials: [...new Set([key.slice(0, 1), text.slice(0, 1)])],
      share: shareOf(key, frequencies),
    }));
  let best: HandleMatch | null = null;
  const read = (at: number, used: readonly Usable[], match: HandleMatch): void => {
    if (at === wanted.length && match.full > 0 && (best === null || match.bits > best.bits)) best = match;
    for (const word of usable) {
      if (used.includes(word)) continue;
      for (const piece of word.full) {
        const end = endOf(wanted, piece, at);
        if (end === null) continue;
        read(end, [...used, word], {
          full: match.full + 1,
          initials: match.initials,
          bits: match.bits + Math.min(12, -Math.log2(word.share)),
          share: Math.min(match.share, word.share),
        });
        break;
      }
      if (word.initials.some((letter) => wanted.startsWith(letter, at))) {
        read(at + 1, [...used, word], { ...match, initials: match.initials + 1, bits: match.bits + 2.5 });
      }
    }
  };
  read(0, [], { full: 0, initials: 0, bits: 0, share: 1 });
  return best;
}

interface Usable {
  full: string[];
  initials: string[];
  share: number;
}

/** Where a word ends that begins here; equal letters where two words meet were folded into one (`budi` `irawan`). */
function endOf(wanted: string, piece: string, at: number): number | null {
  if (wanted.startsWith(piece, at)) return at + piece.length;
  const meets = at > 0 && wanted[at - 1] === piece[0] && piece.length > 1;
  return meets && wanted.startsWith(piece.slice(1), at) ? at + piece.length - 1 : null;
}
