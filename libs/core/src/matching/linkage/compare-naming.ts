import { madeOf } from '../names/compare-handle.js';
import { compareNames, type NameComparison } from '../names/compare-names.js';
import type { PersonName } from '../names/person-name.js';
import type { Finding } from './compare-addresses.js';
import { linkageWeights as weights } from './linkage-weights.js';
import type { LinkageFrequencies } from './profile.js';
import type { Mailbox, ReadProfile } from './read-profile.js';

const levels = ['same', 'compatible', 'partial', 'unknown', 'conflict'] as const;

/**
 * What names say, and what mail addresses made of names say. The strongest counts in full and the second a little: both
 * come from one name.
 *
 * @param addressAgrees whether a number or mailbox agrees; then names of two people say less
 */
export function compareNaming(
  a: ReadProfile,
  b: ReadProfile,
  addressAgrees: boolean,
  frequencies: LinkageFrequencies,
): Finding[] {
  const names = bestNames(a.names, b.names, frequencies);
  const likeNames = [mailLikeName(a, b.names, frequencies), mailLikeName(b, a.names, frequencies)].filter(
    (finding) => finding !== null,
  );
  const local = equalLocalParts(a, b, frequencies);
  const findings: Finding[] = [];
  if (names.level === 'conflict') {
    const bits = addressAgrees ? Math.max(names.agreement, weights.nameAgainstAddress) : names.agreement;
    findings.push(...named(names, bits));
    return local === null ? findings : [...findings, local];
  }
  const told = names.evidence.length > 0 ? named(names, names.agreement) : [];
  const [name, ...otherNames] = strongest([
    ...told.slice(0, 1),
    // Whoever is called so has such an address: beside an equal name it adds nothing, unless it tells more of the name.
    ...likeNames.map((finding) => ({ ...finding, preferred: -mailMargin })),
  ]);
  const [first, second] = strongest([name, local].filter((finding) => finding != null));
  return [
    ...(first ? [first] : []),
    ...(second ? [{ ...second, bits: second.bits * weights.nameEcho }] : []),
    ...otherNames.map((finding) => ({ ...finding, bits: 0 })),
  ]
    .map(crowded(addressAgrees, frequencies))
    .concat(told.slice(1));
}

/** Bits that a mail like the name must be ahead of the names themselves to be the better reason. */
const mailMargin = 2;

function strongest(findings: readonly (Finding & { preferred?: number })[]): Finding[] {
  const rank = ({ bits, preferred = 0 }: Finding & { preferred?: number }): number => bits + preferred;
  return [...findings].sort((x, y) => rank(y) - rank(x)).map(({ bits, evidence }) => ({ bits, evidence }));
}

/** In a larger workspace there are more namesakes; a number or mailbox that agrees rules them out. */
function crowded(addressAgrees: boolean, { names }: LinkageFrequencies): (finding: Finding) => Finding {
  const crowd = addressAgrees ? 0 : Math.max(0, Math.log2((names?.total ?? 0) / weights.nameCrowd));
  return (finding) => {
    const byName = finding.evidence.code !== 'same_local_part' && finding.bits > 0;
    return byName ? { ...finding, bits: Math.max(0, finding.bits - crowd) } : finding;
  };
}

function named({ evidence }: NameComparison, bits: number): Finding[] {
  return evidence.map((entry, i) => ({ bits: i === 0 ? bits : 0, evidence: entry }));
}

/** Of all the names that both go by, the two that agree best: whoever writes `Budi` once need not do so always. */
function bestNames(
  a: readonly PersonName[],
  b: readonly PersonName[],
  { names }: LinkageFrequencies,
): NameComparison {
  let best: NameComparison = { agreement: 0, level: 'unknown', evidence: [] };
  let compared = false;
  for (const x of a) {
    for (const y of b) {
      const found = compareNames(x, y, names);
      if (found.level === 'unknown' && found.evidence.length === 0) continue;
      const better =
        found.agreement > best.agreement ||
        (found.agreement === best.agreement && levels.indexOf(found.level) < levels.indexOf(best.level));
      if (!compared || better) best = found;
      compared = true;
    }
  }
  return best;
}

/** Whoever has more mailboxes is told by the first ones. */
const maxMailboxes = 12;

/** `rina.marlina@…` beside a Rina Marlina. */
function mailLikeName(
  { mailboxes }: ReadProfile,
  names: readonly PersonName[],
  { names: frequencies }: LinkageFrequencies,
): Finding | null {
  let best: Finding | null = null;
  for (const { handle, value } of mailboxes.slice(0, maxMailboxes)) {
    if (handle.kind !== 'person') continue;
    for (const name of names) {
      const found = compareNames(handle, name, frequencies);
      if (found.level !== 'same' && found.level !== 'compatible') continue;
      if (best === null || found.agreement > best.bits) {
        best = {
          bits: found.agreement,
          evidence: { code: 'mail_like_name', data: { mail: value, name: name.text } },
        };
      }
    }
  }
  return best;
}

/** `ratna.dewi87@` at two providers. */
function equalLocalParts(a: ReadProfile, b: ReadProfile, frequencies: LinkageFrequencies): Finding | null {
  let best: Finding | null = null;
  for (const x of a.mailboxes) {
    for (const y of b.mailboxes) {
      if (x.local !== y.local || x.key === y.key || x.local.length < 3) continue;
      const bits = localPartBits(x, [...a.names, ...b.names], frequencies);
      if (best === null || bits > best.bits) {
        best = { bits, evidence: { code: 'same_local_part', data: { a: x.value, b: y.value } } };
      }
    }
  }
  return best;
}

/** As rare as the names that it is made of, or as its letters; digits make it rarer still. */
function localPartBits(
  { local, handle }: Mailbox,
  names: readonly PersonName[],
  frequencies: LinkageFrequencies,
): number {
  const letters = local.replace(/\d/g, '');
  const digits = local.length - letters.length;
  const words = [handle, ...names].map(
    (name) => madeOf(letters, name.tokens, frequencies.names)?.bits ?? null,
  );
  const known = words.filter((bits) => bits !== null);
  const { localPartLetter, localPartDigit, localPartMost } = weights.mail;
  const byLetters = letters.length * localPartLetter;
  const base = known.length > 0 ? Math.min(byLetters + 4, ...known) : byLetters;
  return Math.min(localPartMost, base + Math.min(3, digits) * localPartDigit);
}
