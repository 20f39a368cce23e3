import { describe, expect, it } from '@jest/globals';
import type { IdentityKind, Proof } from '@loket/contracts/inbound.js';
import { seededRandom } from '../../../../../test/support/random.js';
import { compareProfiles } from './compare-profiles.js';
import { linkageThresholds } from './linkage-weights.js';
import type { Profile, ProfileIdentity } from './profile.js';

const { suggest } = linkageThresholds;
const identity = (kind: IdentityKind, value: string, proof: Proof, source = 'mail'): ProfileIdentity => ({
  kind,
  value,
  proof,
  source,
  resolves: true,
});
const wa = (value: string, proof: Proof = 'verified') => identity('whatsapp', value, proof);
const phone = (value: string, proof: Proof = 'claimed') => identity('phone', value, proof);
const mail = (value: string, proof: Proof = 'claimed') => identity('email', value, proof);

const person = (name: string, identities: ProfileIdentity[] = [], over: Partial<Profile> = {}): Profile => ({
  id: name,
  names: name === '' ? [] : [name],
  identities,
  organization: null,
  language: null,
  ...over,
});
const codes = (a: Profile, b: Profile): string[] => compareProfiles(a, b).evidence.map(({ code }) => code);

const mine = '+6281288412207';
const other = '+6281399990000';

describe('compareProfiles', () => {
  it.each<[string, Profile, Profile]>([
    ['Budi', person('Budi'), person('Budi')],
    ['Budi Santoso', person('Budi Santoso'), person('Budi Santoso')],
    ['Siti Nurjanah', person('Siti Nurjanah'), person('Siti Nurjanah')],
    ['Muhammad Rizki Pratama', person('Muhammad Rizki Pratama'), person('M. Rizki Pratama')],
    [
      'Sri Wahyuni',
      person('Sri Wahyuni', [], { language: 'id' }),
      person('Sri Wahyuni', [], { language: 'id' }),
    ],
    [
      'Dewi Lestari of one big town',
      person('Dewi Lestari', [wa(mine)], { language: 'id', places: ['Jakarta'] }),
      person('Dewi Lestari', [mail('dewi.lestari@gmail.com')], { language: 'id', places: ['jakarta'] }),
    ],
    [
      'Agus Setiawan and a mail like the name',
      person('Agus Setiawan', [mail('agussetiawan@gmail.com')]),
      person('Agus Setiawan', [mail('agus.setiawan99@yahoo.com')]),
    ],
  ])('does not suggest equal frequent names: %s', (_, a, b) => {
    expect(compareProfiles(a, b).score).toBeLessThan(suggest);
  });

  it.each<[string, Profile, Profile]>([
    [
      'first name',
      person('Budi', [wa(mine)]),
      person('Budi Santoso', [phone(mine), mail('b@toko.id', 'verified')]),
    ],
    ['initial', person('budi s.', [wa(mine)]), person('Bpk. Budi Santoso', [phone(mine)])],
    ['shop beside', person('Rina - Toko Makmur', [wa(mine)]), person('Rina Marlina', [wa(mine, 'claimed')])],
    [
      'the same mail',
      person('Dewi', [mail('dewi.a@gmail.com', 'verified')]),
      person('Dewi A.', [mail('dewia+x@gmail.com')]),
    ],
    ['both told by both', person('Budi', [phone(mine)]), person('Budi Santoso', [phone(mine)])],
  ])('is nearly sure of a number or mailbox that one proves and the other tells: %s', (_, a, b) => {
    expect(compareProfiles(a, b).score).toBeGreaterThanOrEqual(0.95);
  });

  it.each<[string, string]>([
    ['Rina Marlina', 'Budi Santoso'],
    ['Rudi Simanjuntak', 'Togar Simanjuntak'],
    ['Bapak Budi', 'Ibu Budi'],
  ])('leaves a number of %s and %s to people', (one, two) => {
    const { score, evidence } = compareProfiles(person(one, [wa(mine)]), person(two, [phone(mine)]));
    expect(score).toBeGreaterThanOrEqual(suggest);
    expect(score).toBeLessThan(0.95);
    expect(evidence.map(({ code }) => code)).toEqual(['same_number', 'name_conflict']);
  });

  it('suggests a rare name in full, less in a large workspace', () => {
    const [a, b] = [person('Larasati Kusumaningtyas'), person('Larasati Kusumaningtyas')];
    const large = { names: { counts: new Map<string, number>(), total: 1_000_000 } };
    expect(compareProfiles(a, b).score).toBeGreaterThan(suggest);
    expect(compareProfiles(a, b, large).score).toBeLessThan(suggest);
  });

  it('finds one local part at two providers', () => {
    const [a, b] = [mail('ratna.dewi87@gmail.com'), mail('ratnadewi87@yahoo.co.id')];
    expect(compareProfiles(person('Ratna', [a]), person('Ratna Dewi', [b])).score).toBeGreaterThan(suggest);
    const [c, d] = [mail('ratna@gmail.com'), mail('ratna@yahoo.co.id')];
    expect(compareProfiles(person('Ratna', [c]), person('Ratna', [d])).score).toBeLessThan(suggest);
  });

  it.each<[string, ProfileIdentity, ProfileIdentity]>([
    ['a desk', mail('info@toko.co.id', 'verified'), mail('info@toko.co.id')],
    [
      'an address that its domain disowned',
      identity('email', 'budi@toko.co.id', 'claimed', 'spoofed'),
      mail('budi@toko.co.id', 'verified'),
    ],
    ['a browser', identity('visitor', 'v-1', 'claimed'), identity('visitor', 'v-1', 'claimed')],
    ['a withheld number', phone('anonymous'), phone('anonymous')],
  ])('makes nothing of %s', (_, one, two) => {
    const { score, evidence } = compareProfiles(person('', [one]), person('', [two]));
    expect(score).toBeLessThan(0.01);
    expect(evidence.filter(({ code }) => code.startsWith('same_m') || code === 'same_number')).toEqual([]);
  });

  it('makes nothing of a number that many hold, and little of one that a few do', () => {
    const [a, b] = [person('Budi', [phone(mine)]), person('Budi', [phone(mine)])];
    const held = (count: number) => compareProfiles(a, b, { holders: new Map([[`line:${mine}`, count]]) });
    expect(held(2).score).toBeGreaterThan(0.95);
    expect(held(5).score).toBeLessThan(held(3).score);
    expect(held(6).score).toBeLessThan(0.05);
    expect(held(6).evidence.map(({ code }) => code)).toContain('shared_address');
  });

  it('trusts a landline less than a mobile', () => {
    const line = '+622150991120';
    const pair = (number: string) =>
      compareProfiles(person('', [phone(number, 'verified')]), person('', [phone(number)])).weight;
    expect(pair(line)).toBeLessThan(pair(mine));
  });

  it.each<[string, ProfileIdentity[], ProfileIdentity[], string]>([
    ['two WhatsApp numbers', [wa(mine)], [wa(other)], 'verified_conflict:whatsapp'],
    ['two lines', [phone(mine, 'verified')], [phone(other, 'verified')], 'verified_conflict:phone'],
    [
      'two mailboxes at work',
      [mail('budi@pt.co.id', 'verified')],
      [mail('budis@pt.co.id', 'verified')],
      'verified_conflict:email',
    ],
    [
      'two mailboxes of a provider',
      [mail('budi@gmail.com', 'verified')],
      [mail('budis@gmail.com', 'verified')],
      'verified_conflict:email',
    ],
  ])('sees proven identities in conflict: %s', (_, one, two, blocker) => {
    const rare = 'Larasati Kusumaningtyas';
    const found = compareProfiles(person(rare, one), person(rare, two));
    expect(found.blockers).toEqual([blocker]);
    expect(found.score).toBeLessThan(suggest);
    expect(found.evidence).toContainEqual({
      code: 'verified_conflict',
      data: expect.objectContaining({ kind: blocker.split(':')[1] }) as unknown,
    });
  });

  it.each<[string, ProfileIdentity[], ProfileIdentity[]]>([
    ['claimed numbers', [wa(mine)], [wa(other, 'claimed')]],
    ['one of two in common', [wa(mine), wa(other)], [wa(other)]],
    [
      'one mailbox spelled with a tag',
      [mail('budi@pt.co.id', 'verified')],
      [mail('budi+x@pt.co.id', 'verified')],
    ],
    ['mailboxes at two domains', [mail('budi@pt.co.id', 'verified')], [mail('budi@gmail.com', 'verified')]],
    ['a desk', [mail('budi@pt.co.id', 'verified')], [mail('sales@pt.co.id', 'verified')]],
  ])('sees no conflict: %s', (_, one, two) => {
    expect(compareProfiles(person('Budi', one), person('Budi', two)).blockers).toEqual([]);
  });

  it('knows colleagues by domain or by the name of the company', () => {
    expect(
      codes(person('Budi', [mail('budi@sinar-jaya.co.id')]), person('Rina', [mail('info@sinar-jaya.co.id')])),
    ).toContain('same_organization');
    expect(
      codes(
        person('Budi', [], { organization: 'PT. Sinar Jaya' }),
        person('Budi', [mail('b@sinarjaya.co.id')]),
      ),
    ).toContain('same_organization');
    expect(
      codes(
        person('Budi', [], { organization: 'PT Sinar Jaya' }),
        person('Budi', [], { organization: 'sinar jaya' }),
      ),
    ).toContain('same_organization');
    expect(
      codes(person('Budi', [mail('budi@gmail.com')]), person('Rina', [mail('rina@gmail.com')])),
    ).not.toContain('same_organization');
  });

  it('lifts a frequent name that agrees when both write about one order, and nothing else', () => {
    const about = (name: string, ...references: string[]) => person(name, [], { references });
    const pair = (a: string, b: string) => compareProfiles(about(a, 'KN-241388'), about(b, 'kn241388')).score;
    expect(pair('Agus Setiawan', 'agus')).toBeGreaterThan(suggest);
    expect(pair('Eko Budi Prasetyo', 'Eko BP')).toBeGreaterThan(suggest);
    expect(pair('', '')).toBeLessThan(0.1);
    expect(pair('Agus Setiawan', 'Customer Service')).toBeLessThan(0.1);
    expect(pair('Hendra', 'Wulan')).toBeLessThan(0.01);
    expect(codes(about('Budi', 'KN-241388'), about('Budi', 'KN-241389'))).not.toContain('same_reference');
    expect(codes(about('Budi', '12'), about('Budi', '12'))).not.toContain('same_reference');
    const many = compareProfiles(about('Budi', 'KN-241388'), about('Budi', 'KN-241388'), {
      holders: new Map([['e:KN241388', 9]]),
    });
    expect(many.score).toBeLessThan(suggest);
  });

  it('tells every reason with its weight, strongest first', () => {
    const a = person('Budi Santoso', [wa(mine)], { language: 'id' });
    const b = person('budi s.', [phone(mine)], { language: 'id' });
    expect(compareProfiles(a, b).evidence).toEqual([
      { code: 'same_number', data: { value: mine, proofA: 'verified', proofB: 'claimed', bits: 18 } },
      {
        code: 'name_compatible',
        data: { a: 'Budi Santoso', b: 'Budi S', bits: expect.any(Number) as unknown },
      },
      { code: 'same_language', data: { a: 'id', b: 'id', bits: 0.3 } },
    ]);
  });

  it('is symmetric, within 0..1, and its weight is the sum of its reasons', () => {
    const random = seededRandom(5);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const names = [
      'Budi',
      'Budi Santoso',
      'B. Santoso',
      'Rina',
      'PT Maju',
      'Admin',
      '✨',
      '\ud800',
      'Siti Nur Aini',
      '',
    ];
    const values: [IdentityKind, string][] = [
      ['email', 'budi.santoso@gmail.com'],
      ['email', 'budisantoso87@pt.co.id'],
      ['email', 'rina@pt.co.id'],
      ['email', '@@'],
      ['phone', mine],
      ['whatsapp', mine],
      ['whatsapp', other],
      ['lid', '1@lid'],
      ['phone', 'anonymous'],
    ];
    const any = (): Profile =>
      person(
        pick(names),
        Array.from({ length: Math.floor(random() * 4) }, () =>
          identity(...pick(values), pick(['verified', 'claimed'])),
        ),
        {
          organization: pick([null, 'PT', 'Maju']),
          language: pick([null, 'id', 'en']),
          places: pick([[], ['Jakarta', 'Tebet'], ['']]),
        },
      );
    for (let i = 0; i < 1000; i++) {
      const [a, b] = [any(), any()];
      const [one, two] = [compareProfiles(a, b), compareProfiles(b, a)];
      expect(one.weight).toBeCloseTo(two.weight, 6);
      expect(one.blockers.sort()).toEqual(two.blockers.sort());
      expect(one.score).toBeGreaterThanOrEqual(0);
      expect(one.score).toBeLessThanOrEqual(1);
      const told = one.evidence.reduce((sum, { data }) => sum + Number(data?.bits), 0);
      expect(Math.abs(told - one.weight)).toBeLessThan(0.06 * one.evidence.length + 0.001);
    }
  });
});
