import { describe, expect, it } from '@jest/globals';
import { stretches } from './links.js';

const links = (text: string): [string, string][] =>
  stretches(text).flatMap((part) => (part.href ? [[part.text, part.href] as [string, string]] : []));

describe('stretches', () => {
  it.each([
    ['see https://a.example/b?c=1#d.', 'https://a.example/b?c=1#d', 'https://a.example/b?c=1#d'],
    ['(www.a.example)', 'www.a.example', 'https://www.a.example/'],
    ['https://a.example/x_(y)', 'https://a.example/x_(y)', 'https://a.example/x_(y)'],
    ['tulis ke cs@toko.co.id!', 'cs@toko.co.id', 'mailto:cs@toko.co.id'],
    ['mailto:a@b.example', 'mailto:a@b.example', 'mailto:a@b.example'],
    ['HTTPS://A.example', 'HTTPS://A.example', 'https://a.example/'],
  ])('%s', (text, words, href) => expect(links(text)).toEqual([[words, href]]));

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt://a.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'https://',
    'http://[',
    'nur Text, 12.000 und a@b',
  ])('leaves %s alone', (text) =>
    expect(links(text).filter(([, href]) => !/^(https?|mailto):/.test(href))).toEqual([]),
  );

  it('loses no character', () => {
    for (const text of [
      '',
      'a',
      'x https://a.example, y www.b.example. z',
      'https://a.example"onclick="x',
      '<a@b.cc>',
    ]) {
      expect(
        stretches(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('is quick on what is made to be slow', () => {
    const began = performance.now();
    for (const part of ['a@', 'a.', 'www.', 'https://', '(', '.', '%']) stretches(part.repeat(4000));
    expect(performance.now() - began).toBeLessThan(500);
  });
});
