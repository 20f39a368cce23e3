import { isRoleAddress } from '../../customers/address-role.js';
import { isMobileLine } from '../../customers/address-plausible-phone.js';
import { compareNames } from '../names/compare-names.js';
import { readName } from '../names/read-name.js';
import { candidatesIn, type Candidate } from './contact-candidates.js';
import { withoutContacts, zonesOf, type WrittenMessage } from './message-zones.js';
import { isOthersLine, ownershipOf, type Surroundings } from './ownership.js';
import { endsInIntroduction, signedName } from './self-named.js';

/** An address that the writer of a message gives as his own. A claim: never proof (DESIGN §4). */
export interface Claim {
  kind: 'phone' | 'whatsapp' | 'email';
  /** as `normaliseAddress` gives it */
  value: string;
  verbatim: string;
  where: 'signature' | 'text';
  /**
   * 0..1: 0.9 said in so many words (`nomor saya …`), 0.85 in a signature, 0.6–0.7 asked to be called there or a line of
   * a form, below 0.5 an office's line or a number that is said to be an old one
   */
  confidence: number;
}

const maxClaims = 6;

/**
 * Telephone numbers and mail addresses that a message gives as its writer's own: in the signature, or in a sentence that
 * says so. Numbers of couriers, friends and hotlines, order and account numbers, quoted and forwarded parts are left
 * out; so are desks (`info@`). When in doubt, nothing is claimed.
 *
 * @returns at most six, surest first, one for each line and mailbox
 */
export function claimsIn(message: WrittenMessage): Claim[] {
  const { body, signature } = zonesOf(message);
  const name = signedName(signature, message.region);
  const claims = [
    ...signature.flatMap((line) => signed(line, name, message.region)),
    ...candidatesIn(body, message.region).flatMap((candidate) => spoken(body, candidate)),
  ];
  const best = new Map<string, Claim>();
  for (const claim of claims) {
    const key = `${claim.kind === 'email' ? 'mail' : 'line'}:${claim.value}`;
    const known = best.get(key);
    if (known === undefined || known.confidence < claim.confidence) best.set(key, claim);
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence).slice(0, maxClaims);
}

function signed(line: string, name: string | null, region: string): Claim[] {
  if (isOthersLine(line)) return [];
  // `CP: Rina 0812…` under a letter of Budi's is Rina's.
  const beside = readName(withoutContacts(line, region));
  const level = name === null ? 'unknown' : compareNames(readName(name), beside).level;
  if (level === 'conflict' && /(?<!\p{L})(?:cp|contact|kontak|hub(?:ungi)?|up|attn)(?!\p{L})/iu.test(line))
    return [];
  return candidatesIn(line, region)
    .filter((candidate) => !isDesk(candidate))
    .map((candidate) => ({
      ...claimOf(candidate, line.slice(0, candidate.start)),
      where: 'signature',
      confidence: candidate.kind === 'email' || isMobileLine(candidate.value) ? 0.85 : 0.45,
    }));
}

function spoken(body: string, candidate: Candidate): Claim[] {
  if (isDesk(candidate)) return [];
  const around = sentenceAround(body, candidate);
  const confidence = ownershipOf(around) ?? (endsInIntroduction(around.before) ? 0.75 : null);
  if (confidence === null) return [];
  // In a form for a parcel, the number is its receiver's.
  if (confidence <= 0.6 && /(?<!\p{L})(?:penerima|pengirim|tujuan|recipient|receiver)(?!\p{L})/iu.test(body))
    return [];
  const line = candidate.kind === 'email' || isMobileLine(candidate.value);
  return [
    {
      ...claimOf(candidate, around.before),
      where: 'text',
      confidence: line ? confidence : Math.min(confidence, 0.5),
    },
  ];
}

function isDesk(candidate: Candidate): boolean {
  return candidate.kind === 'email' && isRoleAddress(candidate.value);
}

function claimOf(candidate: Candidate, before: string): Pick<Claim, 'kind' | 'value' | 'verbatim'> {
  const chat = /(?<!\p{L})(?:wa|w\.a|whats?app?|watsap)(?!\p{L})[^.!?\d]{0,25}$/iu.test(before);
  const kind = candidate.kind === 'phone' && chat ? 'whatsapp' : candidate.kind;
  return { kind, value: candidate.value, verbatim: candidate.verbatim.trim() };
}

/** What stands before and after on the same line, up to the end of the sentence: `No. HP` ends none. */
function sentenceAround(body: string, { start, end }: Candidate): Surroundings {
  const ahead = body.slice(Math.max(0, start - 120), start);
  const behind = body.slice(end, end + 60);
  const breaks = [
    ...ahead.matchAll(/[\n!?;]|(?<!(?<!\p{L})(?:no|hp|wa|telp|tlp|tel|bpk|sdr|ibu|nmr))\.\s/giu),
  ];
  const from = breaks.at(-1);
  return {
    before: from === undefined ? ahead : ahead.slice(from.index + from[0].length),
    after: behind.split(/[\n!?;]|\.\s/, 1)[0] ?? '',
  };
}
