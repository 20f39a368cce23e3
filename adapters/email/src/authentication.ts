import type { SenderProof } from '@loket/contracts/inbound.js';
import { aligned, sameDomain } from './alignment.js';
import type { Head } from './head.js';

export interface ProofOfSender {
  proof: SenderProof;
  evidence: string[];
}

/** Proof by our servers. */
export interface ServersProof extends ProofOfSender {
  /** they looked at the author's proof and came to a result, so that nothing else counts */
  decided: boolean;
}

interface Result {
  method: string;
  result: string;
  properties: Map<string, string>;
}

/**
 * How well the sender is proven (DESIGN §4): by what our own mail servers found (Authentication-Results, RFC 8601), or
 * not at all. Only fields that those servers wrote count. They stand above all that came with the mail, so the fields
 * above the first Received line count, and of those below it only the topmost; a forged one stands further down.
 *
 * @param trusted authserv-ids of our servers
 * @param fromDomain domain of the one From address; null when there are several, and then nothing is proven
 */
export function proveSender(head: Head, trusted: readonly string[], fromDomain: string | null): ServersProof {
  const own = new Set(trusted.map((id) => id.trim().toLowerCase()));
  if (own.size === 0 || fromDomain === null || fromDomain === '')
    return { proof: 'claimed', evidence: [], decided: false };
  const evidence: string[] = [];
  let proof: SenderProof = 'claimed';
  let decided = false;

  for (const field of trustedFields(head, own)) {
    const { authserv, results } = parseResults(field);
    for (const { method, result, properties } of results) {
      if (method === 'dmarc') {
        const about = properties.get('header.from');
        if (about !== undefined && !sameDomain(about, fromDomain)) continue;
        if (result === 'pass' || result === 'fail') decided = true;
        if (result === 'pass') {
          evidence.push(`dmarc=pass by ${authserv}`);
          if (proof === 'claimed') proof = 'verified';
        } else if (result === 'fail') {
          evidence.push(`dmarc=fail by ${authserv}`);
          proof = 'failed';
        }
      } else if (method === 'dkim') {
        // They saw the mail as it came in; only when they could not tell may a look of our own help.
        if (result !== 'temperror' && result !== 'neutral') decided = true;
        if (result !== 'pass') continue;
        const signer = properties.get('header.d') ?? domainPart(properties.get('header.i'));
        if (signer === null || !aligned(signer, fromDomain)) continue;
        evidence.push(`dkim=pass ${signer} by ${authserv}`);
        if (proof === 'claimed') proof = 'verified';
      }
    }
  }
  return { proof, evidence: [...new Set(evidence)].slice(0, 20).map((e) => e.slice(0, 500)), decided };
}

function trustedFields(head: Head, own: ReadonlySet<string>): string[] {
  const firstReceived = head.fields.findIndex((f) => f.name === 'received');
  const values: string[] = [];
  for (const [index, field] of head.fields.entries()) {
    if (field.name !== 'authentication-results' || !own.has(parseResults(field.value).authserv)) continue;
    if (index < firstReceived || values.length === 0) values.push(field.value);
    if (index > firstReceived) break;
  }
  return values;
}

/** RFC 8601 §2.2, leniently: `authserv-id [version]; method=result [reason] [ptype.property=value …]; …` */
function parseResults(value: string): { authserv: string; results: Result[] } {
  const [first = '', ...rest] = withoutComments(value.slice(0, 20_000)).split(';');
  const results: Result[] = [];
  for (const part of rest) {
    const words = part.trim().match(/[^\s="]{1,100}\s{0,10}=\s{0,10}(?:"[^"]*"|[^\s"]*)/g) ?? [];
    const [head = '', ...properties] = words.map((w) => w.replace(/\s*=\s*/, '='));
    const [method = '', result = ''] = split(head);
    if (method === '') continue;
    results.push({
      method: method.replace(/\/\d+$/, ''),
      result,
      properties: new Map(properties.map(split)),
    });
  }
  return { authserv: (first.trim().split(/\s+/)[0] ?? '').replace(/^"|"$/g, '').toLowerCase(), results };
}

function split(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [
    pair.slice(0, at).toLowerCase(),
    pair
      .slice(at + 1)
      .replace(/^"|"$/g, '')
      .toLowerCase(),
  ];
}

/** Comments nest (RFC 5322 §3.2.2). */
function withoutComments(value: string): string {
  let depth = 0;
  let out = '';
  for (const char of value) {
    if (char === '(') depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (depth === 0) out += char;
  }
  return out;
}

function domainPart(identity: string | undefined): string | null {
  return identity === undefined ? null : identity.slice(identity.lastIndexOf('@') + 1);
}
