import type { IdentityKind, Proof } from '@loket/contracts/inbound.js';
import { matchKeyOf } from '../../customers/address-keys.js';
import { organizationDomainOf, registrableDomainOf } from '../../customers/address-organization.js';
import { isRoleAddress } from '../../customers/address-role.js';
import type { PersonName } from '../names/person-name.js';
import { plainLetters } from '../names/plain-text.js';
import { readHandle, readName } from '../names/read-name.js';
import type { Profile } from './profile.js';

/** One address as linkage compares it. */
export interface Contact {
  kind: IdentityKind;
  value: string;
  key: string;
  proof: Proof;
}

export interface Mailbox extends Contact {
  /** the part before the @, small letters and digits alone, without tag */
  local: string;
  /** the name that the local part may be made of */
  handle: PersonName;
  domain: string | null;
  /** null with a public provider */
  organizationDomain: string | null;
}

/** A profile with everything taken apart once. */
export interface ReadProfile {
  id: string;
  names: PersonName[];
  /** every address but desks and those that their domain disowned */
  contacts: Contact[];
  mailboxes: Mailbox[];
  /** letters of the company's name, without its legal form */
  organization: string | null;
  /** at which the customer has a personal mailbox or a desk */
  organizationDomains: Set<string>;
  language: Profile['language'];
  places: Set<string>;
  /** as linkage keys */
  references: Set<string>;
}

/** Whoever has more has been merged from many, or is being played with. */
const maxNames = 12;
const maxContacts = 40;
const maxReferences = 20;

/** Taking names apart costs more than comparing them, and one profile is compared with many. */
const read = new WeakMap<Profile, ReadProfile>();

/** Once for each object: a profile that changes is another one. */
export function readProfile(profile: Profile): ReadProfile {
  const known = read.get(profile);
  if (known) return known;
  const fresh = takenApart(profile);
  read.set(profile, fresh);
  return fresh;
}

function takenApart(profile: Profile): ReadProfile {
  const held = profile.identities.filter(({ source }) => source !== 'spoofed').slice(0, maxContacts);
  const personal = held.filter(({ kind, value }) => kind !== 'email' || !isRoleAddress(value));
  const contacts = personal.map(({ kind, value, proof }) => ({
    kind,
    value,
    proof,
    key: matchKeyOf(kind, value),
  }));
  const domains = held.flatMap(({ kind, value }) =>
    kind === 'email' ? (organizationDomainOf(value) ?? []) : [],
  );
  return {
    id: profile.id,
    names: [...new Set(profile.names)].slice(0, maxNames).map((name) => readName(name)),
    contacts,
    mailboxes: contacts.filter(({ kind, value }) => kind === 'email' && value.includes('@')).map(mailboxOf),
    organization: profile.organization === null ? null : organizationLetters(profile.organization),
    organizationDomains: new Set(domains),
    language: profile.language,
    places: new Set((profile.places ?? []).slice(0, 20).map(placeWord).filter(Boolean)),
    references: new Set((profile.references ?? []).slice(-maxReferences).flatMap(referenceKey)),
  };
}

function mailboxOf(contact: Contact): Mailbox {
  const at = contact.value.lastIndexOf('@');
  const local = contact.value.slice(0, at).split('+', 1)[0] ?? '';
  return {
    ...contact,
    local: local.replace(/[^a-z0-9]/g, ''),
    handle: readHandle(local),
    domain: registrableDomainOf(contact.value.slice(at + 1)),
    organizationDomain: organizationDomainOf(contact.value),
  };
}

/** `PT. Sinar Jaya, Tbk.` → `sinarjaya`; null when too short to tell companies apart. */
export function organizationLetters(name: string): string | null {
  const words =
    plainLetters(name)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words
    .filter((word) => !/^(?:pt|cv|ud|pd|fa|tbk|persero|ltd|inc|llc|corp|pte|sdn|bhd|toko|the)$/.test(word))
    .join('');
  return letters.length >= 4 ? letters : null;
}

/** Too short a number is anybody's. */
function referenceKey(reference: string): string[] {
  const plain = reference
    .slice(0, 60)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  return plain.length >= 5 && /\d{3}/.test(plain) ? [`e:${plain}`] : [];
}

function placeWord(place: string): string {
  return plainLetters(place)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 60);
}
