import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../matching/text/digest.js';
import { builtInLexicon } from '../../matching/text/lexicon.js';
import { atLeast, isBurst, likenessOf } from './burst-likeness.js';

const read = (text: string) => digestOf({ subject: null, text, attachments: [] }, builtInLexicon);
const like = (a: string, b: string) => likenessOf(read(a), read(b), builtInLexicon);

describe('likenessOf', () => {
  it.each([
    [
      'internet mati di kotagede min',
      'Internet saya di Kotagede mati sejak pukul 19.00. Mohon info.',
      'fault',
    ],
    ['internet down di kotagede, ada gangguan?', 'min internet kotagede mati ya?', 'fault'],
    ['rekana ga bisa dibuka min, loading terus', 'aplikasi rekana tidak bisa dibuka, hanya loading', 'fault'],
    ['Muncul error PAY-412', 'our payroll fails with error PAY-412', 'error'],
  ])('%j and %j: %s', (a, b, kind) => {
    expect(like(a, b)?.kind).toBe(kind);
    expect(like(b, a)).toEqual(like(a, b));
  });

  it.each([
    ['halo kak', 'halo min'],
    ['internet mati di kotagede', 'internet saya lambat sekali kalau malam'],
    ['Pesanan KN-241401 belum sampai', 'kemeja saya kebesaran, mau tukar ukuran'],
    ['muncul error PAY-412 saat proses gaji', 'muncul error PAY-900 saat proses gaji'],
    ['aplikasi error waktu upload foto', 'barang saya pecah, tolong diganti'],
    ['ini fotonya', 'internet mati di kotagede'],
  ])('%j and %j have nothing in common', (a, b) => {
    expect(like(a, b)).toBeNull();
  });
});

describe('isBurst', () => {
  const known = { cases: 400, hours: 100 };
  it.each([
    ['fault', 2, 0, false],
    ['fault', 3, 0, true],
    ['fault', 3, 2, true],
    ['fault', 3, 6, false],
    ['fault', 6, 6, true],
    ['fault', 8, 24, false],
    ['fault', 12, 24, true],
    ['matter', 4, 0, false],
    ['matter', 5, 0, true],
    ['matter', 5, 8, false],
    ['matter', 8, 6, true],
  ] as const)('%s of %i customers, where %i come in a day: %s', (kind, customers, perDay, expected) => {
    expect(isBurst(kind, customers, { perDay, ...known })).toBe(expected);
  });

  it('of an ordinary matter only where it is known what is usual', () => {
    expect(isBurst('matter', 9, { perDay: 0, cases: 12, hours: 100 })).toBe(false);
    expect(isBurst('matter', 9, { perDay: 0, cases: 400, hours: 5 })).toBe(false);
    expect(isBurst('fault', 3, { perDay: 0, cases: 0, hours: 0 })).toBe(true);
  });
});

describe('atLeast', () => {
  it.each([
    [0, 3, 1],
    [1, 0, 0],
    [1, 1, 0.6321],
    [3, 1, 0.0803],
    [5, 2, 0.0527],
  ])('%i when %d are expected: %d', (count, expected, probability) => {
    expect(atLeast(count, expected)).toBeCloseTo(probability, 4);
  });
});
