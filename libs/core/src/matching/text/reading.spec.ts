import { describe, expect, it } from '@jest/globals';
import { digestOf } from './digest.js';
import { builtInLexicon } from './lexicon.js';
import { wordsOf } from './reading.js';
import { cleanText } from './tokenise.js';

const wordsIn = (text: string): string[] => [
  ...digestOf({ subject: null, text, attachments: [] }, builtInLexicon).words.keys(),
];
const standard = (text: string): string =>
  wordsOf(cleanText(text))
    .map((word) => word.text)
    .join(' ');

describe('spelling', () => {
  it.each([
    ['gk bs login', 'tidak bisa login'],
    ['Gabisa masuk nih', 'tidak bisa masuk ini'],
    ['tolongggg min', 'tolong min'],
    ['haloooo kakkk', 'halo kak'],
    ['udh krm blm yg kmrn', 'sudah kirim belum yang kemarin'],
    ['can’t log in', 'tidak bisa log in'],
    ['pls u there', 'please you there'],
    ['ｌｏｇｉｎ', 'login'],
    ['lo\u200bgin', 'login'],
    ['𝗿𝗲𝗳𝘂𝗻𝗱', 'refund'],
    ['barang-barang', 'barang'],
    ['brg2 rusak', 'barang rusak'],
    ['duitnya mana', 'uang mana'],
    ['blm dibales2', 'belum dibalas'],
    ['naïve café', 'naive cafe'],
    ['e-book', 'ebook'],
  ])('%s → %s', (written, expected) => {
    expect(standard(written)).toBe(expected);
  });
});

describe('meanings', () => {
  it.each<[string, string[]]>([
    ['tidak bisa login', ['gk bs login', 'can’t sign in', 'unable to log in', 'gagal masuk akun']],
    ['kata sandi', ['password', 'passwordnya', 'pw', 'paswword']],
    ['pengembalian dana', ['refund', 'uang kembali', 'dana saya dikembalikan', 'refnud', 'balikin duit']],
    ['paket belum sampai', ['pkt blm nyampe', 'paketnya belum sampai', 'package has not arrived']],
    ['rusak', ['broken', 'pecah', 'kerusakan', 'rusakkk']],
    ['lambat', ['lemot', 'slow', 'lelet', 'lemottt']],
    ['pembatalan', ['cancel', 'batal', 'dibatalkan', 'batalin', 'cancelled', 'cancellation']],
    ['garansi', ['warranty', 'garansinya', 'garansii']],
    ['tagihan', ['invoice', 'bill', 'faktur', 'tagihannya']],
    ['tarik dana', ['withdraw', 'penarikan dana', 'wd', 'withdrawal']],
  ])('%s', (meaning, others) => {
    const expected = wordsIn(meaning).filter((word) => word !== 'arrive');
    expect(expected.length).toBeGreaterThan(0);
    for (const other of others)
      expect([other, wordsIn(other)]).toEqual([other, expect.arrayContaining(expected)]);
  });

  it.each<[string, string, string]>([
    ['a denied thing is a meaning of its own', 'tidak bisa login', '!login'],
    ['also when the denial follows', 'login tidak bisa', '!login'],
    ['also in English', 'I cannot sign in', '!login'],
    ['a thing that fails', 'pembayaran gagal terus', '!pay'],
    ['what fails at something', 'error saat upload foto', '!upload'],
    ['what has not come', 'otp belum masuk', '!arrive'],
    ['where one cannot get in', 'tidak bisa masuk', '!login'],
    ['how many are missing', 'piringnya kurang 3', 'missingitem'],
    ['an end put to a subscription', 'mohon langganan dihentikan', 'cancel'],
  ])('%s: %s', (_, text, expected) => {
    expect(wordsIn(text)).toContain(expected);
  });

  it.each([
    ['success', 'login berhasil', '!login'],
    ['a clause of its own', 'sudah login. tidak ada kendala', '!login'],
    ['thanks', 'terima kasih banyak', 'arrive'],
    ['until now', 'sampai sekarang', 'arrive'],
    ['a garage', 'garasi rumah', 'warranty'],
    ['a pillow', 'bantal', 'cancel'],
  ])('does not hear in %s what is not there', (_, text, wrong) => {
    expect(wordsIn(text)).not.toContain(wrong);
  });
});
