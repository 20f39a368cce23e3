import type { Word } from './reading.js';

/** Turns of speech of one word or more, as they are written. */
export type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

/** by their first word, since a text has many words and few of them begin a phrase */
export function phrases(list: readonly string[]): Phrases {
  const map = new Map<string, string[][]>();
  for (const phrase of list) {
    const words = phrase.split(' ');
    const first = words[0] ?? '';
    map.set(first, [...(map.get(first) ?? []), words]);
  }
  return map;
}

/** Whether one of them stands in the text. */
export function says(written: readonly Word[], known: Phrases): boolean {
  return written.some(({ text }, at) =>
    known.get(text)?.some((phrase) => phrase.every((word, i) => written[at + i]?.text === word)),
  );
}
