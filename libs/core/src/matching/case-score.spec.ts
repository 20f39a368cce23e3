import { describe, expect, it } from '@jest/globals';
import { matchThresholds, scoreCases, type OpenCaseFacts } from './case-score.js';
import { arriving, open, type Said } from '../../../../test/support/conversations.js';
import { builtInLexicon } from './text/lexicon.js';

const broken = (hours = 3): OpenCaseFacts =>
  open({
    subject: 'Paket rusak',
    text: 'Selamat pagi, paket yang saya terima kemarin rusak, gelasnya pecah semua. Mohon diganti. Salam, Dewi',
    hours,
  });
const refund = (hours = 5): OpenCaseFacts =>
  open({
    subject: 'Pengembalian dana',
    text: 'Saya minta pengembalian dana untuk pembelian kursi yang dibatalkan penjual. Nomor pesanan ORD-771204.',
    hours,
  });
const login = (hours = 5): OpenCaseFacts =>
  open({ subject: 'Cannot log in', text: 'I cannot log in, my password is not accepted.', hours });
const slow = (): OpenCaseFacts => open({ text: 'JN200118 internet kantor kami lambat sekali sejak pagi' });
const tax = (text: string): OpenCaseFacts => open({ text });
const asked = (hours = 2): OpenCaseFacts =>
  open(
    { subject: 'Pesanan belum sampai', text: 'Pesanan saya belum sampai sudah seminggu.', hours: hours + 5 },
    {
      text: 'Mohon maaf atas kendalanya. Boleh kirim foto bukti transfer dan nomor resinya?',
      hours,
      from: 'us',
    },
  );

type Outcome = 'join' | 'suggest' | 'new' | 'apart';
const outcome = (score: number): Outcome => {
  const { join, suggest } = matchThresholds.balanced;
  if (score >= join) return 'join';
  return score >= suggest ? 'suggest' : 'new';
};

describe('scoreCases, balanced', () => {
  it.each<[string, OpenCaseFacts[], Said, Outcome]>([
    [
      'the same matter in a chat',
      [broken()],
      { text: 'kak gelas yg saya terima pecah smua, bs diganti?' },
      'join',
    ],
    ['the same matter in short', [broken()], { text: 'paketnya rusak kak' }, 'join'],
    ['a new topic', [broken()], { text: 'halo, mau tanya harga paket hampers lebaran berapa ya' }, 'new'],
    ['a new topic, English', [login()], { text: 'Hi, do you ship to Malaysia and how much is it?' }, 'new'],
    ['another trouble', [broken()], { text: 'saya gak bisa login ke akun saya' }, 'new'],
    [
      'another trouble on the same channel',
      [broken()],
      { kind: 'email', subject: 'Tagihan', text: 'Tagihan bulan ini dobel, mohon dicek.' },
      'new',
    ],
    ['tells that it mailed', [refund()], { text: 'tadi saya email soal refund' }, 'join'],
    [
      'tells that it mailed, of another thing',
      [broken()],
      { text: 'tadi saya email soal lamaran kerja admin' },
      'apart',
    ],
    [
      'tells that it called',
      [open({ kind: 'phone', text: 'AC bocor, minta teknisi datang ke rumah.' })],
      { text: 'lanjutan telpon tadi ya, ini alamatnya jl mawar 5' },
      'join',
    ],
    [
      'the same order number only',
      [refund()],
      { text: 'min order ORD-771204 gmn ya kok blm ada kabar' },
      'join',
    ],
    ['another order number', [refund()], { text: 'refund pesanan ORD-771999 kapan kak' }, 'new'],
    ['across languages', [login()], { text: 'kak saya ga bisa masuk akun, passwordnya salah terus' }, 'join'],
    ['a greeting, one case', [broken()], { text: 'halo kak' }, 'join'],
    ['a ping, one case', [broken()], { text: 'p' }, 'join'],
    ['question marks, one case', [broken()], { text: '??' }, 'join'],
    ['a nudge, one case', [broken(60)], { text: 'gimana kelanjutannya kak?' }, 'join'],
    ['a nudge, one case, a week old', [broken(150)], { text: 'any update?' }, 'join'],
    ['a greeting, one old case', [broken(24 * 20)], { text: 'selamat pagi' }, 'apart'],
    ['a greeting, two cases', [broken(), login()], { text: 'halo kak' }, 'apart'],
    ['a nudge, two cases', [broken(), login()], { text: 'any update?' }, 'apart'],
    ['announces a question', [broken()], { text: 'kak mau tanya dong' }, 'apart'],
    [
      'says it is another matter',
      [broken()],
      { text: 'kak ini masalah lain ya, paket rusak juga tapi pesanan adik saya' },
      'apart',
    ],
    ['answers our question', [asked()], { text: 'ini kak buktinya', files: ['a'] }, 'join'],
    ['answers our question with a number', [asked()], { text: 'resinya JP1234567890' }, 'join'],
    ['accepts', [asked()], { text: 'oke kak' }, 'join'],
    ['answers our question, two cases', [asked(), broken(50)], { text: 'sudah saya kirim ya kak' }, 'join'],
    ['an answer, and two cases where we asked', [asked(), asked(4)], { text: 'sudah ya kak' }, 'apart'],
    ['only a file, one case', [broken()], { text: '', files: ['b'] }, 'join'],
    ['only a file, two cases', [broken(), login()], { text: '', files: ['b'] }, 'apart'],
    [
      'the same file',
      [open({ text: 'Mohon dicek lampiran ini', files: ['c'] }), login()],
      { text: '', files: ['c'] },
      'join',
    ],
    [
      'the right one of three',
      [broken(), login(), refund()],
      { text: 'refund kursi yg dibatalin seller blm masuk jg' },
      'join',
    ],
    [
      'none of three',
      [broken(), login(), refund()],
      { text: 'wifi di toko bandung bisa buat meeting ga' },
      'new',
    ],
    [
      'two alike',
      [
        open({ text: 'Paket baju saya belum sampai.', subject: 'Paket baju' }),
        open({ text: 'Paket sepatu saya belum sampai.', subject: 'Paket sepatu' }),
      ],
      { text: 'paket saya kok belum sampai?' },
      'apart',
    ],
    [
      'the same words to the letter',
      [open({ kind: 'webchat', text: 'Barang yang saya beli tidak sesuai foto', hours: 0 })],
      { text: 'Barang yang saya beli tidak sesuai foto' },
      'join',
    ],
    ['the same words after a year', [broken(24 * 365)], { text: 'paketnya rusak kak' }, 'apart'],
    [
      'a burst',
      [open({ kind: 'webchat', text: 'halo', hours: 0.01 })],
      { text: 'paket saya belum sampai' },
      'join',
    ],
    [
      'another person of the mailbox',
      [open({ text: 'Laptop saya tidak bisa menyala.', from: 'Joko Prasetyo', channel: 'support' })],
      {
        kind: 'email',
        channel: 'support',
        subject: 'Laptop',
        text: 'Laptop saya tidak bisa menyala.',
        from: 'Siti Aminah',
      },
      'apart',
    ],
    [
      'the same person by half the name',
      [open({ text: 'Laptop saya tidak bisa menyala.', from: 'Joko Prasetyo', channel: 'support' })],
      { kind: 'email', channel: 'support', text: 'Laptop saya masih tidak bisa menyala.', from: 'joko' },
      'join',
    ],
    [
      'an automatic notice',
      [broken()],
      {
        kind: 'email',
        subject: 'Paket',
        text: 'Paket rusak. This is an automatic reply, please do not reply.',
      },
      'apart',
    ],
    [
      "a customer's number, one case",
      [open({ text: 'Internet kantor kami lambat sekali sejak pagi, ID pelanggan JN200118' })],
      { text: 'JN200118 mau pindah alamat internet kantor' },
      'apart',
    ],
    [
      'a bare number in every message, two matters',
      [slow(), tax('JN200118 mohon kirim faktur pajak bulan lalu')],
      { text: 'JN200118 mau pindah alamat internet kantor' },
      'new',
    ],
    [
      "a number that another case calls a customer's",
      [slow(), tax('Mohon kirim faktur pajak bulan lalu, ID pelanggan JN200118')],
      { text: 'JN200118 internet mau tambah IP statis' },
      'new',
    ],
    [
      'a number in every message, and what one of them is about',
      [slow(), tax('JN200118 mohon kirim faktur pajak bulan lalu')],
      { text: 'JN200118 internet kantor masih lambat nih' },
      'join',
    ],
    ['buys again', [broken()], { text: 'mau pesan lagi gelasnya 2 lusin bisa kak?' }, 'apart'],
  ])('%s', (_, cases, said, expected) => {
    const [best] = scoreCases(arriving(said), cases, builtInLexicon);
    const found = outcome(best?.score ?? 0);
    const told = JSON.stringify({ score: best?.score, evidence: best?.evidence });
    if (expected === 'apart') expect(`${found} ${told}`).not.toMatch(/^join/);
    else expect(`${found} ${told}`).toMatch(new RegExp(`^${expected}`));
  });

  it('names the right case first', () => {
    const cases = [broken(), login(), refund()];
    const texts = ['gelasnya pecah', 'lupa password', 'uang kembali kursi kapan'];
    const best = texts.map((text) => scoreCases(arriving({ text }), cases, builtInLexicon)[0]?.caseId);
    expect(best).toEqual(cases.map(({ caseId }) => caseId));
  });

  it('answers with every case, best first, scores within 0 and 1', () => {
    const cases = [login(), broken(), refund()];
    const scores = scoreCases(arriving({ text: 'gelas pecah' }), cases, builtInLexicon);
    expect(scores).toHaveLength(3);
    expect(scores.map(({ score }) => score)).toEqual(scores.map(({ score }) => score).sort((a, b) => b - a));
    for (const { score } of scores) expect(score >= 0 && score <= 1).toBe(true);
    expect(scoreCases(arriving({ text: 'gelas pecah' }), [], builtInLexicon)).toEqual([]);
  });

  it('gives its reasons in stable codes with figures', () => {
    const [best] = scoreCases(
      arriving({ text: 'tadi saya email soal refund ORD-771204' }),
      [refund(5)],
      builtInLexicon,
    );
    expect(best?.evidence).toEqual(
      expect.arrayContaining([
        { code: 'text_similar', data: expect.objectContaining({ words: expect.stringContaining('refund') }) },
        { code: 'same_entity', data: { type: 'order', value: '771204' } },
        { code: 'recent', data: { hours: 5 } },
        { code: 'only_open_case' },
        { code: 'channel_switch', data: { channel: 'email' } },
      ]),
    );
  });
});
