import type { Evidence } from '@loket/contracts/inbound.js';
import { conceptOf } from './text/concepts.js';
import type { Digest } from './text/digest.js';
import { compareEntities, type Entity, type EntityType } from './text/entity.js';
import { denial, type Lexicon } from './text/lexicon.js';
import { similarity, subjectSimilarity, type Similarity } from './text/similarity.js';

/**
 * Reasons for and against are added up in log-odds, so that each can be told and changed alone. The figures were chosen
 * on the tune half of test/eval/pairs and test/eval; see docs/matching.md before changing one.
 */
export const textWeights = {
  /** odds before anything is known: two messages of one customer, by far most often two matters or nothing to tell */
  start: -4.2,
  /** times the similarity, 0..1 */
  text: 12.2,
  /** both say enough, and nothing of it is the same */
  apart: -2,
  subject: 0.6,
  file: 5,
  fresh: -2.5,
  /** one wants something put right, the other wants to buy */
  intent: -1.6,
  /** the same number, by what it is a number of */
  same: {
    order: 4.4,
    invoice: 4.4,
    ticket: 4.8,
    shipment: 4.8,
    serial: 4,
    policy: 2.6,
    plate: 2.6,
    error: 3,
    number: 3.2,
    account: 0.6,
    amount: 2.2,
    date: 0.7,
    url: 2.6,
    domain: 0.2,
    product: 0.8,
    place: 0.8,
    phone: 0,
    email: 0,
  } as const satisfies Record<EntityType, number>,
  /** another number of the same kind */
  other: {
    order: -6.5,
    invoice: -6.5,
    ticket: -6,
    shipment: -6.5,
    serial: -6,
    policy: -6,
    plate: -6,
    error: -3.5,
    number: -4,
    account: -1.2,
    amount: -1.8,
    date: -1.5,
    url: -1,
    domain: 0,
    product: -1.6,
    place: -2.4,
    phone: 0,
    email: 0,
  } as const satisfies Record<EntityType, number>,
  sameThoughApart: 0.5,
  /** all that numbers can add or take */
  mostSame: 6.5,
  mostOther: -8,
  /** a pair in which one message says nothing by itself cannot be told from its text */
  hollow: -1.5,
} as const;

/** Sum of the reasons so far, and how each is told. */
export interface Weighing {
  odds: number;
  evidence: Evidence[];
}

export const round = (value: number): number => Math.round(value * 100) / 100;

/** log-odds → 0..1 */
export function scoreOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** what the words of two messages say for their being about one matter */
export function weighText(like: Similarity): Weighing {
  const odds = textWeights.text * like.score + (like.apart ? textWeights.apart : 0);
  const evidence: Evidence[] = [];
  if (like.words.length > 0 && like.score >= 0.15)
    evidence.push({
      code: 'text_similar',
      data: { percent: Math.round(like.score * 100), words: like.words.map(legibleWord).join(', ') },
    });
  else if (like.apart) evidence.push({ code: 'topic_changed' });
  return { odds, evidence };
}

/** a normalised word as people say it: `!login` is "tidak login" */
function legibleWord(word: string): string {
  if (word.startsWith(denial)) return `tidak ${legibleWord(word.slice(denial.length))}`;
  if (word.startsWith('product:')) return word.slice('product:'.length);
  return conceptOf(word)?.label ?? word;
}

/**
 * @param apart the words are about different things: the same number then says less, since a number of a customer or of
 *   an order comes back in every matter of theirs
 */
export function weighEntities(a: readonly Entity[], b: readonly Entity[], apart: boolean): Weighing {
  const { shared, other } = compareEntities(a, b);
  const evidence: Evidence[] = [];
  let same = 0;
  let against = 0;
  for (const { type, value, strength } of shared) {
    const weight = textWeights.same[type] * (apart ? textWeights.sameThoughApart : 1);
    if (weight <= 0) continue;
    same = strength === 'strong' ? Math.max(same, weight) + (same > 0 ? 0.5 : 0) : same + weight * 0.8;
    evidence.push({ code: 'same_entity', data: { type, value } });
  }
  const settled = shared.some(({ strength }) => strength === 'strong');
  for (const { type, value, other: known } of other) {
    // Where one number is the same, another that differs comes along: one order, two parcels.
    // Days differ within one matter; the month that a bill is for does not.
    const month = type === 'date' && value.length === 2;
    const weight = textWeights.other[type] * (settled ? 0.25 : month ? 1.8 : 1);
    if (weight >= 0) continue;
    against += weight;
    if (!settled) evidence.push({ code: 'other_entity', data: { type, value, other: known } });
  }
  return {
    odds: Math.min(same, textWeights.mostSame) + Math.max(against, textWeights.mostOther),
    evidence,
  };
}

export function weighFiles(a: readonly string[], b: readonly string[]): Weighing {
  const same = a.filter((file) => b.includes(file)).length;
  return same > 0
    ? { odds: textWeights.file, evidence: [{ code: 'same_file', data: { files: same } }] }
    : { odds: 0, evidence: [] };
}

export function weighSubjects(a: Digest, b: Digest, lexicon: Lexicon): Weighing {
  const like = subjectSimilarity(a.subjectWords, b.subjectWords, lexicon);
  if (like === null || like < 0.6) return { odds: 0, evidence: [] };
  return {
    odds: textWeights.subject * like,
    evidence: [{ code: 'same_subject', data: { percent: Math.round(like * 100) } }],
  };
}

/** "mau pesan lagi" beside a complaint is a new matter, however alike the goods */
export function weighIntent(a: Pick<Digest, 'intent'>, b: Pick<Digest, 'intent'>): number {
  return a.intent !== null && b.intent !== null && a.intent !== b.intent ? textWeights.intent : 0;
}

/** sums the reasons, the first first */
export function together(...weighings: readonly Weighing[]): Weighing {
  return {
    odds: weighings.reduce((sum, one) => sum + one.odds, 0),
    evidence: weighings.flatMap((one) => one.evidence),
  };
}

/**
 * How likely two texts of one customer are about one matter, from the texts alone. Symmetric.
 *
 * @returns score 0..1 and the reasons
 */
export function compareDigests(
  a: Digest,
  b: Digest,
  lexicon: Lexicon,
): { score: number; evidence: Evidence[] } {
  const like = similarity(a, b, lexicon);
  const sum = together(
    weighText(like),
    weighSubjects(a, b, lexicon),
    weighEntities(a.entities, b.entities, like.apart),
    weighFiles(a.files, b.files),
  );
  const hollow = [a, b].some(({ content }) => content === 'low' || content === 'empty');
  const fresh = a.fresh || b.fresh;
  const odds =
    textWeights.start + sum.odds + (hollow ? textWeights.hollow : 0) + (fresh ? textWeights.fresh : 0);
  if (fresh) sum.evidence.push({ code: 'topic_changed' });
  return { score: scoreOf(odds), evidence: sum.evidence };
}
