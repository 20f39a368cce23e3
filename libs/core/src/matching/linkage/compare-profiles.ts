import type { Evidence } from '@loket/contracts/inbound.js';
import { cities } from '../names/name-words.js';
import { equalAddresses, verifiedConflicts, type Finding } from './compare-addresses.js';
import { compareNaming } from './compare-naming.js';
import { linkageWeights as weights, probabilityOf, sharedByMany } from './linkage-weights.js';
import type { LinkageFrequencies, Profile } from './profile.js';
import { readProfile, type ReadProfile } from './read-profile.js';

export interface ProfileComparison {
  /** probability that both are one person, 0..1; to be held against `linkageThresholds` */
  score: number;
  /** bits of all evidence together, without the prior */
  weight: number;
  /** strongest first, for or against; each with its `bits` */
  evidence: Evidence[];
  /** why the two may not be one whatever else agrees: `verified_conflict:whatsapp` (DESIGN §4) */
  blockers: string[];
}

/**
 * How likely two customers are one person, with every reason. Only ever a suggestion: profiles are joined by people or by
 * proof. Symmetric but for the order within evidence; never throws.
 *
 * The model stands in `linkageWeights`.
 */
export function compareProfiles(
  a: Profile,
  b: Profile,
  frequencies: LinkageFrequencies = {},
): ProfileComparison {
  const [x, y] = [readProfile(a), readProfile(b)];
  const addresses = equalAddresses(x, y, frequencies);
  const conflicts = verifiedConflicts(x, y);
  const agrees = addresses.some(({ bits }) => bits > 0);
  const findings = [
    ...addresses,
    ...compareNaming(x, y, agrees, frequencies),
    ...conflicts.findings,
    ...sameReferences(x, y, frequencies),
    ...around(x, y),
  ];
  const weight = findings.reduce((sum, { bits }) => sum + bits, 0);
  return {
    score: probabilityOf(weight),
    weight,
    evidence: findings
      .sort((one, other) => Math.abs(other.bits) - Math.abs(one.bits))
      .map(({ bits, evidence: { code, data } }) => ({
        code,
        data: { ...data, bits: Math.round(bits * 10) / 10 },
      })),
    blockers: conflicts.blockers,
  };
}

/** Orders and invoices that both wrote about; one that many write about is no order of theirs. */
function sameReferences(a: ReadProfile, b: ReadProfile, { holders }: LinkageFrequencies): Finding[] {
  const both = [...a.references].filter(
    (key) => b.references.has(key) && (holders?.get(key) ?? 0) < sharedByMany,
  );
  return both
    .sort()
    .slice(0, 3)
    .map((key, i) => ({
      bits: i === 0 ? weights.reference.first : weights.reference.more,
      evidence: { code: 'same_reference', data: { value: key.slice(2) } },
    }));
}

/** Company, place and language: each says a little. */
function around(a: ReadProfile, b: ReadProfile): Finding[] {
  const findings: Finding[] = [];
  const domain = [...a.organizationDomains].find((held) => b.organizationDomains.has(held));
  const named = a.organization !== null && a.organization === b.organization ? a.organization : null;
  const both = domain ?? companyAtDomain(a, b) ?? companyAtDomain(b, a) ?? named;
  if (both !== null && both !== undefined) {
    findings.push({
      bits: weights.organization,
      evidence: { code: 'same_organization', data: { domain: both } },
    });
  }
  findings.push(...samePlaces(a, b));
  if (a.language !== null && b.language !== null) {
    const same = a.language === b.language;
    findings.push({
      bits: same ? weights.language.same : weights.language.other,
      evidence: { code: same ? 'same_language' : 'other_language', data: { a: a.language, b: b.language } },
    });
  }
  return findings;
}

/** The company of one is the owner of the other's domain: `Sinar Jaya`, `budi@sinar-jaya.co.id`. */
function companyAtDomain(a: ReadProfile, b: ReadProfile): string | null {
  if (a.organization === null) return null;
  const label = (domain: string): string => domain.slice(0, domain.indexOf('.')).replace(/[^a-z0-9]/g, '');
  const owned = [...b.organizationDomains].find((domain) => {
    const letters = label(domain).replace(/^pt(?=.{4})/, '');
    return letters === a.organization;
  });
  return owned ?? null;
}

function samePlaces(a: ReadProfile, b: ReadProfile): Finding[] {
  let left: number = weights.place.most;
  const findings: Finding[] = [];
  for (const place of [...a.places].filter((word) => b.places.has(word)).sort()) {
    const bits = Math.min(left, cities.has(place) ? weights.place.city : weights.place.quarter);
    if (bits <= 0) break;
    left -= bits;
    findings.push({ bits, evidence: { code: 'same_place', data: { place } } });
  }
  return findings;
}
