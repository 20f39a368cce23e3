import { describe, expect, it } from '@jest/globals';
import { chatShape, missingFile, type ChatShape, type MissingFile } from './chat-shapes.js';

const url = 'https://maps.google.com/?q=-6.2,106.8';

describe('chatShape', () => {
  it.each<[string, ChatShape | null]>([
    [
      `📍 Toko Senja\nJl. Margonda 1\nDepok\n${url}`,
      { kind: 'place', name: 'Toko Senja', address: 'Jl. Margonda 1\nDepok', url },
    ],
    [`📍 Toko\n${url}`, { kind: 'place', name: 'Toko', address: null, url }],
    [`📍\n${url}`, { kind: 'place', name: null, address: null, url }],
    [`📍 di sini ya\nbukan di ${url}`, null],
    [
      '👤 Budi Santoso, PT Kopi: +62 811-1, budi@kopi.example\n👤 Ani: 0812',
      {
        kind: 'contacts',
        people: [
          { name: 'Budi Santoso, PT Kopi', reach: ['+62 811-1', 'budi@kopi.example'] },
          { name: 'Ani', reach: ['0812'] },
        ],
      },
    ],
    ['👤 Ani', { kind: 'contacts', people: [{ name: 'Ani', reach: [] }] }],
    ['👤 Ani\nini orangnya', null],
    ['', null],
    ['halo', null],
  ])('%j', (text, shape) => {
    expect(chatShape(text)).toEqual(shape);
  });
});

describe('missingFile', () => {
  it.each<[string, MissingFile | null]>([
    ['[gambar / image]', { kind: 'photo', name: null, caption: '' }],
    ['[dokumen / document: nota [1].pdf]', { kind: 'document', name: 'nota [1].pdf', caption: '' }],
    ['[video]\nlihat ini\nya', { kind: 'video', name: null, caption: 'lihat ini\nya' }],
    [
      '[pesan yang tidak didukung / unsupported message: order]',
      { kind: 'document', name: 'order', caption: '' },
    ],
    ['[teks / text]', null],
    ['[penting] halo', null],
  ])('%j', (text, missing) => {
    expect(missingFile(text)).toEqual(missing);
  });
});
