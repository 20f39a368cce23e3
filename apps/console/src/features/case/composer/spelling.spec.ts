import { describe, expect, it } from '@jest/globals';
import { languageToWrite, localeOf, spellings } from './spelling.js';

describe('the language of an answer', () => {
  it.each<[string | null, string[], string]>([
    ['en', ['id', 'en'], 'en'],
    ['en', ['id', 'jv'], 'id'],
    [null, ['jv', 'id'], 'jv'],
    // not known yet
    ['en', [], 'en'],
    [null, [], 'id'],
  ])('begins for a customer of %p, answered in %p, in %p', (spoken, answered, expected) => {
    expect(languageToWrite(spoken, answered, 'id')).toBe(expected);
  });

  it('is one of those that customers are answered in, or unchecked', () => {
    expect(spellings(['jv', 'id'], 'jv')).toEqual(['jv', 'id', 'off']);
    expect(spellings([], 'en')).toEqual(['en', 'off']);
  });

  it.each([
    ['en', ['id', 'en'], 'en'],
    ['jv', ['jv', 'en'], 'en'],
    ['jv', ['jv'], 'id'],
  ])('%p, among %p, takes canned answers in %p', (language, answered, expected) => {
    expect(localeOf(language, answered)).toBe(expected);
  });
});
