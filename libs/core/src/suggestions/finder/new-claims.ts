import { lineKeyOf, matchKeyOf } from '../../customers/address-keys.js';
import { normaliseAddress } from '../../customers/normalise-address.js';
import { claimsIn, type Claim } from '../../matching/claims/claims-in.js';
import { selfNameIn } from '../../matching/claims/self-named.js';
import type { ArrivedMessage } from './finder-step.js';
import type { StoredProfile } from './profiles.queries.js';

export interface NewClaim {
  customerId: string;
  messageId: string;
  kind: Claim['kind'];
  value: string;
  verbatim: string;
  /** by which the writer signs */
  name: string | null;
  source: Claim['where'];
}

/** Less sure than this it may well be somebody else's: an office's line, a number that is said to be an old one. */
const leastConfidence = 0.6;
/** Claims that a profile keeps; whoever names more is no help in telling who he is. */
const mostClaims = 10;

/**
 * Addresses that these messages give as their writers' own and that are not known of them yet.
 *
 * @param own addresses of our channels, as they were set up
 */
export function newClaims(
  messages: readonly ArrivedMessage[],
  profiles: ReadonlyMap<string, StoredProfile>,
  own: readonly string[],
): NewClaim[] {
  const ours = new Set(own.flatMap(keysOfOurs));
  const found: NewClaim[] = [];
  const known = new Map<string, Set<string>>();
  for (const message of messages) {
    const profile = profiles.get(message.customerId);
    if (!profile) continue;
    const keys = known.get(profile.id) ?? keysOf(profile);
    known.set(profile.id, keys);
    let room = mostClaims - claimsOf(profile) - found.filter((c) => c.customerId === profile.id).length;
    for (const claim of claimsIn(message)) {
      const key = matchKeyOf(claim.kind, claim.value);
      if (claim.confidence < leastConfidence || keys.has(key) || ours.has(key) || room <= 0) continue;
      keys.add(key);
      room -= 1;
      const { kind, value, verbatim, where } = claim;
      const name = selfNameIn(message)?.name.slice(0, 255) ?? null;
      found.push({
        customerId: profile.id,
        messageId: message.id,
        kind,
        value,
        verbatim,
        name,
        source: where,
      });
    }
  }
  return found;
}

function keysOf({ identities }: StoredProfile): Set<string> {
  return new Set(identities.map(({ kind, value }) => matchKeyOf(kind, value)));
}

function claimsOf({ identities }: StoredProfile): number {
  return identities.filter((i) => !i.resolves && (i.source === 'signature' || i.source === 'text')).length;
}

function keysOfOurs(address: string): string[] {
  if (address.includes('@')) return [matchKeyOf('email', normaliseAddress('email', address).value)];
  const { value } = normaliseAddress('phone', address);
  return [lineKeyOf('phone', value) ?? value];
}
