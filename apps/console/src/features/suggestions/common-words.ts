/** Words that stand in most messages and so say nothing by being the same. Indonesian and English. */
const common = new Set(
  (
    'yang dari untuk dengan pada saya kami kita anda tidak sudah belum bisa akan atau juga mohon tolong terima kasih ' +
    'selamat pagi siang sore malam halo sampai masih kalau karena dalam this that with from have has been your what ' +
    'when please thank thanks hello there would could about still will'
  ).split(' '),
);

const word = /[\p{L}\p{N}][\p{L}\p{N}_/.-]*[\p{L}\p{N}]|\p{N}/gu;

function wordsOf(texts: readonly string[]): Set<string> {
  const words = texts.flatMap((text) => text.toLowerCase().match(word) ?? []);
  return new Set(words.filter((one) => (one.length >= 4 || /\d{2}/.test(one)) && !common.has(one)));
}

/** Words and numbers that both sides hold and that are worth marking. */
export function commonWords(a: readonly string[], b: readonly string[]): ReadonlySet<string> {
  const other = wordsOf(b);
  return new Set([...wordsOf(a)].filter((one) => other.has(one)));
}

export interface Piece {
  text: string;
  same: boolean;
}

/** Cuts a text so that what both sides have can be marked. Pieces put together give the text again. */
export function marked(text: string, same: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(word)) {
    if (!same.has(match[0].toLowerCase())) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), same: false });
    pieces.push({ text: match[0], same: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), same: false });
  return pieces;
}
