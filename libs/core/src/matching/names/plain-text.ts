/** Longer names are cut: nobody's name is longer, and the work stays bounded. */
export const maxNameChars = 200;

const marks = /\p{M}+/gu;
/** Zero-width characters, direction marks, variation selectors, soft hyphens. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/g;

/**
 * Letters as one would read them aloud: styled alphabets (`𝓑𝓾𝓭𝓲`, `Ｂｕｄｉ`) become plain ones, accents and invisible
 * characters go. Case stays.
 */
export function plainLetters(text: string): string {
  return text
    .slice(0, maxNameChars)
    .normalize('NFKD')
    .slice(0, 4 * maxNameChars)
    .replace(invisible, '')
    .replace(marks, '')
    .replace(/[ʼ’‘`´]/g, "'")
    .replace(/[‐‑‒–—―−]/g, '-');
}
