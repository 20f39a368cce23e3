import { describe, expect, it } from '@jest/globals';
import { limits, sentAs, splitText } from './outbound-parts.js';

describe('what a file is sent as', () => {
  it.each([
    ['image/jpeg', 5_000_000, 'image'],
    ['image/jpeg', 5_000_001, 'document'],
    ['IMAGE/PNG; x=y', 1, 'image'],
    ['image/svg+xml', 1, 'document'],
    ['video/mp4', 16_000_000, 'video'],
    ['video/quicktime', 1, 'document'],
    ['audio/ogg', 1, 'audio'],
    ['application/pdf', 1, 'document'],
    ['nonsense', 1, 'document'],
  ])('%s of %d bytes: %s', (mediaType, size, as) => {
    expect(sentAs({ mediaType, size })).toBe(as);
  });
});

describe('a long text', () => {
  it.each([
    ['that fits', 'halo', ['halo']],
    ['is cut at a space', 'satu dua tiga', ['satu dua', 'tiga']],
    ['is cut at a line end', 'satu\ndua\ntiga empat', ['satu\ndua', 'tiga empat']],
    ['without a space is cut anyway', 'abcdefghijklm', ['abcdefghij', 'klm']],
    ['is never cut through a character', 'abcdefghi🙂x', ['abcdefghi', '🙂x']],
  ])('%s', (_name, text, parts) => {
    expect(splitText(text, 10)).toEqual(parts);
  });

  it('loses no word', () => {
    const words = Array.from({ length: 3000 }, (_, index) => `kata${String(index)}`);
    const parts = splitText(words.join(' '), limits.text);
    expect(parts.join(' ').split(' ')).toEqual(words);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(limits.text);
  });
});
