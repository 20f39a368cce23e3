import { describe, expect, it } from '@jest/globals';
import { arriving, open, type Said } from '../../../../test/support/conversations.js';
import { departureOf } from './case-score-departure.js';
import type { OpenCaseFacts } from './case-score.js';
import { builtInLexicon } from './text/lexicon.js';

const late: Said = {
  kind: 'whatsapp',
  text: 'kak pesanan ORD-40117 saya belum sampai, katanya kurir sudah jalan',
  hours: 20,
};
const chat = (...more: Said[]): OpenCaseFacts => open(late, ...more);

describe('departureOf', () => {
  it.each<[string, OpenCaseFacts, boolean, string, string | null]>([
    [
      'says that it is another matter',
      chat(),
      false,
      'oya ini masalah lain, remote tv saya rusak',
      'topic_changed',
    ],
    ['another order', chat(), false, 'order ORD-55820 mau saya batalkan ya', 'other_entity'],
    ['the same order', chat(), false, 'ORD-40117 mau saya batalkan saja', null],
    ['corrects the number', chat(), false, 'maaf salah, maksud saya ORD-40171', null],
    [
      'wants to buy, after a pause',
      chat(),
      false,
      'kak kemeja batik warna hijau ukuran L ready stok?',
      'topic_changed',
    ],
    [
      'wants to buy, in talk',
      chat({ kind: 'whatsapp', text: 'siap kak', hours: 0.2 }),
      false,
      'kak kemeja batik warna hijau ukuran L ready stok?',
      null,
    ],
    ['another trouble, while open', chat(), false, 'aplikasi saya error terus waktu upload foto', null],
    [
      'another trouble, after it was closed',
      chat(),
      true,
      'aplikasi saya error terus waktu upload foto',
      'topic_changed',
    ],
    ['the same trouble, after it was closed', chat(), true, 'kak masih belum sampai juga pesanannya', null],
    ['thanks, after it was closed', chat(), true, 'makasih ya kak', null],
    ...[
      'oiya kak, klaim garansi blender yang rusak bulan lalu gimana ya',
      'btw kalau mau daftar reseller caranya gimana?',
      'sekalian mau tanya, tokonya buka hari minggu gak?',
      'By the way, do you have the blue mug in stock?',
      'satu lagi kak, tagihan kartu saya kok dobel',
    ].map((text): [string, OpenCaseFacts, boolean, string, string] => [
      `something else comes to mind: ${text}`,
      chat({ kind: 'whatsapp', text: 'siap kak', hours: 0.2 }),
      false,
      text,
      'topic_changed',
    ]),
    ...[
      'btw kurirnya siapa ya namanya',
      'oiya sekalian minta bukti pengirimannya kak',
      'btw kalau gak sampai bisa refund gak',
      'oh iya yang nerima nanti satpam ya kak',
      'oiya kalau saya lagi gak di rumah gimana kak?',
      'btw bisa dititip ke tetangga gak?',
      'oh iya saya bayarnya pakai transfer bca kemarin, sudah masuk kan?',
      'satu lagi kak, kurirnya gak bisa ditelepon',
    ].map((text): [string, OpenCaseFacts, boolean, string, null] => [
      `more on the matter comes to mind: ${text}`,
      chat({ kind: 'whatsapp', text: 'siap kak', hours: 0.2 }),
      false,
      text,
      null,
    ]),
    ['a greeting', chat(), false, 'halo', null],
    ['a nudge', chat(), true, 'gimana kelanjutannya kak', null],
  ])('%s', (_, facts, closed, text, expected) => {
    const reasons = departureOf(arriving({ text }), facts, closed, builtInLexicon);
    expect(reasons?.[0]?.code ?? null).toBe(expected);
  });

  it.each<[known: string, writing: string, string | undefined]>([
    ['Rahmat Hidayat', 'Siti Aminah', 'other_person'],
    ['Rahmat Hidayat', 'Bpk. Rahmat', undefined],
    ['Sulastri', 'Bu Lastri', undefined],
    ['Muhammad Rizky', 'moh rizki', undefined],
    ['Hendra Wijaya', 'Hendro Kusumo', 'other_person'],
    ['Bapak Dwi', 'Ibu Dwi', 'other_person'],
    ['Rahmat Hidayat', 'PT Maju Jaya', undefined],
    ['Rahmat Hidayat', 'R.', undefined],
  ])('tells the people of one telephone apart: %s, %s', (known, from, expected) => {
    const facts = open({ ...late, kind: 'phone', from: known });
    const call = arriving({ kind: 'phone', text: 'halo', from });
    expect(departureOf(call, facts, false, builtInLexicon)?.[0]?.code).toBe(expected);
  });
});
