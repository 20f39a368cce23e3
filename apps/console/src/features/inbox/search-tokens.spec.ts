import { describe, expect, it } from '@jest/globals';
import { parseSearch } from './search-tokens.js';

const known = {
  agents: [
    { id: 'a1', name: 'Budi Santoso' },
    { id: 'a2', name: 'Sari Dewi' },
    { id: 'a3', name: 'Sari Utami' },
  ],
  teams: [{ id: 't1', name: 'Retur & garansi' }],
};
const read = (text: string, finished = true) => parseSearch(text, known, finished);

describe('a search', () => {
  it.each([
    ['mug retak', { words: 'mug retak', filters: {} }],
    ['is:selesai mug', { words: 'mug', filters: {}, status: 'resolved' }],
    ['is:unassigned', { words: '', filters: { assignee: 'none' } }],
    [
      'to:budi tim:retur channel:wa',
      { words: '', filters: { assignee: 'a1', team: 't1', kind: 'whatsapp' } },
    ],
    ['from:Kartika resi', { words: 'Kartika resi', filters: {} }],
    [
      'label:"barang rusak" prioritas:tinggi',
      { words: '', filters: { tag: 'barang rusak', priority: 'high' } },
    ],
    // two have that name: which one is not for us to say
    ['petugas:sari', { words: 'petugas:sari', filters: {} }],
    ['petugas:"sari dewi"', { words: '', filters: { assignee: 'a2' } }],
    ['is:nothing https://toko.example/a', { words: 'is:nothing https://toko.example/a', filters: {} }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('leaves a token alone that may still be being written', () => {
    expect(read('tag:ret', false)).toEqual({ words: 'tag:ret', filters: {} });
    expect(read('tag:retur ', false)).toEqual({ words: '', filters: { tag: 'retur' } });
    expect(read('mug ', false)).toEqual({ words: 'mug ', filters: {} });
  });
});
