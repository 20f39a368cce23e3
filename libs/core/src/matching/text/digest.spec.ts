import { describe, expect, it } from '@jest/globals';
import { digestOf, type Digest, type DigestInput } from './digest.js';
import { builtInLexicon, lexiconOf } from './lexicon.js';
import { subjectOf } from './subject.js';

const digest = (text: string, over: Partial<DigestInput> = {}): Digest =>
  digestOf({ subject: null, text, attachments: [], ...over }, builtInLexicon);

describe('content', () => {
  it.each<[Digest['content'], string[]]>([
    ['empty', ['', '  \n ', '\u200b']],
    [
      'low',
      [
        'halo',
        'pagi kak',
        'Selamat siang min',
        'p',
        '??',
        'test',
        'any update?',
        'gimana kelanjutannya',
        'gmn kak kelanjutannya?',
        'tolong dibantu ya',
        'min?',
        'up',
        '🙏🙏',
        'halo, ada orang?',
        'sudah ada kabar?',
        'kok belum dibalas',
        'mohon segera direspon',
        'hello, anyone there?',
      ],
    ],
    [
      'reply',
      [
        'ok sudah',
        'iya kak benar',
        'sudah saya transfer',
        'terima kasih',
        'ini buktinya',
        'nomornya 123',
        'ok',
        'siap kak, terima kasih',
        'yes, correct',
        'thank you',
        'here it is',
        'resinya JP1234567890',
      ],
    ],
    [
      'full',
      [
        'sudah 3 hari paket belum sampai',
        'gk bs login',
        'ok tapi masih error',
        'ini paket saya kok belum sampai',
        'refund saya kapan?',
        'internet mati',
        'mau tanya harga paket wedding',
        'wifi lemot',
        'paketnya rusak kak',
        'iya kak tapi barangnya salah warna dan kurang 2',
      ],
    ],
  ])('%s', (expected, texts) => {
    expect(texts.map((text) => [text, digest(text).content])).toEqual(texts.map((text) => [text, expected]));
  });

  it('reads what was passed on only when nothing was written', () => {
    const quoted = 'Pesanan 8877123 belum sampai';
    expect(digest('', { quoted }).entities).toMatchObject([{ type: 'order', value: '8877123' }]);
    expect(digest('halo', { quoted }).entities).toEqual([]);
  });
});

describe('signals', () => {
  it.each<[string, Partial<Digest>]>([
    ['any update?', { nudge: true }],
    ['gimana kelanjutannya kak', { nudge: true }],
    ['aplikasi error setelah update', { nudge: false }],
    ['ini masalah lain ya kak', { fresh: true }],
    ['I have a different issue', { fresh: true }],
    ['masih belum bisa', { continues: true, fresh: false }],
    ['mau tanya dong', { question: true }],
    ['maaf salah, maksud saya 8877123', { corrects: true }],
    ['mau pesan 2 lusin lagi', { intent: 'buy' }],
    ['harga paket wedding berapa', { intent: 'buy' }],
    ['barang rusak', { intent: 'trouble' }],
    ['This is an automatic reply', { automatic: true }],
    ['saya tidak bisa masuk', { language: 'id' }],
    ['I would like to know when it is coming', { language: 'en' }],
    ['8877123', { language: null }],
  ])('%s', (text, expected) => {
    expect(digest(text)).toMatchObject(expected);
  });
});

describe('files', () => {
  it('are those that mean something: no logos of signatures, no icons', () => {
    const file = (letter: string, size: number, inline: boolean): DigestInput['attachments'][number] => ({
      sha256: letter.repeat(64),
      size,
      inline,
    });
    const attachments = [
      file('a', 90_000, false),
      file('b', 12_000, true),
      file('c', 900, false),
      file('d', 90_000, true),
      file('a', 90_000, false),
    ];
    expect(digest('', { attachments }).files.map((one) => one[0])).toEqual(['a', 'd']);
  });
});

describe('subjectOf', () => {
  it.each([
    ['Re: Paket rusak', 'Paket rusak'],
    ['RE: FW: Bls: Trs: Paket rusak', 'Paket rusak'],
    ['[Tiket #1042] Re[2]: Paket rusak', 'Paket rusak'],
    ['#1042 Paket rusak', 'Paket rusak'],
    ['#8877123 Paket rusak', '#8877123 Paket rusak'],
    ['Refund', 'Refund'],
    ['Re:', ''],
  ])('%s → %s', (subject, expected) => {
    expect(subjectOf(subject)).toBe(expected);
  });
});

describe('lexicon', () => {
  it('knows the products of the workspace, whatever their spelling', () => {
    const lexicon = lexiconOf({ products: ['Jalanet TV', 'Air'], documents: 0, frequencies: new Map() });
    const own = digestOf({ subject: null, text: 'jalanet tv saya mati, air juga', attachments: [] }, lexicon);
    expect(own.entities.map(({ type }) => type)).toEqual(['product']);
  });

  it('weighs words less the more messages have them', () => {
    const frequencies = new Map([
      ['rumah', 900],
      ['gerobak', 2],
    ]);
    const lexicon = lexiconOf({ products: [], documents: 1000, frequencies });
    expect(lexicon.weightOf('rumah')).toBeLessThan(0.7 * builtInLexicon.weightOf('rumah'));
    expect(lexicon.weightOf('gerobak')).toBeGreaterThanOrEqual(builtInLexicon.weightOf('gerobak'));
    expect(lexicon.weightOf('yang')).toBe(0);
  });

  it('is the built-in one as long as nothing was counted', () => {
    const lexicon = lexiconOf({ products: [], documents: 0, frequencies: new Map() });
    for (const word of ['login', '!login', 'gerobak', 'proses'])
      expect(lexicon.weightOf(word)).toBe(builtInLexicon.weightOf(word));
  });
});

describe('hostile texts', () => {
  const million = 1_000_000;
  it.each<[string, string]>([
    ['one letter', 'a'.repeat(million)],
    ['digits', '1'.repeat(million)],
    ['digits and dots', '1.'.repeat(million / 2)],
    ['grouped thousands', '123.456'.repeat(million / 7)],
    ['at signs', 'a@'.repeat(million / 2)],
    ['dots and letters', 'a.'.repeat(million / 2)],
    ['mail without end', `${'a'.repeat(64)}@${'a.'.repeat(5_000)}`],
    ['links', 'https://'.repeat(million / 8)],
    ['marks on marks', `z${'\u0300'.repeat(million)}`],
    ['zero width', '\u200b'.repeat(million)],
    ['hyphens', 'a-'.repeat(million / 2)],
    ['apostrophes', "a'".repeat(million / 2)],
    ['prefixes', 'Re: '.repeat(million / 4)],
    ['brackets', '['.repeat(million)],
    ['denials', 'tidak bisa '.repeat(million / 11)],
    ['switches', 'tadi saya email '.repeat(million / 16)],
    ['labels', 'order no '.repeat(million / 9)],
    ['plus and spaces', '+1 '.repeat(million / 3)],
    ['expands when normalised', 'ﷺ'.repeat(million)],
    ['half a surrogate', '\ud83d'.repeat(10_000)],
  ])('%s is read in bounded time and space', (_, text) => {
    const began = performance.now();
    const result = digest(text, { subject: text });
    expect(result.words.size).toBeLessThanOrEqual(81);
    expect(result.length).toBeLessThanOrEqual(600);
    expect(result.grams.length).toBeLessThanOrEqual(1_600);
    expect(result.entities.length).toBeLessThanOrEqual(120);
    // a guard against the exponential and the quadratic, not a measure: a few milliseconds are usual
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
