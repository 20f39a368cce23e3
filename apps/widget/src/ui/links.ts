/** A stretch of a message: `href` is null where it is only text. */
export interface Stretch {
  text: string;
  href: string | null;
}

const candidates =
  /(?:https?:\/\/|mailto:|www\.)[^\s<>"'`]+|[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi;
const schemes = new Set(['http:', 'https:', 'mailto:']);

/** Finds the addresses in a text. What is shown is always what was written; where it leads is http, https or mailto. */
export function stretches(text: string): Stretch[] {
  const found: Stretch[] = [];
  let end = 0;
  for (const match of text.matchAll(candidates)) {
    const words = trimEnd(match[0]);
    const href = target(words);
    if (!href) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index), href: null });
    found.push({ text: words, href });
    end = match.index + words.length;
  }
  if (end < text.length) found.push({ text: text.slice(end), href: null });
  return found;
}

/** What ends the sentence is not part of the address; a bracket is when it was opened in it. */
function trimEnd(words: string): string {
  const ending = words.includes('(') ? `.,;:!?…'"»` : `.,;:!?…'"»)`;
  let end = words.length;
  while (end > 0 && ending.includes(words.charAt(end - 1))) end -= 1;
  return words.slice(0, end);
}

function target(words: string): string | null {
  const written = /^www\./i.test(words)
    ? `https://${words}`
    : /^[a-z]+:/i.test(words)
      ? words
      : `mailto:${words}`;
  try {
    const url = new URL(written);
    return schemes.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
