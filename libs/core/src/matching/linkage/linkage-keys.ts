import { rareShare, shareOf } from '../names/name-frequencies.js';
import { isLeadingKey } from '../names/leading.js';
import type { NameToken, PersonName } from '../names/person-name.js';
import { soundKey, spellingKey } from '../names/spelling-key.js';
import type { LinkageFrequencies, Profile } from './profile.js';
import { readProfile, type Mailbox, type ReadProfile } from './read-profile.js';

/**
 * A key that more customers than this hold is not looked up (Budi + Santoso in a large workspace): pairs that share
 * nothing rarer could not reach the threshold anyway. Keeps a look-up at 40 × 50 rows at most, however many customers
 * there are.
 */
export const maxKeyHolders = 50;
/** Keys of one profile; the telling ones come first. */
export const maxKeys = 40;

/**
 * Keys under which profiles are looked up as candidates (blocking): two profiles of one person nearly always share one.
 * Each is short text, made to be indexed.
 *
 * - `line:` `mail:` `lid:` …: match keys of addresses, proven or claimed, without desks
 * - `e:` number of an order or invoice
 * - `h:` letters of a mailbox's local part or of a name in one word; what names would give there
 * - `r:` one rare word of a name
 * - `n:` two words of a name, sorted; `i:` a word and the first letter of another; `s:` two words by sound
 * - `o:` company and call name
 */
export function linkageKeysOf(profile: Profile, frequencies: LinkageFrequencies = {}): string[] {
  const read = readProfile(profile);
  const named = [...read.names, ...read.mailboxes.map(({ handle }) => handle)].filter(
    ({ kind }) => kind === 'person',
  );
  const keys = new Set([
    ...read.contacts.filter(({ kind }) => kind !== 'visitor').map(({ key }) => key),
    ...[...read.references].slice(-12),
    ...read.mailboxes.flatMap(localPartKeys),
    ...named.flatMap((name) => nameKeys(name, frequencies)),
    ...organizationKeys(read, named),
    ...named.flatMap(looseKeys),
  ]);
  return [...keys].slice(0, maxKeys).map((key) => key.slice(0, 200));
}

function localPartKeys({ local }: Mailbox): string[] {
  const letters = local.replace(/\d/g, '');
  return [...(local.length >= 6 && local !== letters ? [`h:${local}`] : []), ...handleKeys(letters)];
}

function handleKeys(letters: string): string[] {
  return letters.length >= 5 ? [`h:${spellingKey(letters)}`] : [];
}

function nameKeys(name: PersonName, { names }: LinkageFrequencies): string[] {
  const words = wordsOf(name);
  return [
    ...(name.handle === null ? [] : handleKeys(name.handle)),
    ...words
      .filter(({ key }) => key.length > 2 && shareOf(key, names) <= rareShare)
      .map(({ key }) => `r:${key}`),
    ...pairsOf(words).map(([x, y]) => `n:${[x.key, y.key].sort().join('+')}`),
  ];
}

/** Looser ways to meet, which frequent names fill fast. */
function looseKeys(name: PersonName): string[] {
  const words = wordsOf(name);
  const initials = name.tokens.filter((token) => token.initial);
  return [
    ...pairsOf(words).flatMap(([x, y]) => [
      ...[x.text + y.text, y.text + x.text, x.text.slice(0, 1) + y.text, x.text + y.text.slice(0, 1)].flatMap(
        handleKeys,
      ),
      `i:${x.text.slice(0, 1)}+${y.key}`,
      `i:${y.text.slice(0, 1)}+${x.key}`,
      `s:${[soundKey(x.text), soundKey(y.text)].sort().join('+')}`,
    ]),
    ...initials.flatMap(({ text }) => words.map(({ key }) => `i:${text}+${key}`)),
  ];
}

function organizationKeys(read: ReadProfile, named: readonly PersonName[]): string[] {
  const companies = [
    ...read.organizationDomains,
    ...[...read.organizationDomains].map((domain) =>
      domain.slice(0, domain.indexOf('.')).replace(/[^a-z0-9]/g, ''),
    ),
    ...(read.organization === null ? [] : [read.organization]),
  ];
  const callNames = named.flatMap((name) => wordsOf(name).find(({ key }) => !isLeadingKey(key))?.key ?? []);
  return companies.flatMap((company) => callNames.slice(0, 3).map((call) => `o:${company}+${call}`));
}

function wordsOf(name: PersonName): NameToken[] {
  return name.tokens.filter((token) => !token.initial && !token.father).slice(0, 4);
}

function pairsOf(words: readonly NameToken[]): [NameToken, NameToken][] {
  return words.flatMap((x, i) => words.slice(i + 1).map((y): [NameToken, NameToken] => [x, y]));
}
