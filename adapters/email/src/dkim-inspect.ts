import { mailPresets } from '@loket/contracts/mail-presets.js';
import { addressesOf, domainOf, type MailAddress } from './addresses.js';
import { aligned, comparable } from './alignment.js';
import { canonicalField, hashBody, type Canonicalisation } from './dkim-canonical.js';
import { readSignature, signerOf, type DkimAlgorithm, type SignatureFlaw } from './dkim-signature.js';
import type { Head, HeadField } from './head.js';

/** What a sound signature leaves open, so that it is no proof of this mail to us. */
export type SignatureLimit = 'header_unsigned' | 'other_recipient';

/** All that a signature needs but its key. */
export interface SignatureToCheck {
  algorithm: DkimAlgorithm;
  selector: string;
  exactIdentity: boolean;
  /** the bytes that were signed */
  signed: Uint8Array;
  value: Uint8Array;
  limit: SignatureLimit | null;
}

export interface FoundSignature {
  /** d=, comparable; null when it cannot be read */
  domain: string | null;
  state: SignatureToCheck | SignatureFlaw;
}

/** What can be said of a mail's own proof before DNS is asked. Goes from thread to thread. */
export interface SelfProof {
  fromDomain: string;
  /** those of the author's own domain first */
  signatures: FoundSignature[];
  /** there were more signatures than were looked at */
  more: boolean;
  /** domain of the envelope's sender; null when it cannot be known */
  envelopeDomain: string | null;
}

const maxSignatures = 5;
const maxFields = 20;
/** bytes of signed header; real ones hold a few thousand */
const maxSigned = 200_000;
/** What an agent sees and answers by: must be signed wherever it stands in a mail. */
const mustBeSigned = ['from', 'subject', 'reply-to'];
/** Fields that stand in a mail once: when one is signed, another beside it is somebody else's. */
const singles = [
  ...['sender', 'to', 'cc', 'date', 'message-id', 'in-reply-to', 'references'],
  ...['mime-version', 'content-type', 'content-transfer-encoding'],
];
const publicDomains = new Set(mailPresets.flatMap(({ domains }) => domains));

/**
 * Everything of DKIM (RFC 6376) that needs the whole mail: hashing it, and gathering what was signed. Heavy as the
 * mail is; runs in a worker thread.
 *
 * @param mail head and bytes as they came
 * @param about whom the mail claims to be from, which addresses are ours, and the time in ms since the epoch
 */
export function inspectSignatures(
  mail: { head: Head; bytes: Uint8Array; bodyStart: number },
  about: { fromDomain: string; ownAddresses: readonly string[]; now: number },
): SelfProof {
  const { head, bytes, bodyStart } = mail;
  const body = bytes.subarray(bodyStart);
  const regular = isRegular(mail);
  const fromDomain = comparable(about.fromDomain);
  const fields = head.fields.filter((f) => f.name === 'dkim-signature');
  const chosen = fields
    .slice(0, maxFields)
    .map((field) => ({ field, domain: signerOf(field.value) }))
    .sort((a, b) => Number(isOf(fromDomain, b.domain)) - Number(isOf(fromDomain, a.domain)))
    .slice(0, maxSignatures);

  const hashes = new Map<Canonicalisation, ReturnType<typeof hashBody>>();
  const bodyAs = (mode: Canonicalisation): ReturnType<typeof hashBody> => {
    const hash = hashes.get(mode) ?? hashBody(body, mode);
    hashes.set(mode, hash);
    return hash;
  };
  return {
    fromDomain,
    signatures: chosen.map(({ field, domain }) => ({
      domain,
      state: regular ? prepare(field, head, bodyAs, about) : 'syntax',
    })),
    more: fields.length > chosen.length,
    envelopeDomain: envelopeDomain(head, about.ownAddresses),
  };
}

/**
 * Whether every line of the head is part of a field. What one reader skips, another may take for the end of the head;
 * then what is shown would not be what was signed.
 */
function isRegular({
  head,
  bytes,
  bodyStart,
}: {
  head: Head;
  bytes: Uint8Array;
  bodyStart: number;
}): boolean {
  const size = head.fields.reduce((sum, { source }) => sum + source.length, 0);
  const end = Buffer.from(bytes.subarray(size, bodyStart)).toString('latin1');
  return /^\r?\n$/.test(end) && !head.fields.some(({ source }) => /\r(?!\n)|\0/.test(source));
}

function prepare(
  field: HeadField,
  head: Head,
  bodyAs: (mode: Canonicalisation) => ReturnType<typeof hashBody>,
  about: { ownAddresses: readonly string[]; now: number },
): SignatureToCheck | SignatureFlaw {
  const tags = readSignature(field.value, about.now);
  if (typeof tags === 'string') return tags;
  const signed = signedHeader(field, tags.signedFields, tags.headerMode, head);
  if (signed === null) return 'syntax';
  const { hash, length } = bodyAs(tags.bodyMode);
  // Whoever passes a mail on could add to a body of which only the beginning is signed (RFC 6376 §8.2).
  if (tags.bodyLength !== null && tags.bodyLength !== length)
    return tags.bodyLength < length ? 'partial' : 'syntax';
  if (!hash.equals(tags.bodyHash)) return 'body';
  const { algorithm, selector, exactIdentity, value } = tags;
  const limit = limitOf(tags.signedFields, head, about.ownAddresses);
  return { algorithm, selector, exactIdentity, signed, value: new Uint8Array(value), limit };
}

/** RFC 6376 §3.7: of fields that stand there more than once, the lowest are signed first. */
function signedHeader(
  own: HeadField,
  names: readonly string[],
  mode: Canonicalisation,
  head: Head,
): Uint8Array | null {
  const stacks = new Map<string, HeadField[]>();
  for (const field of head.fields) {
    if (field === own) continue;
    const stack = stacks.get(field.name);
    if (stack) stack.push(field);
    else stacks.set(field.name, [field]);
  }
  let signed = '';
  for (const name of names) {
    const field = stacks.get(name)?.pop();
    if (field) signed += `${canonicalField(field.source, mode)}\r\n`;
    if (signed.length > maxSigned) return null;
  }
  const colon = own.source.indexOf(':') + 1;
  const withoutValue = own.source.slice(colon).replace(/((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*/, '$1');
  signed += canonicalField(own.source.slice(0, colon) + withoutValue, mode);
  return new Uint8Array(Buffer.from(signed, 'latin1'));
}

/**
 * A signature is sound for ever and for everybody, so a mail can be sent again to others, with fields added that it
 * does not cover (RFC 6376 §8.6, §8.15). It is a proof to us only when all that matters is signed and we are addressed.
 */
function limitOf(
  names: readonly string[],
  head: Head,
  ownAddresses: readonly string[],
): SignatureLimit | null {
  const covered = (name: string): boolean =>
    head.fields.filter((f) => f.name === name).length <= names.filter((n) => n === name).length;
  const signed = (name: string): boolean => names.includes(name);
  if (
    !mustBeSigned.every(covered) ||
    !singles.every((name) => covered(name) || !signed(name)) ||
    // One of them must hold: the same mail comes once, or its parts cannot be cut anew.
    !(signed('message-id') || signed('content-type'))
  )
    return 'header_unsigned';
  const ours = ({ address }: MailAddress): boolean => isOurs(address, ownAddresses);
  const named = ['to', 'cc'].map((name) => ({ signed: signed(name), people: addressesOf(head, name) }));
  // Large providers do not sign To and Cc. Whoever is named there takes part in the case, so it may be us alone.
  if (!named.every((field) => field.signed || field.people.every(ours))) return 'header_unsigned';
  if (ownAddresses.length === 0 || !signed('to')) return null;
  return named.some((field) => field.signed && field.people.some(ours)) ? null : 'other_recipient';
}

/** One of our addresses, with or without a plus part, or another one at our own domain. */
function isOurs(address: string, ownAddresses: readonly string[]): boolean {
  const domain = domainOf(address);
  const plain = address.toLowerCase().replace(/\+[^@]*(?=@[^@]*$)/, '');
  return ownAddresses.some(
    (own) => own === plain || (domainOf(own) === domain && !publicDomains.has(domain)),
  );
}

function isOf(fromDomain: string, signer: string | null): boolean {
  return signer !== null && aligned(signer, fromDomain);
}

/**
 * Where the mail came into the mail system (Return-Path, RFC 5321 §4.4). Unknown when it was sent on: lists, people
 * and servers that forward put an address of their own there.
 */
function envelopeDomain(head: Head, ownAddresses: readonly string[]): string | null {
  const sentOn = [
    'list-id',
    'list-post',
    'resent-from',
    'resent-sender',
    'x-forwarded-to',
    'x-forwarded-for',
  ];
  const paths = head.rawAll('return-path');
  const path = /^\s*<?([^<>\s]{1,320})>?\s*$/.exec(paths[0] ?? '')?.[1] ?? '';
  const domain = path.includes('@') ? comparable(path) : '';
  if (paths.length !== 1 || domain === '' || sentOn.some((name) => head.has(name))) return null;
  // Senders rewritten by forwarders: SRS, and Gmail's own form.
  if (/^srs[01][=+-]|\+srs[=+-]|\+caf_=/i.test(path)) return null;
  return ownAddresses.some((own) => aligned(domainOf(own), domain)) ? null : domain;
}
