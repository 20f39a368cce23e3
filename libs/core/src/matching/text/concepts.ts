import { conceptTable, dullWords } from './concept-table.js';
import { commonWords } from './common-words.js';
import { courtesy, knownSpellings, standardWords, stopWords } from './spelling.js';
import { stem } from './stem.js';

/** One meaning that many words stand for. */
export interface Concept {
  name: string;
  /** concepts of one topic are kin: the same matter told otherwise; `-` has none */
  topic: string;
  /** 0 to about 1.2: what it tells that two messages share it */
  weight: number;
  /** what people call it */
  label: string;
}

/** A way from word to word to a meaning. */
export interface PhraseNode<T> {
  next: Map<string, PhraseNode<T>>;
  value: T | null;
}

export function phraseNode<T>(): PhraseNode<T> {
  return { next: new Map(), value: null };
}

export function addPhrase<T>(root: PhraseNode<T>, forms: readonly string[], value: T): void {
  let node = root;
  for (const form of forms) {
    let next = node.next.get(form);
    if (!next) {
      next = phraseNode<T>();
      node.next.set(form, next);
    }
    node = next;
  }
  node.value ??= value;
}

const byName = new Map<string, Concept>();
const surfaces: [surface: string, concept: Concept][] = [];
for (const line of conceptTable.split('\n')) {
  const head = /^(\S+) (\S+) ([\d.]+): (.*)$/.exec(line);
  if (!head) continue;
  const [, name = '', topic = '', weight = '', list = ''] = head;
  const concept = { name, topic, weight: Number(weight), label: list.split(',')[0]?.trim() ?? name };
  if (name !== '-') byName.set(name, concept);
  for (const surface of list.split(',')) surfaces.push([surface.trim(), concept]);
}

const everydayWeight = 0.45;
for (const line of commonWords.split('\n')) {
  const colon = line.indexOf(':');
  if (colon < 0) continue;
  const label =
    line
      .slice(colon + 1)
      .split(',')[0]
      ?.trim() ?? '';
  const concept = { name: line.slice(0, colon), topic: '-', weight: everydayWeight, label };
  byName.set(concept.name, concept);
  for (const surface of line.slice(colon + 1).split(',')) surfaces.push([surface.trim(), concept]);
}

/** words of two letters or more that the tables know; affixes are taken off to reach them */
const roots = new Set<string>();
for (const [surface] of surfaces) if (!surface.includes(' ')) roots.add(surface);
const dull = new Set(dullWords.split(/\s+/).filter(Boolean));
for (const word of [...dull, ...courtesy]) if (!stopWords.has(word)) roots.add(word);
for (const spelling of knownSpellings())
  for (const word of standardWords(spelling) ?? []) if (!stopWords.has(word)) roots.add(word);

// Words of phrases as well, unless they are forms of what is known already.
for (const [surface] of surfaces)
  for (const word of surface.split(' '))
    if (word.length >= 3 && !stopWords.has(word) && !roots.has(stem(word, roots))) roots.add(word);

/** words that look like a slip of a known one and are not */
const ordinary = new Set(
  'garasi bantal sandal resort kemasan catatan tagline panjang kencang bintang pantai rantai seragam'.split(
    ' ',
  ),
);

/** What typing errors are brought back to: known words long enough that one wrong letter does not make another word. */
const leastForSlips = 6;
const targets = [...roots].filter((word) => word.length >= leastForSlips && /^[a-z]+$/.test(word));
const withoutOne = new Map<string, string[]>();
for (const word of targets)
  for (let i = 1; i < word.length; i++) {
    const key = word.slice(0, i) + word.slice(i + 1);
    const list = withoutOne.get(key);
    if (list) list.push(word);
    else withoutOne.set(key, [word]);
  }

/** @returns the root that the word is one slip away from (a letter more, less, other, or two swapped), else null */
function slipOf(word: string): string | null {
  if (word.length < leastForSlips - 1 || ordinary.has(word)) return null;
  const missing = withoutOne.get(word);
  if (missing) return missing[0] ?? null;
  if (word.length < leastForSlips) return null;
  for (let i = 1; i < word.length; i++) {
    const key = word.slice(0, i) + word.slice(i + 1);
    if (roots.has(key) && key.length >= leastForSlips) return key;
    for (const candidate of withoutOne.get(key) ?? []) if (oneApart(word, candidate)) return candidate;
  }
  return null;
}

/** same length: one letter differs, or two neighbours are swapped */
function oneApart(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let first = -1;
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    if (count === 0) first = i;
    count += 1;
  }
  if (count === 1) return true;
  return count === 2 && a[first] === b[first + 1] && a[first + 1] === b[first];
}

/** the same words come again and again; forgotten when full, so that hostile texts cannot fill the memory */
const remembered = new Map<string, string>();
const mostRemembered = 20_000;

/** The one form of a standard word under which its meaning is looked up: its root, slips mended. */
export function formOf(word: string): string {
  if (roots.has(word) || stopWords.has(word)) return word;
  const before = remembered.get(word);
  if (before !== undefined) return before;
  let form = stem(word, roots);
  if (!roots.has(form)) {
    const mended = slipOf(word);
    if (mended !== null) form = mended;
  }
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(word, form);
  return form;
}

export function isKnownWord(word: string): boolean {
  return roots.has(word) || stopWords.has(word) || courtesy.has(word) || standardWords(word) !== null;
}

/** Standard words of a phrase in their forms. */
export function formsOf(phrase: string): string[] {
  return phrase
    .split(/[\s-]+/)
    .flatMap((word) => standardWords(word) ?? [word])
    .map(formOf);
}

export const concepts = phraseNode<Concept>();
for (const [surface, concept] of surfaces) {
  const forms = formsOf(surface);
  // some surfaces are also short for a function word ("ill", "dr"); that is what people mean by them in chats
  if (concept.weight > 0 && forms.every((form) => stopWords.has(form)) && standardWords(surface)) continue;
  addPhrase(concepts, forms, concept);
}

/** a concept by its name, also as the target of a denial (`!login`) */
export function conceptOf(name: string): Concept | null {
  return byName.get(name) ?? null;
}

export function isDull(form: string): boolean {
  return dull.has(form);
}
