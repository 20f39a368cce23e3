import { describe, expect, it } from '@jest/globals';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import { linkageKeysOf, maxKeys } from './linkage-keys.js';
import type { Profile } from './profile.js';

const profile = (
  names: string[],
  addresses: [IdentityKind, string][] = [],
  organization: string | null = null,
): Profile => ({
  id: 'x',
  names,
  identities: addresses.map(([kind, value]) => ({
    kind,
    value,
    proof: 'claimed',
    source: 'mail',
    resolves: true,
  })),
  organization,
  language: null,
});
const shared = (a: Profile, b: Profile): string[] => {
  const held = new Set(linkageKeysOf(b));
  return linkageKeysOf(a).filter((key) => held.has(key));
};

describe('linkageKeysOf', () => {
  it.each<[string, Profile, Profile, string]>([
    [
      'a number on two channels',
      profile([], [['phone', '+6281288412207']]),
      profile([], [['whatsapp', '+6281288412207']]),
      'line:+6281288412207',
    ],
    [
      'a mailbox by its key',
      profile([], [['email', 'budi.s+x@gmail.com']]),
      profile([], [['email', 'budis@gmail.com']]),
      'mail:budis@gmail.com',
    ],
    ['names in any order', profile(['Budi Santoso']), profile(['Santoso, Budi']), 'n:budi+santoso'],
    ['names spelled otherwise', profile(['Djoko Soesilo']), profile(['Joko Susilo']), 'n:joko+susilo'],
    [
      'one rare word',
      profile(['Larasati Kusumaningtyas']),
      profile(['Ibu Kusumaningtyas']),
      'r:kusumaningtias',
    ],
    ['an initial', profile(['B. Santoso']), profile(['Budi Santoso']), 'i:b+santoso'],
    [
      'a mail made of the name',
      profile([], [['email', 'bsantoso@gmail.com']]),
      profile(['Budi Santoso']),
      'h:bsantoso',
    ],
    [
      'a mail in one word',
      profile([], [['email', 'santosobudi@gmail.com']]),
      profile(['Budi Santoso']),
      'h:santosobudi',
    ],
    [
      'local parts at two providers',
      profile([], [['email', 'ratna.d87@gmail.com']]),
      profile([], [['email', 'ratnad87@yahoo.com']]),
      'h:ratnad87',
    ],
    [
      'company and call name',
      profile(['Budi'], [], 'PT Sinar Jaya'),
      profile(['Budi Santoso'], [['email', 'x@sinarjaya.co.id']]),
      'o:sinarjaya+budi',
    ],
  ])('two profiles meet by %s', (_, a, b, key) => {
    expect(shared(a, b)).toContain(key);
  });

  it.each<[string, Profile, Profile]>([
    ['a frequent single name', profile(['Budi']), profile(['Budi'])],
    ['a desk', profile([], [['email', 'info@toko.co.id']]), profile([], [['email', 'info@toko.co.id']])],
    ['no name', profile(['Customer Service']), profile(['Customer Service'])],
    [
      'a short local part',
      profile([], [['email', 'budi@gmail.com']]),
      profile([], [['email', 'budi@yahoo.com']]),
    ],
    ['a given name alone', profile(['Budi Santoso']), profile(['Budi Hartono'])],
  ])('two profiles do not meet by %s', (_, a, b) => {
    expect(shared(a, b)).toEqual([]);
  });

  it('lets two profiles meet by one order', () => {
    const about = (reference: string): Profile => ({ ...profile([]), references: [reference] });
    expect(shared(about('KN-241388'), about('kn 241388'))).toEqual(['e:KN241388']);
    expect(shared(about('12'), about('12'))).toEqual([]);
  });

  it('is short whatever a profile holds', () => {
    const many = profile(
      Array.from({ length: 500 }, (_, i) => `Budi${'x'.repeat(i)} Santoso Agus Wijaya Hartono`),
      Array.from({ length: 500 }, (_, i) => ['email', `budi.${i}@${'a'.repeat(300)}.id`]),
    );
    const keys = linkageKeysOf(many);
    expect(keys.length).toBeLessThanOrEqual(maxKeys);
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(200);
  });
});
