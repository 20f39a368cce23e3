import { describe, expect, it } from '@jest/globals';
import { cameFrom } from './came-from.js';

const page = (url: string, referrer: string) => ({ url, title: '', referrer });

describe('cameFrom', () => {
  const landed = page('https://toko.example/', 'https://search.example/');
  it.each([
    ['comes', page('https://toko.example/', 'https://search.example/'), null, 'https://search.example/'],
    ['goes on', page('https://toko.example/mug', 'https://toko.example/'), landed, 'https://search.example/'],
    ['goes on unnamed', page('https://toko.example/mug', ''), landed, 'https://search.example/'],
    [
      'comes again',
      page('https://toko.example/mug', 'https://iklan.example/'),
      landed,
      'https://iklan.example/',
    ],
    ['typed the address', page('https://toko.example/', ''), null, ''],
    ['is met inside', page('https://toko.example/mug', 'https://toko.example/'), null, ''],
    ['says nonsense', page('javascript:x', 'data:y'), null, 'data:y'],
    ['says more nonsense', page('bukan alamat', '<b>'), landed, '<b>'],
  ])('%s', (_, now, before, expected) => {
    expect(cameFrom(now, before)).toBe(expected);
  });
});
