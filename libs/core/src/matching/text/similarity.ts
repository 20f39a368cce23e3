import type { Digest } from './digest.js';
import { denial, isUnknown, type Lexicon } from './lexicon.js';
import { topicOf } from './reading.js';

/** How alike two texts are, in parts that can be told to people. */
export interface Similarity {
  /** 0..1, all in all */
  score: number;
  /** share of the shorter text's weight that the longer one also has */
  containment: number;
  /** weight of what both say */
  shared: number;
  /** weight of what the shorter one says */
  least: number;
  /** share of letters in common, 0..1: copies and typing errors */
  letters: number;
  /** most telling shared words, at most 6 */
  words: string[];
  /** both say enough, and nothing of it is the same */
  apart: boolean;
}

/** How likeness is made up; chosen on the tune half of test/eval/pairs. */
export const shape = {
  /** what a word of the same topic is worth, against the same word */
  kinship: 0.3,
  /** so much shared weight is half of full confidence */
  halfConfidence: 1.1,
  /** share of containment, against overlap */
  containment: 0.85,
  /** what is left when only the things are the same, and what is the matter with them is not */
  thingsOnly: 0.7,
  /** so much shared weight of unknown words tells the matter as well as a known one */
  rareMatter: 1.65,
  /** how much an unknown word counts against likeness when the other text lacks it: it may have said it otherwise */
  missed: 0.3,
  /** and when the other text is in another language, where it could not stand */
  missedAbroad: 0.15,
};
/** words of a topic below this weight (to send, an app, to pay) only say where the matter lies */
const clearMatter = 0.5;
const fuzzyLeast = 5;
const mostFuzzy = 24;
/** below this weight a text says too little to be told apart */
const enough = 0.9;

type Compared = Pick<Digest, 'words' | 'grams' | 'language'>;

/** Compares the words of two messages. Symmetric. */
export function similarity(a: Compared, b: Compared, lexicon: Lexicon): Similarity {
  const sharedWords: [string, number][] = [];
  const restA = new Map<string, number>();
  const restB = new Map<string, number>();
  let exact = 0;
  let totalA = 0;
  let totalB = 0;
  for (const word of a.words.keys()) {
    const weight = lexicon.weightOf(word);
    totalA += weight;
    if (b.words.has(word)) {
      exact += weight;
      sharedWords.push([word, weight]);
    } else if (weight > 0) restA.set(word, weight);
  }
  for (const word of b.words.keys()) {
    const weight = lexicon.weightOf(word);
    totalB += weight;
    if (weight > 0 && !a.words.has(word)) restB.set(word, weight);
  }
  const slips = fuzzy(restA, restB, sharedWords);
  const kin = shape.kinship * kinWeight(restA, restB);
  const shared = exact + slips + kin;
  const missed = a.language && b.language && a.language !== b.language ? shape.missedAbroad : shape.missed;
  const [lessA, lessB] = [missing(restA, missed), missing(restB, missed)];
  const fewer = Math.max(Math.min(lessA, lessB) - kin, 0);
  const containment = shared > 0 ? shared / (shared + fewer) : 0;
  const overlap = shared > 0 ? shared / (shared + Math.max(lessA + lessB - kin, 0)) : 0;
  const letters = dice(a.grams, b.grams);
  const confidence = shared / (shared + shape.halfConfidence);
  const unlike = kin === 0 && matterless(a, b, sharedWords, lexicon);
  const mixed = shape.containment * containment + (1 - shape.containment) * overlap;
  const score = Math.max(
    mixed * confidence * (unlike ? shape.thingsOnly : 1),
    letters > 0.75 ? letters * confidence : 0,
  );
  const least = Math.min(totalA, totalB);
  return {
    score,
    containment,
    shared,
    least,
    letters,
    words: sharedWords
      .filter(([, weight]) => weight >= 0.2)
      .sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))
      .slice(0, 6)
      .map(([word]) => word),
    apart: least >= enough && shared < 0.12 * least,
  };
}

/** what the words that the other lacks count against likeness */
function missing(rest: ReadonlyMap<string, number>, unknown: number): number {
  let sum = 0;
  for (const [word, weight] of rest) sum += isUnknown(word) ? weight * unknown : weight;
  return sum;
}

/** One of them says what is the matter, and the other says nothing of the kind. */
function matterless(
  a: Compared,
  b: Compared,
  shared: readonly [string, number][],
  lexicon: Lexicon,
): boolean {
  let rare = 0;
  for (const [word, weight] of shared) {
    if ((isMatter(word) && weight >= clearMatter) || word === 'fail') return false;
    if (isUnknown(word)) rare += weight;
  }
  if (rare >= shape.rareMatter) return false;
  const [mine, theirs] = [complaintOf(a.words, lexicon), complaintOf(b.words, lexicon)];
  // both only say that something does not work: of the same things, so most likely the same
  if (mine === 'vague' && theirs === 'vague') return false;
  return mine !== 'none' || theirs !== 'none';
}

function complaintOf(words: ReadonlyMap<string, number>, lexicon: Lexicon): 'none' | 'vague' | 'clear' {
  let found: 'none' | 'vague' = 'none';
  for (const word of words.keys()) {
    if (topicOf(word) !== null && lexicon.weightOf(word) >= clearMatter) return 'clear';
    if (word.startsWith(denial) || word === 'fail') found = 'vague';
  }
  return found;
}

/** Says clearly what it is about, and not only which things it is about. */
export function tellsMatter({ words }: Pick<Digest, 'words'>, lexicon: Lexicon): boolean {
  return complaintOf(words, lexicon) === 'clear';
}

function isMatter(word: string): boolean {
  return word.startsWith(denial) || topicOf(word) !== null;
}

/** Unknown words that differ by one letter are the same word; removes them from both rests. */
function fuzzy(restA: Map<string, number>, restB: Map<string, number>, shared: [string, number][]): number {
  const left = candidates(restA);
  const right = candidates(restB);
  if (left.length === 0 || right.length === 0) return 0;
  // the pairs must not depend on who is asked first
  if (left.join() > right.join()) return pairs(right, left, restB, restA, shared);
  return pairs(left, right, restA, restB, shared);
}

function pairs(
  left: readonly [string, number][],
  right: readonly [string, number][],
  restA: Map<string, number>,
  restB: Map<string, number>,
  shared: [string, number][],
): number {
  let sum = 0;
  for (const [word, weight] of left) {
    const twin = right.find(([other]) => restB.has(other) && nearlySame(word, other));
    if (!twin) continue;
    restA.delete(word);
    restB.delete(twin[0]);
    const worth = 0.85 * Math.min(weight, twin[1]);
    sum += worth;
    shared.push([word < twin[0] ? word : twin[0], worth]);
  }
  return sum;
}

function candidates(rest: ReadonlyMap<string, number>): [string, number][] {
  const list: [string, number][] = [];
  for (const entry of rest) {
    if (entry[0].length >= fuzzyLeast && !entry[0].startsWith(denial) && topicOf(entry[0]) === null)
      list.push(entry);
    if (list.length >= mostFuzzy) break;
  }
  return list.sort((x, y) => (x[0] < y[0] ? -1 : 1));
}

/** one letter more, less, other, or two neighbours swapped; the first letter stands */
export function nearlySame(a: string, b: string): boolean {
  if (a[0] !== b[0] || Math.abs(a.length - b.length) > 1) return false;
  const short = a.length <= b.length ? a : b;
  const long = a.length <= b.length ? b : a;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i += 1;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  if (short.slice(i + 1) === long.slice(i + 1)) return true;
  return short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
}

function kinWeight(restA: ReadonlyMap<string, number>, restB: ReadonlyMap<string, number>): number {
  const topics = byTopic(restA);
  if (topics.size === 0) return 0;
  let sum = 0;
  for (const [topic, weight] of byTopic(restB)) sum += Math.min(weight, topics.get(topic) ?? 0);
  return sum;
}

function byTopic(rest: ReadonlyMap<string, number>): Map<string, number> {
  const topics = new Map<string, number>();
  for (const [word, weight] of rest) {
    const topic = topicOf(word);
    if (topic !== null) topics.set(topic, Math.max(topics.get(topic) ?? 0, weight));
  }
  return topics;
}

function dice(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let i = 0;
  let j = 0;
  let both = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    if (left === right) both += 1;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return (2 * both) / (a.length + b.length);
}

/** Likeness of two subject lines, 0..1; null when one of them says nothing. */
export function subjectSimilarity(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  lexicon: Lexicon,
): number | null {
  let total = 0;
  let shared = 0;
  let other = 0;
  for (const word of a) {
    const weight = lexicon.weightOf(word);
    total += weight;
    if (b.has(word)) shared += weight;
  }
  for (const word of b) other += lexicon.weightOf(word);
  if (total < 0.5 || other < 0.5) return null;
  return shared / (total + other - shared);
}
