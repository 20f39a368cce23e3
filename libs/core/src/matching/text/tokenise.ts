/** Texts are read up to here: who writes more says what he wants at the beginning, or is hostile. */
export const longestText = 4_000;
export const mostWords = 300;
/** no word that means something is longer */
const longestWord = 40;

/** One word as it stands in the text, lower case. */
export interface Token {
  text: string;
  start: number;
  end: number;
}

/** zero-width characters, direction marks, soft hyphen, variation selectors, skin tones */
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]/g;
const marks = /\p{M}+/gu;
const ascii = /^[\u0000-\u007f]*$/;
const word = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;

/**
 * One spelling for what looks the same: compatibility forms, accents, curly quotes and dashes, invisible characters.
 * Letters keep their case, because codes and licence plates are told by it.
 */
export function cleanText(text: string): string {
  const cut = text.length > longestText ? text.slice(0, longestText) : text;
  if (ascii.test(cut)) return cut;
  return cut
    .replace(invisible, '')
    .normalize('NFKD')
    .replace(marks, '')
    .replace(/[\u2018\u2019\u201b\u02bc`\u00b4]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .slice(0, longestText);
}

/** Words of a clean text, in order; at most {@link mostWords}. */
export function tokensOf(clean: string): Token[] {
  const tokens: Token[] = [];
  for (const match of clean.toLowerCase().matchAll(word)) {
    const text = match[0];
    tokens.push({
      text: text.length > longestWord ? text.slice(0, longestWord) : text,
      start: match.index,
      end: match.index + text.length,
    });
    if (tokens.length >= mostWords) break;
  }
  return tokens;
}

/**
 * `tolongggg`, `haloooo`, `pleeease`: letters said three times or more are said once; a last letter said twice is
 * said once when that gives a known word.
 */
export function squeeze(text: string, known: (word: string) => boolean): string {
  let out = '';
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    const same = i > 0 && text[i] === text[i - 1];
    run = same ? run + 1 : 1;
    const digit = text.charCodeAt(i) < 58;
    if (!same || digit || (run === 2 && !(text[i + 1] === text[i]))) out += text[i];
  }
  if (out === text && !endsDouble(text)) return text;
  if (known(out)) return out;
  const once = out.replace(/([a-z])\1+/g, '$1');
  if (out !== text && known(once)) return once;
  if (endsDouble(out) && known(out.slice(0, -1))) return out.slice(0, -1);
  return out;
}

function endsDouble(text: string): boolean {
  const last = text.at(-1);
  return text.length > 3 && last === text.at(-2) && last !== undefined && last >= 'a' && last <= 'z';
}

/** `barang-barang`, `sampai2`, `teman²`: the word once. Others with a hyphen fall into their parts. */
export function parts(text: string): string[] {
  const doubled = /^([a-z]{3,})2(nya|an)?$/.exec(text);
  if (doubled?.[1]) return [doubled[1]];
  if (!text.includes('-')) return [text];
  const pieces = text.split('-').filter(Boolean);
  // e-book, e-ticket, x-ray
  if (pieces.length === 2 && pieces[0]?.length === 1) return [pieces.join('')];
  const [first = text, second] = pieces;
  if (pieces.length === 2 && second !== undefined && second.replace(/(?:nya|an)$/, '') === first)
    return [first];
  return pieces;
}
