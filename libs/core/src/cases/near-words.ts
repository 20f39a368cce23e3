/** How many slips a word of this length may hold and still be the word that was meant. */
export function slipsAllowed(length: number): number {
  return length < 4 ? 0 : length < 7 ? 1 : 2;
}

/**
 * Letters left out, added, taken for another, or swapped with their neighbour (optimal string alignment).
 * @returns more than `most` when there are more, not how many
 */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(last[column]! + 1, now[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, before[column - 2]! + 1);
      now.push(least);
    }
    if (Math.min(...now) > most) return most + 1;
    [before, last] = [last, now];
  }
  return last[b.length]!;
}

/**
 * The known words that somebody who typed this may have meant, nearest first.
 *
 * @param unfinished he may be in the middle of the word: beginnings of longer words count too
 */
export function nearWords(
  typed: string,
  known: readonly string[],
  unfinished: boolean,
  limit: number,
): string[] {
  const most = slipsAllowed(typed.length);
  const slips = (word: string): number => {
    const whole = slipsBetween(typed, word, most);
    if (!unfinished || whole === 0 || word.length <= typed.length) return whole;
    return Math.min(
      whole,
      slipsBetween(typed, word.slice(0, typed.length), most),
      slipsBetween(typed, word.slice(0, typed.length + 1), most),
    );
  };
  return known
    .map((word) => ({ word, slips: slips(word) }))
    .filter((near) => near.slips <= most)
    .sort((a, b) => a.slips - b.slips || a.word.length - b.word.length || (a.word < b.word ? -1 : 1))
    .slice(0, limit)
    .map(({ word }) => word);
}
