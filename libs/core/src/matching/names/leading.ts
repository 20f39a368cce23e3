import { leading } from './name-words.js';
import { spellingKey } from './spelling-key.js';

const keys = new Set([...leading].map((word) => spellingKey(word)));

/** Whether a word, by its `spellingKey`, is one that people leave out and are not called by: `muhammad`, `siti`, `made`. */
export function isLeadingKey(key: string): boolean {
  return keys.has(key);
}
