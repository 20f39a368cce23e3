import { compareEntities } from '../../matching/text/entity.js';
import type { Digest } from '../../matching/text/digest.js';
import { denial, type Lexicon } from '../../matching/text/lexicon.js';
import { similarity } from '../../matching/text/similarity.js';

/** Meanings of `Digest.words` that say of themselves that something is out of order for more than one person. */
const faults: ReadonlySet<string> = new Set(['offline', 'fail', 'crash', 'slow', 'loading']);
/**
 * Things that all customers share, so that "cannot use it" (`!login`) is a fault of ours before it is a matter of one
 * person. Parcels, sizes and refunds are not among them: what is wrong with those is each customer's own.
 */
const commonThings: ReadonlySet<string> = new Set(
  `login otp register verify pay transfer qris card wallet balance topup withdraw voucher charged internet site app open
   update_app loading upload download print notification sync report export import integration schedule`.split(
    /\s+/,
  ),
);

/** likeness from which two reports of a fault are taken for one cause */
const alikeFault = 0.35;
/** without a word for a fault, the texts must be much more alike */
const alikeMatter = 0.55;

/** Why two cases of different customers may have one cause; null when nothing says so. */
export interface Likeness {
  kind: 'error' | 'fault' | 'matter';
  /** 0..1 */
  score: number;
  words: string[];
  /** an error code that both name */
  error: string | null;
}

/** Words of a fault in a text: `offline`, `!login`. */
export function faultsIn(digest: Pick<Digest, 'words'>): string[] {
  return [...digest.words.keys()].filter(
    (word) => faults.has(word) || (word.startsWith(denial) && commonThings.has(word.slice(denial.length))),
  );
}

/**
 * Compares the reports of two customers. Pure. Both must speak for themselves: greetings, nudges and bare files are like
 * everything.
 */
export function likenessOf(a: Digest, b: Digest, lexicon: Lexicon): Likeness | null {
  if (a.content !== 'full' || b.content !== 'full') return null;
  const { shared, other } = compareEntities(a.entities, b.entities);
  const error = shared.find((one) => one.type === 'error') ?? null;
  // Two who name different codes report two faults, however alike they tell it.
  if (error === null && other.some((one) => one.type === 'error')) return null;
  const { score, words } = similarity(a, b, lexicon);
  if (error) return { kind: 'error', score: Math.max(score, 0.6), words, error: error.value };
  const mine = faultsIn(a);
  const theirs = new Set(faultsIn(b));
  if (mine.some((word) => theirs.has(word)) && score >= alikeFault)
    return { kind: 'fault', score, words, error: null };
  return score >= alikeMatter ? { kind: 'matter', score, words, error: null } : null;
}

/** of different customers within two hours */
const fewest = { fault: 3, matter: 5 } as const;
/** how improbable so many must be on an ordinary day */
const surprise = { fault: 0.01, matter: 0.001 } as const;
/** An ordinary matter is only unusual where it is known what is usual. */
const leastHistory = { cases: 60, hours: 24 } as const;

/** What two hours of a working day see of its cases: nights are quiet. */
const shareOfTwoHours = 1 / 6;

export interface Usual {
  /** how many such cases come in a day, on the days before */
  perDay: number;
  /** how many older cases that was counted over, and over how long */
  cases: number;
  hours: number;
}

/** Is it more than chance that so many customers write so? */
export function isBurst(kind: 'fault' | 'matter', customers: number, usual: Usual): boolean {
  if (customers < fewest[kind]) return false;
  const known = usual.cases >= leastHistory.cases && usual.hours >= leastHistory.hours;
  if (kind === 'matter' && !known) return false;
  return atLeast(customers, usual.perDay * shareOfTwoHours) < surprise[kind];
}

/** Probability of `count` or more when `expected` are usual (Poisson). */
export function atLeast(count: number, expected: number): number {
  let term = Math.exp(-expected);
  let below = 0;
  for (let n = 0; n < count; n++) {
    below += term;
    term = (term * expected) / (n + 1);
  }
  return Math.max(0, 1 - below);
}
