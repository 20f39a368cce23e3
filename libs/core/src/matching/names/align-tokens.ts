import { isKnownName, shareOf, type NameFrequencies } from './name-frequencies.js';
import type { NameToken } from './person-name.js';
import { spellingKey } from './spelling-key.js';

/** How two words of names agree, best first. */
export type Agreement = 'same' | 'spelling' | 'slip' | 'initial' | 'short';

export interface TokenPair {
  a: NameToken[];
  b: NameToken[];
  agreement: Agreement;
  /** bits of evidence that both name one person: log2(1 / share of people who bear the word), less for looser kinds */
  bits: number;
  /** borne by few */
  share: number;
}

export interface Alignment {
  pairs: TokenPair[];
  onlyA: NameToken[];
  onlyB: NameToken[];
}

/** More than 1 in 4096 is not told apart from a word never seen. */
const maxTokenBits = 12;

const kinds: readonly Agreement[] = ['same', 'spelling', 'slip', 'initial', 'short'];

/** Pairs the words of two names off, whatever their order, closest first. Names have at most eight words. */
export function alignTokens(
  a: readonly NameToken[],
  b: readonly NameToken[],
  frequencies?: NameFrequencies,
): Alignment {
  const text = (tokens: readonly NameToken[]): string => tokens.map((token) => token.text).join(' ');
  // Who comes first must not matter, also where a word could be paired with two.
  if (text(a) <= text(b)) return align(a, b, frequencies);
  const { pairs, onlyA, onlyB } = align(b, a, frequencies);
  return { pairs: pairs.map((pair) => ({ ...pair, a: pair.b, b: pair.a })), onlyA: onlyB, onlyB: onlyA };
}

function align(a: readonly NameToken[], b: readonly NameToken[], frequencies?: NameFrequencies): Alignment {
  const restA = [...a];
  const restB = [...b];
  const pairs: TokenPair[] = [];
  for (const kind of kinds) {
    for (const x of [...restA]) {
      const y = restB.find((other) => fits(kind, x, other, a.indexOf(x), b.indexOf(other)));
      if (y === undefined || !restA.includes(x)) continue;
      pairs.push(pairOf([x], [y], kind, frequencies));
      restA.splice(restA.indexOf(x), 1);
      restB.splice(restB.indexOf(y), 1);
    }
    if (kind === 'spelling') {
      pairs.push(...joined(restA, restB, frequencies));
      pairs.push(...joined(restB, restA, frequencies).map((pair) => ({ ...pair, a: pair.b, b: pair.a })));
    }
  }
  return { pairs, onlyA: restA, onlyB: restB };
}

function fits(kind: Agreement, x: NameToken, y: NameToken, atX: number, atY: number): boolean {
  // A father's name is the bearer's own only where it may have been written without `bin`.
  if (x.father !== y.father && (x.father ? atY : atX) === 0) return false;
  switch (kind) {
    case 'same':
      return x.text === y.text;
    case 'spelling':
      return !x.initial && !y.initial && x.key === y.key;
    case 'slip':
      return isSlip(x.key, y.key);
    case 'initial':
      return x.initial !== y.initial && sameBeginning(x, y);
    case 'short':
      return isShort(x.key, y.key) || isShort(y.key, x.key);
  }
}

/** By letter as written or as spelled today: `Y.` for Jusuf, `K.` for Christina. */
function sameBeginning(x: NameToken, y: NameToken): boolean {
  const [initial, word] = x.initial ? [x, y] : [y, x];
  return (
    word.text.startsWith(initial.text) ||
    word.key.startsWith(initial.text) ||
    oldInitial(initial.text, word.text)
  );
}

function oldInitial(initial: string, word: string): boolean {
  return (initial === 'd' && word.startsWith('j')) || (initial === 't' && word.startsWith('c'));
}

/**
 * `Dinda` for Dindayani, `Tono` for Hartono (Javanese names are called by their end), `Hendra` and Hendrawan: the same
 * person called short, or another.
 */
function isShort(short: string, long: string): boolean {
  if (short.length < 4 || long.length < short.length + 2) return false;
  return long.startsWith(short) || long.endsWith(short);
}

/** One letter typed wrong, left out, doubled or swapped, in a long word; two names that both exist are two names. */
function isSlip(x: string, y: string): boolean {
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  if (short.length < 6 || long.length - short.length > 1 || short[0] !== long[0]) return false;
  if (isKnownName(x) && isKnownName(y)) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  // The last letter tells men from women.
  if (i >= short.length - 1) return false;
  if (long.length > short.length) return short.slice(i) === long.slice(i + 1);
  const swapped =
    short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
  return swapped || (short.length >= 7 && short.slice(i + 1) === long.slice(i + 1));
}

/** `Puspita Sari` and `Puspitasari`, `Abdul Rahman` and `Abdurrahman`: takes what it pairs out of both lists. */
function joined(one: NameToken[], two: NameToken[], frequencies?: NameFrequencies): TokenPair[] {
  const pairs: TokenPair[] = [];
  for (const whole of [...one]) {
    for (let i = 0; i + 1 < two.length; i++) {
      const [first, second] = two.slice(i, i + 2);
      if (first === undefined || second === undefined || whole.initial || !isJoin(whole.key, first, second))
        continue;
      pairs.push(pairOf([whole], [first, second], 'spelling', frequencies));
      one.splice(one.indexOf(whole), 1);
      two.splice(i, 2);
      break;
    }
  }
  return pairs;
}

function isJoin(whole: string, first: NameToken, second: NameToken): boolean {
  if (whole === spellingKey(first.text + second.text) || whole === spellingKey(first.key + second.key))
    return true;
  // The article takes the sound of what follows: abdul + rahman → abdurrahman
  return first.key.endsWith('l') && whole === spellingKey(first.key.slice(0, -1) + second.key);
}

function pairOf(
  a: NameToken[],
  b: NameToken[],
  agreement: Agreement,
  frequencies: NameFrequencies | undefined,
): TokenPair {
  const words = a.length >= b.length ? a : b;
  const share = words.reduce((product, { key }) => product * shareOf(key, frequencies), 1);
  const full = Math.min(maxTokenBits, -Math.log2(share));
  return { a, b, agreement, bits: bitsOf(agreement, full), share };
}

function bitsOf(agreement: Agreement, full: number): number {
  switch (agreement) {
    case 'same':
      return full;
    case 'spelling':
      return Math.max(0, full - 0.5);
    case 'slip':
      return 0.6 * full;
    // one name in six or so begins with a given letter
    case 'initial':
      return 2.5;
    case 'short':
      return 1;
  }
}
