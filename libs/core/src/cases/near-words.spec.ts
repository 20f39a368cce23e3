import { describe, expect, it } from '@jest/globals';
import { nearWords, slipsBetween } from './near-words.js';

describe('a misspelt word', () => {
  it.each([
    ['reutr', 'retur', 1],
    ['retr', 'retur', 1],
    ['betur', 'retur', 1],
    ['pengirman', 'pengiriman', 1],
    ['pegniirman', 'pengiriman', 2],
    ['kartika', 'kartika', 0],
    ['ab', 'abcdef', 3],
  ])('%s is so far from %s', (typed, meant, slips) => {
    expect(slipsBetween(typed, meant, 2)).toBe(slips);
  });

  it.each([
    ['reutr', false, ['retur']],
    ['pngiriman', false, ['pengiriman']],
    // three letters are too few to guess from
    ['rtr', false, []],
    // in the middle of the word
    ['pengrim', true, ['pengiriman']],
    ['pengrim', false, []],
    ['kartiak', true, ['kartika', 'kartini']],
  ])('%s (unfinished: %s) may be %j', (typed, unfinished, meant) => {
    const known = ['retur', 'pengiriman', 'kartini', 'kartika', 'sepatu'];
    expect(nearWords(typed, known, unfinished, 5)).toEqual(meant);
  });
});
