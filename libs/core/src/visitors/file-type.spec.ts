import { describe, expect, it } from '@jest/globals';
import { headBytes, mayBecome, typeOfArchive, typeOfHead } from './file-type.js';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
const office = 'application/vnd.openxmlformats-officedocument.';

describe('typeOfHead', () => {
  it.each([
    ['image/png', bytes([0x89], 'PNG\r\n', [0x1a], '\n')],
    ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['image/gif', bytes('GIF89a')],
    ['image/webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
    ['audio/wav', bytes('RIFF', [1, 2, 3, 4], 'WAVE')],
    ['application/pdf', bytes('%PDF-1.7\n')],
    ['video/mp4', bytes([0, 0, 0, 24], 'ftypisom')],
    ['image/heic', bytes([0, 0, 0, 24], 'ftypheic')],
    ['application/zip', bytes('PK', [3, 4])],
    ['text/plain', Buffer.from('Halo, 5 < 6 & 😀\n')],
    ['text/plain', Buffer.from('\ufeffnama;jumlah\r\n')],
    ['text/html', Buffer.from('  <!DOCTYPE html><p>')],
    ['text/html', Buffer.from('<!-- a --><script>alert(1)</script>')],
    ['text/html', Buffer.from('\ufeff\n<BODY onload=x()>')],
    ['image/svg+xml', Buffer.from('<?xml version="1.0"?><svg onload="x()"/>')],
    ['text/xml', Buffer.from('<?xml version="1.0"?><a/>')],
    ['text/x-script', Buffer.from('#!/bin/sh\n')],
    [null, bytes('MZ', [0x90, 0, 3])],
    [null, bytes([0x7f], 'ELF')],
    [null, bytes([0xc3, 0x28])],
    [null, Buffer.alloc(0)],
  ])('%s', (type, head) => {
    expect(typeOfHead(head)).toBe(type);
  });

  it('takes a character that the end cuts in two for what it is', () => {
    expect(typeOfHead(Buffer.from('é'.repeat(headBytes)).subarray(1 - 1, headBytes - 1))).toBeNull();
    expect(typeOfHead(Buffer.from(`x${'é'.repeat(headBytes)}`).subarray(0, headBytes))).toBe('text/plain');
  });
});

describe('an archive', () => {
  it.each([
    [`${office}wordprocessingml.document`, 'PK…word/document.xml…'],
    [`${office}spreadsheetml.sheet`, 'PK…xl/workbook.xml…'],
    ['application/zip', 'PK…virus.exe…'],
  ])('is %s by what is in it', (type, tail) => {
    expect(typeOfArchive(Buffer.from(tail))).toBe(type);
  });

  it('may still become a document, where those are taken', () => {
    expect(mayBecome('application/zip', [`${office}wordprocessingml.document`])).toBe(true);
    expect(mayBecome('application/zip', ['image/png'])).toBe(false);
    expect(mayBecome('text/html', ['text/plain'])).toBe(false);
  });
});
