import { shareOf, type NameFrequencies } from './name-frequencies.js';
import type { NameToken, PersonName } from './person-name.js';
import { spellingKey } from './spelling-key.js';

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
  const wanted = spellingKey(handle);
  const usable = words.filter((word) => !word.father).slice(0, maxWords);
  let best: HandleMatch | null = null;
  const extend = (written: string, used: ReadonlySet<NameToken>, match: HandleMatch): void => {
    const near = Math.abs(written.length - handle.length) <= maxWords;
    if (match.full > 0 && near && (written === handle || spellingKey(written) === wanted)) {
      if (best === null || match.bits > best.bits) best = match;
    }
    if (written.length > handle.length + maxWords) return;
    for (const word of usable) {
      if (used.has(word)) continue;
      const next = new Set([...used, word]);
      if (!word.initial) {
        const share = shareOf(word.key, frequencies);
        extend(written + word.text, next, {
          ...match,
          full: match.full + 1,
          bits: match.bits + Math.min(12, -Math.log2(share)),
          share: Math.min(match.share, share),
        });
      }
      extend(written + word.text.slice(0, 1), next, {
        ...match,
        initials: match.initials + 1,
        bits: match.bits + 2.5,
      });
    }
  };
  extend('', new Set(), { full: 0, initials: 0, bits: 0, share: 1 });
  return best;
}
