import { concepts, conceptOf, formOf, isKnownWord, type PhraseNode } from './concepts.js';
import { denial, productsOf, type Lexicon } from './lexicon.js';
import { courtesy, standardWords, stopWords } from './spelling.js';
import { parts, squeeze, tokensOf } from './tokenise.js';

/** One standard word of a text. */
export interface Word {
  /** standard spelling, before affixes are taken off */
  text: string;
  form: string;
  start: number;
  end: number;
  /** a new clause begins here */
  opens: boolean;
}

/** A text brought to meanings. */
export interface Reading {
  written: readonly Word[];
  /** normalised word (concept, root, or denial of one) → times */
  words: Map<string, number>;
  products: Set<string>;
}

const clauseEnds = /[.,;:!?\n\r()]/;

/** Standard words of a clean text. */
export function wordsOf(clean: string): Word[] {
  const list: Word[] = [];
  let last = 0;
  for (const token of tokensOf(clean)) {
    let opens = list.length === 0 || clauseEnds.test(clean.slice(last, token.end));
    last = token.end;
    for (const part of parts(token.text)) {
      for (const text of standard(part)) {
        list.push({ text, form: formOf(text), start: token.start, end: token.end, opens });
        opens = false;
      }
    }
  }
  return list;
}

/** the same words come again and again; forgotten when full, so that hostile texts cannot fill the memory */
const remembered = new Map<string, readonly string[]>();
const mostRemembered = 20_000;

function standard(part: string): readonly string[] {
  const before = remembered.get(part);
  if (before) return before;
  const words = standardOf(part) ?? squeezed(part);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(part, words);
  return words;
}

function standardOf(part: string): readonly string[] | null {
  return standardWords(part) ?? withoutOwner(part) ?? passive(part);
}

function squeezed(part: string): readonly string[] {
  const word = squeeze(part, isKnownWord);
  return word === part ? [part] : (standardOf(word) ?? [word]);
}

/** `dibales`, `dikrm`: informal words also stand in the passive */
function passive(part: string): readonly string[] | null {
  if (!part.startsWith('di') || part.length < 5) return null;
  const [only, more] = standardWords(part.slice(2)) ?? [];
  return only !== undefined && more === undefined ? [`di${only}`] : null;
}

/** `duitnya`, `brgku`: informal words also come with an owner */
function withoutOwner(part: string): readonly string[] | null {
  const owner = /(?:nya|ny|ku|mu)$/.exec(part);
  return owner && owner.index >= 3 ? standardWords(part.slice(0, owner.index)) : null;
}

interface Unit {
  key: string;
  opens: boolean;
  kind: 'stop' | 'deny' | 'fail' | 'word';
  /** the word `bisa` stood in the denial */
  able: boolean;
}

const deniers = new Set(['tidak', 'belum', 'cannot', 'without', 'tanpa', 'susah', 'sulit', 'stop']);
/** meanings that break what they stand beside */
const failing = new Set(['fail']);
/** meanings kept of one text */
const mostKept = 80;

/**
 * Brings words to meanings: phrases first (`kata sandi`, `can't sign in`), then single words; function words and
 * courtesies fall away; what is denied or fails becomes a meaning of its own (`!login`).
 */
export function read(written: readonly Word[], lexicon: Lexicon): Reading {
  const words = new Map<string, number>();
  const products = new Set<string>();
  const productRoot = productsOf(lexicon);
  const units: Unit[] = [];
  for (let i = 0; i < written.length;) {
    const word = written[i];
    if (!word) break;
    const product = productRoot.next.size > 0 ? walk(productRoot, written, i) : null;
    if (product) {
      products.add(product.value);
      units.push({ key: `product:${product.value}`, opens: word.opens, kind: 'word', able: false });
      i = product.end;
      continue;
    }
    if (word.text === 'kurang' && startsWithDigit(written[i + 1])) {
      units.push({ key: 'missingitem', opens: word.opens, kind: 'word', able: false });
      i += 2;
      continue;
    }
    const phrase = walk(concepts, written, i);
    if (phrase) {
      const { name } = phrase.value;
      const kind = kindOf(name);
      units.push({ key: name, opens: word.opens, kind, able: false });
      i = phrase.end;
      continue;
    }
    units.push(single(word));
    i += 1;
  }
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (!unit) break;
    if (unit.kind === 'word' || unit.kind === 'fail') count(words, unit.key);
    if (unit.kind === 'deny' || unit.kind === 'fail') deny(words, units, i);
    if (words.size >= mostKept) break;
  }
  return { written, words, products };
}

/** "kurang 5": so many are missing; elsewhere the word only compares */
function startsWithDigit(word: Word | undefined): boolean {
  return word !== undefined && word.text.charCodeAt(0) >= 48 && word.text.charCodeAt(0) <= 57;
}

function kindOf(concept: string): Unit['kind'] {
  if (concept === '-') return 'stop';
  if (failing.has(concept)) return 'fail';
  return deniers.has(concept) ? 'deny' : 'word';
}

function single(word: Word): Unit {
  if (deniers.has(word.form)) return { key: word.form, opens: word.opens, kind: 'deny', able: false };
  const empty = stopWords.has(word.text) || courtesy.has(word.text) || stopWords.has(word.form);
  const number = word.form.charCodeAt(0) < 58 || /\d{3}/.test(word.form);
  const kind = empty || number || courtesy.has(word.form) ? 'stop' : 'word';
  return { key: word.form, opens: word.opens, kind, able: word.text === 'bisa' || word.text === 'can' };
}

/** Longest path from `from`; function words and courtesies between the words of a phrase are passed over. */
function walk<T>(
  root: PhraseNode<T>,
  written: readonly Word[],
  from: number,
): { value: T; end: number } | null {
  let node = root;
  let found: { value: T; end: number } | null = null;
  let passed = 0;
  for (let i = from; i < written.length && i < from + 9; i++) {
    const word = written[i];
    if (!word || (i > from && word.opens)) break;
    const next = node.next.get(word.form);
    if (next) {
      node = next;
      if (next.value !== null) found = { value: next.value, end: i + 1 };
      continue;
    }
    const light = stopWords.has(word.form) || courtesy.has(word.form);
    if (i === from || !light || deniers.has(word.form) || ++passed > 2) break;
  }
  return found;
}

function deny(words: Map<string, number>, units: readonly Unit[], at: number): void {
  const unit = units[at];
  if (!unit) return;
  let able = unit.key === 'cannot' || unit.kind === 'fail';
  for (let i = at + 1; i < units.length && i <= at + 4; i++) {
    const next = units[i];
    if (!next || next.opens) break;
    able ||= next.able;
    if (next.kind === 'word') {
      count(words, denied(unit.key, next.key, able));
      return;
    }
    if (next.kind === 'fail') return;
  }
  if (unit.kind === 'deny' && !able && unit.key !== 'stop') return;
  if (unit.opens) return;
  for (let i = at - 1; i >= 0 && i >= at - 3; i--) {
    const before = units[i];
    if (!before) break;
    if (before.kind === 'word') {
      count(words, denied(unit.key, before.key, able));
      return;
    }
    if (before.opens) return;
  }
}

/** "tidak bisa masuk" is about signing in, "belum masuk" about something that has not come. */
function denied(denier: string, key: string, able: boolean): string {
  if (denier === 'stop' && key === 'subscription') return 'cancel';
  if (key !== 'enter') return denial + key;
  return denial + (able ? 'login' : 'arrive');
}

function count(words: Map<string, number>, key: string): void {
  words.set(key, (words.get(key) ?? 0) + 1);
}

/** the topic of a normalised word, also of a denied one; null when it has none */
export function topicOf(word: string): string | null {
  const concept = conceptOf(word.startsWith(denial) ? word.slice(1) : word);
  return concept && concept.topic !== '-' ? concept.topic : null;
}
