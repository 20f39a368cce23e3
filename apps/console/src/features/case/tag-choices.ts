import type { Tag } from '@loket/contracts/tags.js';

export interface TagChoices {
  /** agreed tags that fit what was typed: the same word first, then those that begin with it */
  offered: Tag[];
  /** the typed word itself, where it may be put on the case; null where it may not, or is an agreed one */
  own: string | null;
}

/**
 * @param taken those that the case has already
 * @param free words that nobody has agreed on may be added
 */
export function tagChoices(
  text: string,
  tags: readonly Tag[],
  taken: readonly string[],
  free: boolean,
): TagChoices {
  const word = text.trim();
  const wanted = word.toLowerCase();
  const rank = ({ name }: Tag): number => {
    const lower = name.toLowerCase();
    return lower === wanted ? 0 : lower.startsWith(wanted) ? 1 : 2;
  };
  const offered = tags
    .filter(({ name, archived }) => !archived && !taken.includes(name) && name.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a) - rank(b));
  const agreed = tags.some(({ name, archived }) => !archived && name.toLowerCase() === wanted);
  return { offered, own: word && free && !agreed && !taken.includes(word) ? word.slice(0, 50) : null };
}
