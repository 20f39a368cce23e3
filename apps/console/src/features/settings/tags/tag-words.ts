import type { Tag, TagColour, TagUsage } from '@loket/contracts/tags.js';

/** In the order in which they are offered. */
export const tagColours = [
  'grey',
  'teal',
  'blue',
  'violet',
  'green',
  'orange',
] as const satisfies readonly TagColour[];

/** Words on cases that nobody has agreed on. */
export function freeWords(usage: readonly TagUsage[], tags: readonly Tag[]): TagUsage[] {
  const agreed = new Set(tags.map(({ name }) => name));
  return usage.filter(({ name }) => !agreed.has(name));
}

/** The agreed tag that a free word probably means: the same letters, whatever their case and the signs between them. */
export function meant(word: string, tags: readonly Tag[]): Tag | undefined {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return tags.find(({ name, archived }) => !archived && bare(name) === bare(word));
}

export function matching<T extends { name: string }>(items: readonly T[], text: string): T[] {
  const wanted = text.trim().toLowerCase();
  return items.filter(({ name }) => name.toLowerCase().includes(wanted));
}
