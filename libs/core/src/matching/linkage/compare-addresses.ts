import type { Evidence, Proof } from '@loket/contracts/inbound.js';
import { isMobileLine } from '../../customers/address-plausible-phone.js';
import { linkageWeights as weights, sharedByMany } from './linkage-weights.js';
import type { LinkageFrequencies } from './profile.js';
import type { Contact, ReadProfile } from './read-profile.js';

/** One comparison that came out: its weight and why. */
export interface Finding {
  bits: number;
  evidence: Evidence;
}

/** Equal numbers, mailboxes and accounts; of each sort only the strongest counts, the others follow from it. */
export function equalAddresses(a: ReadProfile, b: ReadProfile, frequencies: LinkageFrequencies): Finding[] {
  const found = new Map<string, Finding>();
  for (const x of a.contacts) {
    for (const y of b.contacts) {
      if (x.key !== y.key) continue;
      const finding = equal(x, y, frequencies.holders?.get(x.key) ?? 0);
      if (finding === null) continue;
      const known = found.get(finding.evidence.code);
      if (known === undefined || known.bits < finding.bits) found.set(finding.evidence.code, finding);
    }
  }
  return [...found.values()];
}

function equal(x: Contact, y: Contact, holders: number): Finding | null {
  const data = { value: x.value, proofA: x.proof, proofB: y.proof };
  if (holders >= sharedByMany)
    return { bits: 0, evidence: { code: 'shared_address', data: { value: x.value, holders } } };
  const shared = holders > 2 ? -Math.log2(holders - 1) : 0;
  switch (x.kind) {
    case 'phone':
    case 'whatsapp': {
      if (!x.key.startsWith('line:')) return null;
      const landline = isMobileLine(x.value) ? 0 : weights.number.landline;
      return {
        bits: byProof(weights.number, x.proof, y.proof) + landline + shared,
        evidence: { code: 'same_number', data },
      };
    }
    case 'email': {
      const spelling = x.value === y.value ? 0 : weights.mail.spelling;
      const code = spelling === 0 ? 'same_mail' : 'same_mail_key';
      const both = spelling === 0 ? data : { ...data, value: x.value, other: y.value };
      return {
        bits: byProof(weights.mail, x.proof, y.proof) + spelling + shared,
        evidence: { code, data: both },
      };
    }
    case 'lid':
    case 'bsuid':
    case 'external':
      return { bits: weights.account + shared, evidence: { code: 'same_account', data: { kind: x.kind } } };
    // a browser, perhaps of an internet café
    case 'visitor':
      return null;
  }
}

function byProof(
  table: { verifiedVerified: number; verifiedClaimed: number; claimedClaimed: number },
  a: Proof,
  b: Proof,
): number {
  if (a === b) return a === 'verified' ? table.verifiedVerified : table.claimedClaimed;
  return table.verifiedClaimed;
}

/** What both have proven and what differs, where people mostly have one: told as findings and as blockers. */
export function verifiedConflicts(
  a: ReadProfile,
  b: ReadProfile,
): { findings: Finding[]; blockers: string[] } {
  const findings: Finding[] = [];
  for (const [kind, bits] of [
    ['whatsapp', weights.conflict.whatsapp],
    ['phone', weights.conflict.phone],
  ] as const) {
    const [x, y] = [proven(a, kind), proven(b, kind)];
    if (x.length > 0 && y.length > 0 && disjoint(x, y)) findings.push(conflict(kind, bits));
  }
  const mail = mailConflict(a, b);
  if (mail !== null) findings.push(mail);
  // Two numbers and two accounts of WhatsApp are one contradiction.
  const blockers = findings.map(({ evidence }) => `verified_conflict:${String(evidence.data?.kind)}`);
  return { findings, blockers };
}

function proven(profile: ReadProfile, kind: Contact['kind']): string[] {
  return profile.contacts.filter((c) => c.kind === kind && c.proof === 'verified').map(({ key }) => key);
}

function mailConflict(a: ReadProfile, b: ReadProfile): Finding | null {
  const own = (profile: ReadProfile) => profile.mailboxes.filter((mailbox) => mailbox.proof === 'verified');
  const [x, y] = [own(a), own(b)];
  for (const one of x) {
    const here = (mailbox: { domain: string | null }): boolean => mailbox.domain === one.domain;
    if (one.domain === null || !y.some(here)) continue;
    if (
      !disjoint(
        x.filter(here).map(({ key }) => key),
        y.filter(here).map(({ key }) => key),
      )
    )
      continue;
    const { mailAtWork, mailAtProvider } = weights.conflict;
    const bits = one.organizationDomain === null ? mailAtProvider : mailAtWork;
    return conflict('email', bits, one.domain);
  }
  return null;
}

function conflict(kind: string, bits: number, domain?: string): Finding {
  return {
    bits,
    evidence: { code: 'verified_conflict', data: domain === undefined ? { kind } : { kind, domain } },
  };
}

function disjoint(x: readonly string[], y: readonly string[]): boolean {
  return !x.some((key) => y.includes(key));
}
