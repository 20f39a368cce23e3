import type { Evidence } from '@loket/contracts/inbound.js';
import { alignTokens, type Alignment, type TokenPair } from './align-tokens.js';
import { compareHandle } from './compare-handle.js';
import { rareShare, type NameFrequencies } from './name-frequencies.js';
import { isLeadingKey } from './leading.js';
import type { NameToken, PersonName } from './person-name.js';

/**
 * - `same`: every word agrees, up to spelling.
 * - `compatible`: one is a shorter or looser way to write the other (`budi s.`, `Pak Santoso`, `Budi - Toko Makmur`).
 * - `partial`: something agrees, and what does not agree may be the same or not (`Hendra`, `Hendrawan Wijaya`).
 * - `unknown`: at least one says nothing (no name, a company, initials alone).
 * - `conflict`: two people, as far as names go.
 */
export type NameLevel = 'same' | 'compatible' | 'partial' | 'unknown' | 'conflict';

export interface NameComparison {
  /**
   * Bits of evidence (log2 of the likelihood ratio) that both names are one person's: −8 to 17, 0 says nothing. Rare
   * words weigh more than frequent ones; frequent words together say little beyond `commonBits`.
   */
  agreement: number;
  level: NameLevel;
  evidence: Evidence[];
}

/** Frequent names go together: there are many of each Budi Santoso. Beyond this, what they say counts in part. */
const commonBits = 9;
const beyondCommon = 0.4;
/** `Muhammad` before `Rizki`, `Siti` before `Nurjanah`: nearly all are called so, it says little more. */
const leadingPart = 0.25;
const maxBits = 17;
const unknown: NameComparison = { agreement: 0, level: 'unknown', evidence: [] };

const isLeading = (token: NameToken): boolean => isLeadingKey(token.key);

/** Compares two names as `readName` took them apart. Symmetric but for the order within evidence. */
export function compareNames(a: PersonName, b: PersonName, frequencies?: NameFrequencies): NameComparison {
  if (a.kind !== 'person' || b.kind !== 'person') return sameCompany(a, b);
  const data = { a: a.text, b: b.text };
  if (a.parent !== b.parent) return { ...unknown, evidence: [{ code: 'name_of_child', data }] };
  if (a.gender !== null && b.gender !== null && a.gender !== b.gender) {
    return {
      agreement: -7,
      level: 'conflict',
      evidence: [{ code: 'name_conflict', data: { ...data, by: 'title' } }],
    };
  }
  const byHandle = compareHandle(a, b, frequencies);
  if (byHandle !== null) {
    const { full, initials, bits } = byHandle;
    const enough = full > 0 && (full + initials > 1 || bits >= 4);
    return {
      agreement: capped([{ bits, share: byHandle.share }]),
      level: enough ? 'compatible' : 'partial',
      evidence: [{ code: 'name_compatible', data }],
    };
  }
  const alignment = alignTokens(a.tokens, b.tokens, frequencies);
  const level = levelOf(alignment, a, b);
  // Words that a mail address was not made of say nothing against a name: `cutegirl`, `tokomakmur`.
  if (level === 'conflict' && (oneWord(a) || oneWord(b))) return unknown;
  return { agreement: bitsOf(alignment, level), level, evidence: evidenceOf(alignment, level, data) };
}

function oneWord(name: PersonName): boolean {
  return name.handle !== null && name.tokens.length === 1;
}

function sameCompany(a: PersonName, b: PersonName): NameComparison {
  if (a.company === null || a.company !== b.company) return unknown;
  return { ...unknown, evidence: [{ code: 'same_company_name', data: { name: a.company } }] };
}

function levelOf({ pairs, onlyA, onlyB }: Alignment, a: PersonName, b: PersonName): NameLevel {
  const full = pairs.filter(({ agreement }) => agreement !== 'initial' && agreement !== 'short');
  const shortened = pairs.filter(({ agreement }) => agreement === 'short');
  const calledAlike = pairs.some((pair) => pair.a.some(isCallName(a)) && pair.b.some(isCallName(b)));
  if (pairs.length === 0 && (a.tokens.every(initial) || b.tokens.every(initial))) return 'unknown';
  if (pairs.length === 0 || contradict(onlyA, onlyB, calledAlike)) return 'conflict';
  const telling = full.filter((pair) => !(pair.a.every(isLeading) && pair.b.every(isLeading)));
  if (telling.length === 0) {
    if (full.length > 0)
      return everyPair(pairs, a, b) && onlyA.length + onlyB.length === 0 ? 'same' : 'partial';
    if (shortened.length === 0) return 'unknown';
    return a.tokens.length === 1 || b.tokens.length === 1 ? 'compatible' : 'partial';
  }
  if (shortened.length > 0) return 'partial';
  const loose = pairs.some(({ agreement }) => agreement === 'slip' || agreement === 'initial');
  return loose || onlyA.length + onlyB.length > 0 ? 'compatible' : 'same';
}

function everyPair(pairs: readonly TokenPair[], a: PersonName, b: PersonName): boolean {
  return pairs.length === a.tokens.length && pairs.length === b.tokens.length;
}

const initial = (token: NameToken): boolean => token.initial;

/** What one is called by: the first word that is not left out as one likes. */
function isCallName(name: PersonName): (token: NameToken) => boolean {
  const called = name.tokens.find((token) => !isLeading(token) && !token.initial);
  return (token) => token === called;
}

/**
 * Something is left on both sides. `Muhammad`, `Siti`, `Made` may be left out (`Muhammad Rizki`, `Rizki Pratama`) where
 * both are called alike, unless the other has its like.
 */
function contradict(onlyA: readonly NameToken[], onlyB: readonly NameToken[], calledAlike: boolean): boolean {
  const own = (tokens: readonly NameToken[]): NameToken[] => tokens.filter((token) => !token.father);
  const [a, b] = [own(onlyA), own(onlyB)];
  if (a.length === 0 || b.length === 0) {
    return onlyA.some((token) => token.father) && onlyB.some((token) => token.father);
  }
  return !calledAlike || a.every(isLeading) === b.every(isLeading);
}

function bitsOf({ pairs, onlyA, onlyB }: Alignment, level: NameLevel): number {
  if (level === 'unknown') return 0;
  const agreed = capped(pairs);
  if (level === 'conflict') {
    // Initials are lost and mistaken more easily than words; what agrees besides is the family.
    const words = [onlyA, onlyB].every((tokens) => tokens.some((token) => !token.initial));
    return Math.min(-4, (words ? -8 : -5) + Math.min(2, agreed / 4));
  }
  return Math.max(0, agreed - Math.min(1.5, 0.5 * (onlyA.length + onlyB.length)));
}

function capped(
  pairs: readonly { bits: number; share: number; a?: readonly NameToken[]; b?: readonly NameToken[] }[],
): number {
  const alone = pairs.length === 1;
  let common = 0;
  let rare = 0;
  for (const { bits, share, a, b } of pairs) {
    if (share <= rareShare) rare += bits;
    else common += !alone && (a?.every(isLeading) || b?.every(isLeading)) ? bits * leadingPart : bits;
  }
  const soft = common <= commonBits ? common : commonBits + beyondCommon * (common - commonBits);
  // Words of one name go together (Tan Mei): a tenth off what independence would give.
  return Math.min(maxBits, soft + 0.9 * rare);
}

function evidenceOf(alignment: Alignment, level: NameLevel, data: { a: string; b: string }): Evidence[] {
  if (level === 'unknown') return [];
  const evidence: Evidence[] = [{ code: `name_${level}`, data }];
  if (level === 'conflict') return evidence;
  const rare = alignment.pairs.filter(
    ({ share, agreement }) => share <= rareShare && (agreement === 'same' || agreement === 'spelling'),
  );
  const rarest = rare.sort((x, y) => x.share - y.share)[0];
  if (rarest)
    evidence.push({ code: 'name_rare', data: { name: rarest.a.map(({ text }) => text).join(' ') } });
  return evidence;
}
