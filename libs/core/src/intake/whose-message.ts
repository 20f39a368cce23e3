import type { Evidence, IdentityKind, Proof, SenderProof } from '@loket/contracts/inbound.js';
import { compareNames } from '../matching/names/compare-names.js';
import type { PersonName } from '../matching/names/person-name.js';
import { readName } from '../matching/names/read-name.js';

/**
 * Why a stored identity was looked at. `sender`: the very address · `twin`: the same number as another kind of line
 * (somebody calls from the number that he writes on WhatsApp with) · `also`: a further address of the sender that the
 * channel vouches for · `also_twin`: its other kind of line.
 */
export type AddressRole = 'sender' | 'twin' | 'also' | 'also_twin';

/** A stored identity that may tell whose a message is. */
export interface KnownAddress {
  role: AddressRole;
  id: string;
  customerId: string;
  kind: IdentityKind;
  value: string;
  proof: Proof;
  resolves: boolean;
  source: string;
  /** the name last given with it, else the customer's */
  name: string | null;
  /** the customer's own; on a telephone people call themselves otherwise than in chats */
  profileName: string | null;
  /** the customer has no address beside this one */
  nothingElse: boolean;
}

/** What the rules ask about the sender. */
export interface SenderFacts {
  kind: IdentityKind;
  /** normalised */
  value: string;
  proof: SenderProof;
  name: string | null;
  trustCallerId: boolean;
}

export type Whose =
  /** the address decides */
  | { is: 'known'; address: KnownAddress }
  /** the address is new here, its owner is not */
  | { is: 'attached'; customerId: string; evidence: Evidence[] }
  /** `shares`: somebody else's address already, which goes on to decide for him */
  | { is: 'new'; shares: boolean };

/** Identities that are kept beside the one that decides: whom a domain disowns, and further people on one line. */
export const sourceOfDisowned = 'spoofed';
export const sourceOnSharedLine = 'shared_line';

/** One telephone number may be a caller's and a chat partner's. */
export const lineKinds: readonly IdentityKind[] = ['phone', 'whatsapp'];

/**
 * Whose a message is (DESIGN §4). Only equal addresses decide; names, signatures and what somebody typed never do, they
 * make suggestions. Pure.
 *
 * @param known every stored identity with one of the sender's addresses
 */
export function whoseMessage(sender: SenderFacts, known: readonly KnownAddress[]): Whose {
  if (sender.proof === 'failed') {
    const kept = known.find((a) => a.role === 'sender' && a.source === sourceOfDisowned);
    return kept ? { is: 'known', address: kept } : { is: 'new', shares: true };
  }
  if (isNobodys(sender)) return { is: 'new', shares: true };
  const own = known.filter((a) => a.role === 'sender' && a.source !== sourceOfDisowned);
  if (own.length > 0) return onOwnAddress(sender, own);
  const twin = known.find((a) => a.role === 'twin' && a.resolves && sameLineSamePerson(sender, a));
  if (twin) {
    const code = sender.proof === 'verified' ? 'number_called_before' : 'number_proven_elsewhere';
    return { is: 'attached', customerId: twin.customerId, evidence: [{ code }] };
  }
  const vouched = known.find(
    (a) => (a.role === 'also' || (a.role === 'also_twin' && a.proof === 'verified')) && a.resolves,
  );
  if (vouched) {
    const evidence = [{ code: 'channel_vouches', data: { kind: vouched.kind } }];
    return { is: 'attached', customerId: vouched.customerId, evidence };
  }
  return { is: 'new', shares: false };
}

/**
 * A number that merely rings may be a family's or an office's: callers who give clearly different names are different
 * people. Every other address is one person's.
 */
function onOwnAddress(sender: SenderFacts, own: readonly KnownAddress[]): Whose {
  const decides = own.find((a) => a.resolves);
  const anybodys = sender.kind === 'phone' && sender.proof === 'claimed' && sender.name !== null;
  if (decides && !(anybodys && differentPeople(sender.name, decides, 'callers')))
    return { is: 'known', address: decides };
  const other = own.find(
    (a) => a.source === sourceOnSharedLine && !differentPeople(sender.name, a, 'callers'),
  );
  return other ? { is: 'known', address: other } : { is: 'new', shares: decides !== undefined };
}

function sameLineSamePerson(sender: SenderFacts, twin: KnownAddress): boolean {
  if (differentPeople(sender.name, twin)) return false;
  if (sender.proof === 'verified') return twin.proof === 'verified' || twin.nothingElse;
  return sender.trustCallerId && twin.proof === 'verified';
}

/** A withheld number, a mail without a sender: what stands there is no address, and two of them are not one person. */
function isNobodys({ kind, value }: SenderFacts): boolean {
  if (lineKinds.includes(kind)) return !/\d{3}/.test(value);
  return kind === 'email' && (value.endsWith('@invalid') || !value.includes('@'));
}

/**
 * His name is in conflict with every name that we know of the other. Names of callers are real ones, heard and written
 * down by an agent, so two that share nothing are two people; in chats people call themselves what they like.
 */
function differentPeople(name: string | null, known: KnownAddress, who?: 'callers'): boolean {
  const names = [known.name, known.profileName].filter((n) => n !== null);
  if (name === null || names.length === 0) return false;
  const own = readName(name);
  return names.every((text) => {
    const other = readName(text);
    const { level } = compareNames(own, other);
    return (
      level === 'conflict' || (who === 'callers' && level === 'unknown' && isNamed(own) && isNamed(other))
    );
  });
}

function isNamed({ kind, parent, tokens }: PersonName): boolean {
  return kind === 'person' && !parent && tokens.some((token) => !token.initial);
}
