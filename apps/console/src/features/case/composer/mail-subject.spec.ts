import { expect, it } from '@jest/globals';
import { mailSubject } from './mail-subject.js';

it.each([
  ['Mug pecah', 'Re: Mug pecah [#42]'],
  ['RE: Mug pecah [#42]', 'RE: Mug pecah [#42]'],
  ['Pesanan #421', 'Re: Pesanan #421 [#42]'],
  [null, 'Kasus baru [#42]'],
])('a conversation known as %p', (known, line) => {
  expect(mailSubject(known, { number: 42, subject: 'Kasus baru' })).toBe(line);
});
