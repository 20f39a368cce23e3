import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../../../test/support/random.js';
import { compareNames, type NameLevel } from './compare-names.js';
import { readName } from './read-name.js';
import { spellingKey } from './spelling-key.js';

const compare = (a: string, b: string) => compareNames(readName(a), readName(b));

describe('compareNames', () => {
  it.each<[string, string, NameLevel]>([
    ['Budi Santoso', 'BUDI SANTOSO', 'same'],
    ['Budi Santoso', 'Santoso, Budi', 'same'],
    ['Soekarno Wibowo', 'Sukarno Wibowo', 'same'],
    ['Puspita Sari', 'Puspitasari', 'same'],
    ['Abdul Rahman', 'Abdurrahman', 'same'],
    ['Suharto', 'Pak Suharto', 'same'],
    ['Muhammad', 'Moh.', 'same'],
    ['Budi Santoso', 'budi s.', 'compatible'],
    ['Budi Santoso', 'B. Santoso', 'compatible'],
    ['Budi Santoso', 'Budi', 'compatible'],
    ['Budi Santoso', 'Pak Santoso', 'compatible'],
    ['Muhammad Rizki', 'M. Rizki', 'compatible'],
    ['Muhammad Rizki', 'Rizki Pratama', 'compatible'],
    ['Eko Prasetyo Utomo', 'Eko Utomo', 'compatible'],
    ['Dian Permatasari', 'Dian Permatsari', 'compatible'],
    ['Dinda', 'Dindayani Rahma', 'compatible'],
    ['Pak Tono', 'Hartono Wijaya', 'compatible'],
    ['Bu Lastri', 'Sulastri', 'compatible'],
    ['Ahmad Yahya', 'Ahmad bin Yahya', 'same'],
    ['Sulaiman', 'Sulaiman bin Daud', 'compatible'],
    ['bsantoso@toko.example', 'Budi Santoso', 'compatible'],
    ['santosobudi@toko.example', 'Budi Santoso', 'compatible'],
    ['budi.santoso87@toko.example', 'Budi Santoso', 'compatible'],
    ['rinamarlina99', 'Rina Marlina', 'compatible'],
    ['Hendra Wijaya', 'Hendrawan Wijaya', 'partial'],
    ['Muhammad', 'Muhammad Fajar', 'partial'],
    ['Made', 'Made Sudarsana', 'partial'],
    ['Budi Santoso', 'Customer Service', 'unknown'],
    ['Budi Santoso', 'PT Santoso', 'unknown'],
    ['B. S.', 'Budi Santoso', 'unknown'],
    ['Bunda Aqila', 'Aqila Zahra', 'unknown'],
    ['cutegirl99@toko.example', 'Budi Santoso', 'unknown'],
    ['', '', 'unknown'],
    ['Budi Santoso', 'Budi Hartono', 'conflict'],
    ['Budi Santoso', 'Agus Santoso', 'conflict'],
    ['Hendra Wijaya', 'Hendri Wijaya', 'conflict'],
    ['Susanto', 'Susanti', 'conflict'],
    ['Siti Nurjanah', 'Siti Rohmah', 'conflict'],
    ['Ahmad Fauzi', 'Rizki Fauzi', 'conflict'],
    ['Ahmad bin Yusuf', 'Yusuf', 'conflict'],
    ['Bapak Budi Santoso', 'Ibu Budi Santoso', 'conflict'],
    ['M. Rizki Pratama', 'M. Rizki Ramadhan', 'conflict'],
    ['agus.hartono@toko.example', 'Budi Santoso', 'conflict'],
    ['王小明', '王大明', 'conflict'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(compare(a, b).level).toBe(level);
  });

  it('weighs rare names more than frequent ones, and never makes much of frequent ones', () => {
    const rare = compare('Larasati Kusumaningtyas', 'Larasati Kusumaningtyas');
    const frequent = compare('Budi Santoso', 'Budi Santoso');
    const three = compare('Muhammad Rizki Pratama', 'Muhammad Rizki Pratama');
    const single = compare('Sri', 'Sri');
    expect(rare.agreement).toBeGreaterThan(frequent.agreement + 4);
    expect(frequent.agreement).toBeGreaterThan(single.agreement);
    expect(three.agreement).toBeLessThan(13);
    expect(rare.evidence).toEqual([
      { code: 'name_same', data: { a: 'Larasati Kusumaningtyas', b: 'Larasati Kusumaningtyas' } },
      { code: 'name_rare', data: { name: 'kusumaningtyas' } },
    ]);
  });

  it('learns what is frequent from the workspace', () => {
    const [a, b] = [readName('Kusumaningtyas'), readName('kusumaningtyas')];
    const counts = new Map([[spellingKey('kusumaningtyas'), 900]]);
    expect(compareNames(a, b, { counts, total: 10_000 }).agreement).toBeLessThan(
      compareNames(a, b).agreement - 4,
    );
  });

  it('is symmetric, bounded and never throws', () => {
    const random = seededRandom(3);
    const pieces =
      'Budi Santoso Siti M. Rizki bin Yusuf PT Bunda Ibu Pak Made , ( ✨ budi.santoso@x.id h 王 Nur Hidayah Nurhidayah Tan'.split(
        ' ',
      );
    const any = () =>
      Array.from(
        { length: 1 + Math.floor(random() * 4) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join(' ');
    for (let i = 0; i < 1500; i++) {
      const [a, b] = [any(), any()];
      const [one, other] = [compare(a, b), compare(b, a)];
      expect({ a, b, level: one.level, bits: one.agreement.toFixed(6) }).toEqual({
        a,
        b,
        level: other.level,
        bits: other.agreement.toFixed(6),
      });
      expect(one.agreement).toBeGreaterThanOrEqual(-8);
      expect(one.agreement).toBeLessThanOrEqual(17);
      const self = compare(a, a);
      expect(['same', 'compatible', 'partial', 'unknown']).toContain(self.level);
    }
  });
});
