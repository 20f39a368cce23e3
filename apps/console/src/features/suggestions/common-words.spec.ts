import { describe, expect, it } from '@jest/globals';
import { commonWords, marked } from './common-words.js';

describe('commonWords', () => {
  it.each([
    ['pesanan RS-240917 pecah', 'mug pecah, order rs-240917 ya', ['pecah', 'rs-240917']],
    ['terima kasih, saya sudah bayar', 'saya sudah bayar kemarin', ['bayar']],
    ['kode 12 dan 7', 'kode 12 saja, 7 kali', ['12', 'kode']],
    ['halo', 'halo', []],
    ['', 'apa pun', []],
  ])('%s | %s', (a, b, expected) => {
    expect([...commonWords([a], [b])].sort()).toEqual([...expected].sort());
  });
});

describe('marked', () => {
  it.each(['RS-240917 pecah?', 'pecah', 'tanpa apa-apa', '', '“pecah” (RS-240917).'])(
    'gives back the text it cut: %s',
    (text) => {
      const pieces = marked(text, new Set(['pecah', 'rs-240917']));
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const piece of pieces.filter((one) => one.same))
        expect(['pecah', 'rs-240917']).toContain(piece.text.toLowerCase());
    },
  );
});
