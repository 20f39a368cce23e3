import { describe, expect, it } from '@jest/globals';
import type { Tag } from '@loket/contracts/tags.js';
import { tagChoices } from './tag-choices.js';

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
const tags = [tag('Barang retur'), tag('Retur'), tag('Retur grosir'), tag('Lama', true)];

describe('tags to choose from', () => {
  it.each<[string, string[], boolean, string[], string | null]>([
    ['', [], true, ['Barang retur', 'Retur', 'Retur grosir'], null],
    ['retur', [], true, ['Retur', 'Retur grosir', 'Barang retur'], null],
    ['ret', ['Retur'], true, ['Retur grosir', 'Barang retur'], 'ret'],
    // typed otherwise, an agreed tag is still that tag
    ['RETUR', ['Retur'], true, ['Retur grosir', 'Barang retur'], null],
    [' pecah ', [], true, [], 'pecah'],
    ['pecah', [], false, [], null],
    ['pecah', ['pecah'], true, [], null],
    ['lama', [], true, [], 'lama'],
  ])('for “%s”', (text, taken, free, offered, own) => {
    const choices = tagChoices(text, tags, taken, free);
    expect(choices.offered.map(({ name }) => name)).toEqual(offered);
    expect(choices.own).toBe(own);
  });
});
