import { describe, expect, it } from '@jest/globals';
import { contentId, idsIn, outboundMessageId, storedId, tokensIn } from './message-id.js';

const token = 'lk16-abcdefgh12345678';

describe('tokensIn', () => {
  it.each([
    [['cs+lk16-abcdefgh12345678@toko.example'], [token]],
    [['CS+LK16-ABCDEFGH12345678@TOKO.EXAMPLE'], [token]],
    [[`<${outboundMessageId('0190a1b2-0000-7000-8000-000000000000', token, 'Toko.example')}>`], [token]],
    [
      [`<x.${token}@a>`, `<y.${token}@a>`, 'cs+lk2-0000000000000000@a'],
      [token, 'lk2-0000000000000000'],
    ],
    // one character short, one too many, glued to a word
    [['lk16-abcdefgh1234567', 'lk16-abcdefgh123456789', 'xlk16-abcdefgh12345678'], []],
    [
      Array.from({ length: 40 }, (_, i) => `lk${String(i)}-abcdefgh12345678`),
      Array.from({ length: 20 }, (_, i) => `lk${String(i)}-abcdefgh12345678`),
    ],
  ])('%j', (texts, expected) => {
    expect(tokensIn(texts)).toEqual(expected);
  });
});

describe('idsIn', () => {
  it.each([
    ['<a@b> <c@d>', ['a@b', 'c@d']],
    ['<a@b>,<a@b>', ['a@b']],
    ['<sangat.pan\n jang@b>', ['sangat.panjang@b']],
    ['a@b (komentar x@y) c@d', ['a@b', 'c@d']],
    ['Pesan dari <budi@contoh.example> <c@d>', ['c@d']],
    ['AQHW1234 tanpa apa pun', []],
    [`<${'a'.repeat(300)}@b>`, [storedId(`${'a'.repeat(300)}@b`)]],
  ])('%j', (value, expected) => {
    expect(idsIn(value, new Set(['budi@contoh.example']))).toEqual(expected);
  });
});

describe('contentId', () => {
  const mail = 'From: a@b.example\r\nSubject: x\r\n\r\nisi\r\n';
  it('does not see what servers put on top, nor line ends', () => {
    const other = `Return-Path: <a@b.example>\nDelivered-To: c@d.example\nReceived: from x\n by y; now\nX-Spam: no\n${mail.replaceAll('\r', '')}`;
    expect(contentId(Buffer.from(other))).toBe(contentId(Buffer.from(mail)));
  });
  it.each([
    mail.replace('isi', 'lain'),
    mail.replace('x', 'y'),
    `${mail}X-A: b`,
    mail.replace('Subject', 'X-A: b\r\nSubject'),
  ])('sees what the sender wrote: %j', (other) => {
    expect(contentId(Buffer.from(other))).not.toBe(contentId(Buffer.from(mail)));
  });
});
