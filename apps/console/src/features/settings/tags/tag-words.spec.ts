import { describe, expect, it } from '@jest/globals';
import { tagColours as agreed, type Tag } from '@loket/contracts/tags.js';
import { freeWords, matching, meant, tagColours } from './tag-words.js';

const tag = (name: string, archived = false): Tag => ({
  id: name,
  name,
  colour: 'grey',
  description: '',
  archived,
  updating: false,
  version: 1,
  createdAt: '2026-11-22T00:00:00Z',
});
const used = (name: string) => ({ name, cases: 3, open: 1 });

describe('words on cases', () => {
  it('are free unless agreed on, by their very letters', () => {
    expect(
      freeWords([used('Retur'), used('retur'), used('lama')], [tag('Retur'), tag('lama', true)]),
    ).toEqual([used('retur')]);
  });

  it.each([
    ['retur', 'Retur'],
    ['kirim-ulang', 'Kirim ulang'],
    ['barang pecah', undefined],
    ['lama', undefined],
  ])('%s probably means %s', (word, name) => {
    expect(meant(word, [tag('Retur'), tag('Kirim ulang'), tag('Lama', true)])?.name).toBe(name);
  });

  it('are found by a part of them', () => {
    expect(matching([tag('Retur'), tag('Ongkir')], ' ongk ').map(({ name }) => name)).toEqual(['Ongkir']);
  });

  it('have the colours that the server takes', () => {
    expect([...tagColours]).toEqual([...agreed]);
  });
});
