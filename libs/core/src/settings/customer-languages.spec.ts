import { describe, expect, it } from '@jest/globals';
import { answeredIn, usualWords } from './customer-languages.js';

describe('the language in which somebody is answered', () => {
  it.each<[string | null, string[], string | null]>([
    ['en', ['id', 'en'], 'en'],
    ['en', ['id', 'jv'], 'id'],
    ['id', ['en'], 'en'],
    [null, ['id', 'en'], null],
  ])('speaks %p, answered in %p: %p', (spoken, answered, expected) => {
    expect(answeredIn(spoken, answered)).toBe(expected);
  });

  it.each([
    [['en', 'id'], 'en'],
    [['jv', 'en'], 'en'],
    [['jv'], 'id'],
  ])('automatic texts of a company that answers in %p are in %p', (answered, expected) => {
    expect(usualWords(answered)).toBe(expected);
  });
});
