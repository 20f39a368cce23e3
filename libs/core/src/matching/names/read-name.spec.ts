import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../../../test/support/random.js';
import { readName } from './read-name.js';

const words = (text: string): string =>
  readName(text)
    .tokens.map((token) => token.text)
    .join(' ');

describe('readName', () => {
  it.each<[string, string]>([
    ['Budi Santoso', 'budi santoso'],
    ['  budi   SANTOSO ', 'budi santoso'],
    ['Bpk. Budi Santoso', 'budi santoso'],
    ['Bapak H. Budi Santoso, S.E., M.M.', 'budi santoso'],
    ['Budi Santoso S.Kom', 'budi santoso'],
    ['Budi Santoso SE MM', 'budi santoso'],
    ['Drs.H.Mulyadi Hasibuan,M.Pd', 'mulyadi hasibuan'],
    ['Prof. Dr. Ir. Bambang Sugeng, M. Sc., Ph. D.', 'bambang sugeng'],
    ['dr. Ratna Dewi, Sp.A', 'ratna dewi'],
    ['dr Yenny SpOG', 'yenny'],
    ['K.H. Abdul Wahid', 'abdul wahid'],
    ['Hj. Siti Aminah', 'siti aminah'],
    ['Ustadz Salman', 'salman'],
    ['Rr. Kusuma Wardhani', 'kusuma wardhani'],
    ['Mr. Kevin Hartanto', 'kevin hartanto'],
    ['Mbak Dinda', 'dinda'],
    ['Santoso, Budi', 'budi santoso'],
    ['Budi, Jakarta', 'budi'],
    ['"Budi Santoso"', 'budi santoso'],
    ["'Budi Santoso' via Layanan", 'budi santoso'],
    ['budi santoso (via Toko Makmur)', 'budi santoso'],
    ['Budi Santoso <budi@toko.example>', 'budi santoso'],
    ['✨Budi✨', 'budi'],
    ['🌸 Maya 🌸', 'maya'],
    ['𝓑𝓾𝓭𝓲 Santoso', 'budi santoso'],
    ['Búdi Sántoso', 'budi santoso'],
    ['B\u200budi', 'budi'],
    ['Budi - Toko Makmur', 'budi'],
    ['BUDI OLSHOP', 'budi'],
    ['Toko Makmur (Budi)', 'budi'],
    ['Admin Budi', 'budi'],
    ['Budi WA', 'budi'],
    ['BudiSantoso', 'budi santoso'],
    ['budi_santoso', 'budi santoso'],
    ['B.Santoso', 'b santoso'],
    ['Budi S.', 'budi s'],
    ['Budi123', 'budi'],
    ["Ma'ruf Amin", 'maruf amin'],
    ['I Made Sudarsana', 'made sudarsana'],
    ['Ni Luh Ariani', 'luh ariani'],
    ['Ahmad bin Yusuf', 'ahmad yusuf'],
    ['Martha br. Ginting', 'martha ginting'],
    ['Eko BP', 'eko b p'],
    ['b u d i', 'budi'],
    ['PT Maju, Budi Santoso', 'budi santoso'],
    ['Rina adiknya Budi', 'rina'],
    ['Cak Lontong', 'lontong'],
    ['Suharto', 'suharto'],
    ['Umi Kalsum', 'umi kalsum'],
    ['budi.santoso87@gmail.com', 'budi santoso'],
    ['budi_santoso+toko@gmail.com', 'budi santoso'],
    ['bsantoso@gmail.com', 'bsantoso'],
    ['rinaolshop@gmail.com', 'rina'],
    ['王小明', '王小明'],
    ['Мария Иванова', 'мария иванова'],
  ])('%s → %s', (text, tokens) => {
    expect(words(text)).toBe(tokens);
    expect(readName(text).kind).toBe('person');
  });

  it.each([
    'Customer Service',
    'Admin',
    'Finance',
    'no-reply',
    'noreply@toko.example',
    'finance@toko.example',
    'cs@toko.example',
    'WhatsApp User',
    '+62 812-8841-2207',
    '081288412207',
    'User 4471',
    'Unknown',
    'Tanpa Nama',
    'Pelanggan',
    'Ibu',
    'Ibu Guru',
    'Pak RT',
    'Bunda Cantik',
    '🙏🙏',
    '.',
    '',
    '  ',
    '@',
    '<>',
  ])('%j is no name', (text) => {
    expect(readName(text)).toMatchObject({ kind: 'none', tokens: [] });
  });

  it.each([
    ['PT Santoso Makmur', 'pt santoso makmur'],
    ['CV. Berkah Jaya', 'cv berkah jaya'],
    ['Toko Budi', 'toko budi'],
    ['Warung Bu Tini', 'warung bu tini'],
    ['UD Mulyadi Tani', 'ud mulyadi tani'],
    ['Finance PT Sinar Abadi', 'pt sinar abadi'],
    ['Customer Service Bank Mandiri', 'bank mandiri'],
    ['Gading Furniture', 'gading furniture'],
    ['Acme Ltd', 'acme ltd'],
  ])('%s is a company', (text, company) => {
    expect(readName(text)).toMatchObject({ kind: 'company', tokens: [], company });
  });

  it('remembers what is told beside the name', () => {
    expect(readName('Ibu Rina').gender).toBe('female');
    expect(readName('Pak Budi').gender).toBe('male');
    expect(readName('dr. Rina').gender).toBeNull();
    expect(readName('Bunda Aqila').parent).toBe(true);
    expect(readName('istri pak Budi').parent).toBe(true);
    expect(readName('Budi').parent).toBe(false);
    expect(readName('Budi - Toko Makmur').company).toBe('toko makmur');
    expect(readName('BUDI OLSHOP').company).toBe('budi olshop');
    expect(readName('bsantoso@gmail.com').handle).toBe('bsantoso');
    expect(readName('budi.santoso@gmail.com').handle).toBe('budisantoso');
    expect(readName('Ahmad bin Yusuf').tokens.map((token) => token.father)).toEqual([false, true]);
    expect(readName('Bpk. budi santoso, S.E.').text).toBe('Budi Santoso');
  });

  it('takes anything, in time', () => {
    const random = seededRandom(11);
    const pieces = [
      'Budi',
      'S.',
      ',',
      ' ',
      '-',
      '(',
      ')',
      '<',
      '@',
      '✨',
      'PT',
      '\ud800',
      '\u0301',
      "'",
      '|',
      'bin',
      'h',
      '.',
    ];
    const long = [
      '('.repeat(1e6),
      'a.'.repeat(1e6),
      '\u0301'.repeat(1e6),
      'ﷺ'.repeat(1e5),
      ' via'.repeat(1e5),
      ', '.repeat(1e5),
    ];
    const began = performance.now();
    for (const text of long) expect(readName(text).tokens.length).toBeLessThanOrEqual(8);
    for (let i = 0; i < 1000; i++) {
      const text = Array.from({ length: 12 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      const name = readName(text);
      expect(name.kind === 'person').toBe(name.tokens.length > 0);
      expect(name.tokens.every((token) => token.text !== '' && token.key !== '')).toBe(true);
    }
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
