import { describe, expect, it } from '@jest/globals';
import { pieces, searchedWords } from './highlight.js';

const marked = (text: string, q: string, similar: string[] = []) =>
  pieces(text, searchedWords(q, similar))
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

describe('what was looked for is marked', () => {
  it.each([
    ['Mug Senja retak', 'mug retak', [], '[Mug] Senja [retak]'],
    ['Pengiriman ulang', 'pengir', [], '[Pengir]iman ulang'],
    // in the middle of a word it is not what was found
    ['Berkirim', 'kirim', [], 'Berkirim'],
    ['Retur barang', 'reutr', ['retur'], '[Retur] barang'],
    ['a (b) c++', '(b) c++', [], 'a (b) [c++]'],
    ['budi@toko.example', 'budi@toko', [], '[budi@toko].example'],
    ['Apa saja', '', [], 'Apa saja'],
  ])('%s for %s', (text, q, similar, expected) => {
    expect(marked(text, q, similar)).toBe(expected);
  });
});
