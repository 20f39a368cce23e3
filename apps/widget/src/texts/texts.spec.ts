import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { id } from './id.js';
import { dayName, fileSize, pickLanguage, statusLine, wordsIn } from './texts.js';

const now = new Date(2026, 2, 4, 20, 0); // a Wednesday

describe('pickLanguage', () => {
  it.each([
    [['id-ID', 'en'], 'id'],
    [['', 'en-GB'], 'en'],
    [['de', 'id'], 'id'],
    [['in'], 'id'],
    [[null, undefined, 'fr'], 'en'],
  ] as const)('%j → %s', (tags, expected) => expect(pickLanguage(tags)).toBe(expected));
});

describe('statusLine', () => {
  const at = (day: number): string => new Date(2026, 2, day, 8, 0).toISOString();
  it.each([
    [{ online: true, expectedMinutes: 6, opensAt: null }, 'Rani', 'Rani membalas, biasanya dalam 6 menit'],
    [{ online: true, expectedMinutes: 0, opensAt: null }, null, 'Kami membalas, biasanya dalam 1 menit'],
    [{ online: true, expectedMinutes: 150, opensAt: null }, null, 'Kami membalas, biasanya dalam 3 jam'],
    [{ online: true, expectedMinutes: null, opensAt: null }, null, 'Kami siap membantu'],
    [{ online: false, expectedMinutes: 6, opensAt: at(5) }, 'Rani', 'Sedang tutup, buka lagi Kamis 08.00'],
    [{ online: false, expectedMinutes: null, opensAt: at(4) }, null, 'Sedang tutup, buka lagi 08.00'],
    [{ online: false, expectedMinutes: null, opensAt: null }, null, 'Sedang tidak ada petugas'],
  ])('%j', (status, agent, expected) =>
    expect(statusLine(id, status, agent, now).replace(/,? pukul /, ' ')).toBe(expected),
  );
});

describe('words', () => {
  it('of days', () => {
    const day = (n: number): string => dayName(en, new Date(2026, 2, n, 9).getTime(), now.getTime());
    expect([day(4), day(3), day(1)]).toEqual(['Today', 'Yesterday', '1 March']);
    expect(dayName(id, new Date(2025, 11, 31).getTime(), now.getTime())).toBe('31 Desember 2025');
  });

  it('of sizes', () => {
    expect([fileSize(en, 10), fileSize(en, 999_000), fileSize(id, 1_540_000)]).toEqual([
      '1 kB',
      '999 kB',
      '1,5 MB',
    ]);
  });

  it('of the settings stand in for each other', () => {
    expect([wordsIn({ id: 'a', en: 'b' }, 'en'), wordsIn({ id: 'a' }, 'en'), wordsIn({}, 'id')]).toEqual([
      'b',
      'a',
      '',
    ]);
  });

  it('are the same number of blanks in both languages', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(id[key].length > 0).toBe(en[key].length > 0);
  });
});
