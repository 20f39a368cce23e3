import { describe, expect, it } from '@jest/globals';
import { entitiesIn } from './entities.js';
import { compareEntities, type Entity } from './entity.js';
import { cleanText } from './tokenise.js';

const found = (text: string): string[] =>
  entitiesIn(cleanText(text)).entities.map(({ type, value }) => `${type} ${value}`);
const entities = (text: string): Entity[] => entitiesIn(cleanText(text)).entities;

describe('entitiesIn', () => {
  it.each<[string, string[]]>([
    ['INV-2024-00123', ['invoice 202400123']],
    ['tagihan INV/2024/1', ['invoice 20241']],
    ['#ORD123', ['order 123']],
    ['pesanan no 8877123', ['order 8877123']],
    ['pesanan saya no. 8877123 belum sampai', ['order 8877123']],
    ['order 12345678', ['order 12345678']],
    ['no. tiket 4411', ['ticket 4411']],
    ['nomornya 123', ['number 123']],
    ['resi JP1234567890', ['shipment JP1234567890']],
    ['JX9876543210 macet', ['shipment JX9876543210']],
    ['000412345678', ['shipment 000412345678']],
    ['paket RR123456785ID', ['shipment RR123456785ID']],
    ['polis 77-88123', ['policy 7788123']],
    ['rekening 1234567890', ['account 1234567890']],
    ['ID pelanggan JN200118', ['account JN200118']],
    ['no. pelanggan saya JN200118', ['account JN200118']],
    ['customer number is JN200118', ['account JN200118']],
    ['IDPEL 512300112233', ['account 512300112233']],
    ['no member 881220', ['account 881220']],
    ['nomor anggota 77121', ['account 77121']],
    ['no kepesertaan 0001234567', ['account 0001234567']],
    ['kode perusahaan KPK-19', ['account KPK19']],
    ['KN-240817', ['number KN240817']],
    ['E1234', ['error E1234']],
    ['ERR_CONNECTION', ['error ERR_CONNECTION']],
    ['ERR_CONNECTION_RESET', ['error ERR_CONNECTION_RESET']],
    ['0x80070005', ['error 0X80070005']],
    ['HTTP 504', ['error 504']],
    ['kode 1042', ['error 1042']],
    ['error 68', ['error 68']],
    ['IMEI 356938035643809', ['serial 356938035643809']],
    ['SN 8F2210944', ['serial 8F2210944']],
    ['kode booking 7KQ2MX', ['order 7KQ2MX']],
    ['plat B 1234 XYZ', ['plate B1234XYZ']],
    ['Rp 350.000', ['amount IDR 350000']],
    ['Rp350rb', ['amount IDR 350000']],
    ['1,5jt', ['amount IDR 1500000']],
    ['2 juta', ['amount IDR 2000000']],
    ['350.000', ['amount IDR 350000']],
    ['IDR 350,000.00', ['amount IDR 350000']],
    ['USD 20', ['amount USD 20']],
    ['$19.99', ['amount USD 19.99']],
    ['0812-3456-7890', ['phone +6281234567890']],
    ['+62 812 3456 7890', ['phone +6281234567890']],
    ['Budi@Example.com', ['email budi@example.com']],
    ['https://www.toko.id/p/123?utm_source=x&warna=biru#a', ['url toko.id/p/123?warna=biru']],
    ['https://toko.id/?fbclid=abc', ['domain toko.id']],
    ['cek tokoabc.co.id/promo ya', ['url tokoabc.co.id/promo']],
    ['tgl 12/11/2026', ['date 11-12']],
    ['2026-11-12', ['date 11-12']],
    ['12 Nov', ['date 11-12']],
    ['November 12', ['date 11-12']],
    ['kamar 305', ['place kamar 305']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    'order 500 pcs',
    'pesanan 2 minggu lalu',
    'order tahun 2024',
    'kode pos 40115',
    'kode promo HEMAT50',
    'kode OTP 123456',
    'langganan 50 Mbps',
    'sudah 3 hari',
    'saya order jam 10',
    'iPhone 15',
    'B2B',
  ])('finds no number of a matter in: %s', (text) => {
    expect(entities(text).filter(({ strength }) => strength === 'strong')).toEqual([]);
  });

  it('blanks out what it found, in place', () => {
    const text = 'bayar Rp 350.000 ke budi@example.com';
    const { rest } = entitiesIn(text);
    expect(rest).toHaveLength(text.length);
    expect(rest.split(/\s+/).filter(Boolean)).toEqual(['bayar', 'ke']);
  });
});

describe('compareEntities', () => {
  it.each<[string, string, string[], string[]]>([
    ['order 8877123', 'pesanan no. 8877123', ['8877123'], []],
    ['order 8877123', '8877123', ['8877123'], []],
    ['order 8877123', 'order 8877190', [], ['order']],
    ['order 8877123', 'order 8877190 dan order 8877123', ['8877123'], []],
    ['invoice 00123', 'INV-2024-00123', ['00123'], []],
    ['order 8877123', 'invoice 55120', [], []],
    ['KN-240817', 'order KN-241733', [], ['number']],
    ['KN-240817', 'PAY-412', [], []],
    ['kamar 305', 'kamar 412', [], ['place']],
    ['kamar 305', 'lantai 4', [], []],
    ['error 504', 'error 1042', [], ['error']],
    ['Rp 350.000', '350rb', ['IDR 350000'], []],
  ])('%s and %s', (a, b, shared, other) => {
    for (const [left, right] of [
      [a, b],
      [b, a],
    ] as const) {
      const result = compareEntities(entities(left), entities(right));
      expect(result.shared.map(({ value }) => value)).toHaveLength(shared.length);
      for (const value of shared) expect(result.shared.some((one) => one.value.endsWith(value))).toBe(true);
      expect(result.other).toHaveLength(other.length);
    }
  });
});
