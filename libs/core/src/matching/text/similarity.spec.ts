import { describe, expect, it } from '@jest/globals';
import { compareDigests } from '../case-score-compare.js';
import { digestOf, type Digest } from './digest.js';
import { builtInLexicon } from './lexicon.js';
import { nearlySame, similarity } from './similarity.js';

const digest = (text: string): Digest => digestOf({ subject: null, text, attachments: [] }, builtInLexicon);
const like = (a: string, b: string): number => similarity(digest(a), digest(b), builtInLexicon).score;

describe('similarity', () => {
  it.each([
    ['a slip of a word of no table', 'gerobaknya miring', 'grobaknya miring', 'timbangannya miring'],
    ['another language', 'paket saya hilang', 'my parcel is lost', 'my parcel is broken'],
    [
      'a short text within a long one',
      'kulkas tidak dingin',
      'Selamat pagi, kulkas dua pintu yang kami beli tiga bulan lalu sudah tidak dingin sejak Senin. Mohon teknisi.',
      'Selamat pagi, kompor yang kami beli tiga bulan lalu apinya kecil sejak Senin. Mohon teknisi.',
    ],
    [
      'the matter over the things',
      'paket baju belum sampai',
      'paket sepatu belum sampai',
      'paket baju robek',
    ],
    ['denial', 'tidak bisa login', 'gagal login', 'cara login'],
  ])('hears %s', (_, text, near, far) => {
    expect(like(text, near)).toBeGreaterThan(like(text, far));
  });

  it('does not take kin for the same', () => {
    expect(like('otp tidak masuk', 'lupa kata sandi')).toBeLessThan(
      like('otp tidak masuk', 'kode verifikasi belum diterima'),
    );
  });

  it.each([
    ['refund', 'refund', true],
    ['gerobak', 'grobak', true],
    ['gerobak', 'gerobka', true],
    ['gerobak', 'gerobat', true],
    ['gerobak', 'terobak', false],
    ['gerobak', 'gerbang', false],
    ['', '', true],
  ])('nearlySame %s %s: %s', (a, b, expected) => {
    expect(nearlySame(a, b)).toBe(expected);
  });
});

describe('compareDigests', () => {
  const parts = [
    'paket belum sampai',
    'order 8877123',
    'order 8877190',
    'tidak bisa login',
    'halo',
    'Rp 350.000',
    'error 504',
    'mau pesan lagi',
    'masalah lain',
    'gerobak miring',
    'grobak',
    'refund',
    'my parcel is lost',
    'KN-240817',
    'kamar 305',
    'terima kasih',
    'https://toko.id/a',
    '081234567890',
  ];
  // every text of one to three of the parts, by a fixed walk
  const texts = Array.from({ length: 120 }, (_, i) =>
    [i, i * 7 + 3, i * 11 + 5]
      .slice(0, 1 + (i % 3))
      .map((n) => parts[n % parts.length])
      .join(i % 2 ? ', ' : ' dan '),
  ).map(digest);

  it('is symmetric, within 0 and 1, and the same every time', () => {
    for (const [i, a] of texts.entries())
      for (const b of texts.slice(i)) {
        const there = compareDigests(a, b, builtInLexicon);
        const back = compareDigests(b, a, builtInLexicon);
        expect(there.score).toBeCloseTo(back.score, 9);
        expect(there.score >= 0 && there.score <= 1).toBe(true);
        expect(compareDigests(a, b, builtInLexicon)).toEqual(there);
      }
  });

  it('puts another number above all likeness of words', () => {
    const text = (order: string): string =>
      `Mohon refund pesanan ${order}, kemeja biru terlalu kecil untuk saya.`;
    const other = compareDigests(digest(text('8877123')), digest(text('8877190')), builtInLexicon);
    const same = compareDigests(digest(text('8877123')), digest(text('8877123')), builtInLexicon);
    expect(same.score).toBeGreaterThan(0.95);
    expect(other.score).toBeLessThan(0.4);
    expect(other.evidence).toContainEqual({
      code: 'other_entity',
      data: { type: 'order', value: '8877123', other: '8877190' },
    });
  });

  it('says nothing of texts that say nothing', () => {
    expect(compareDigests(digest('halo'), digest('halo'), builtInLexicon).score).toBeLessThan(0.1);
    expect(compareDigests(digest(''), digest(''), builtInLexicon).score).toBeLessThan(0.1);
  });
});
