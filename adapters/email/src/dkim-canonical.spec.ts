import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalField, hashBody, type Canonicalisation } from './dkim-canonical.js';

const sha256 = (text: string): string => createHash('sha256').update(text, 'latin1').digest('base64');
const hashed = (body: string, mode: Canonicalisation): string =>
  hashBody(Buffer.from(body, 'latin1'), mode).hash.toString('base64');

describe('canonicalField', () => {
  it.each<[string, Canonicalisation, string, string]>([
    ['RFC 6376 §3.4.5', 'relaxed', 'A: X\r\n', 'a:X'],
    ['RFC 6376 §3.4.5', 'relaxed', 'B : Y\t\r\n\tZ  \r\n', 'b:Y Z'],
    ['RFC 6376 §3.4.5', 'simple', 'A: X\r\n', 'A: X'],
    ['RFC 6376 §3.4.5', 'simple', 'B : Y\t\r\n\tZ  \r\n', 'B : Y\t\r\n\tZ  '],
    ['a mail stored with LF', 'simple', 'B : Y\t\n\tZ  \n', 'B : Y\t\r\n\tZ  '],
    ['a mail stored with LF', 'relaxed', 'SubJect:  a \n\t b\n', 'subject:a b'],
    ['nothing in it', 'relaxed', 'Subject:\r\n', 'subject:'],
    ['another space than SP and HTAB', 'relaxed', 'Subject: a\u00a0\r\n', 'subject:a\u00a0'],
  ])('%s, %s', (_, mode, source, expected) => {
    expect(canonicalField(source, mode)).toBe(expected);
  });
});

describe('hashBody', () => {
  it.each<[string, Canonicalisation, string, string]>([
    ['RFC 6376 §3.4.5', 'relaxed', ' C \r\nD \t E\r\n\r\n\r\n', ' C\r\nD E\r\n'],
    ['RFC 6376 §3.4.5', 'simple', ' C \r\nD \t E\r\n\r\n\r\n', ' C \r\nD \t E\r\n'],
    ['no body', 'simple', '', '\r\n'],
    ['no body', 'relaxed', '', ''],
    ['only empty lines', 'simple', '\r\n\r\n', '\r\n'],
    ['only empty lines', 'relaxed', ' \t\r\n\r\n', ''],
    ['blanks are content', 'simple', ' \r\n', ' \r\n'],
    ['no line end at the end', 'simple', 'a', 'a\r\n'],
    ['no line end at the end', 'relaxed', 'a \t', 'a\r\n'],
    ['empty lines within', 'relaxed', '\r\na\r\n \r\n\r\nb\r\n', '\r\na\r\n\r\n\r\nb\r\n'],
    ['a mail stored with LF', 'simple', 'a\n\nb\n\n', 'a\r\n\r\nb\r\n'],
    ['a CR of its own', 'relaxed', 'a\rb \r\r\n', 'a\rb \r\r\n'],
    ['8 bit', 'simple', '\u00ff\u0000\r\n', '\u00ff\u0000\r\n'],
  ])('%s, %s', (_, mode, body, expected) => {
    expect(hashed(body, mode)).toBe(sha256(expected));
    expect(hashBody(Buffer.from(body, 'latin1'), mode).length).toBe(expected.length);
  });

  it('gives the hashes that RFC 6376 §3.4.3 and §3.4.4 tell of an empty body', () => {
    expect(hashed('', 'simple')).toBe('frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=');
    expect(hashed('', 'relaxed')).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });

  it('goes on beyond its buffer', () => {
    const line = `${'x'.repeat(997)}\r\n`;
    expect(hashed(line.repeat(500), 'relaxed')).toBe(sha256(line.repeat(500)));
    expect(hashed(`${'\n'.repeat(90_000)}x`, 'simple')).toBe(sha256(`${'\r\n'.repeat(90_000)}x\r\n`));
  });
});
