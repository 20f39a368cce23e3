import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { sniffCsv, type CsvEncoding } from './sniff.js';

const rows = [
  ['Tanggal', 'Nomor', 'Nama', 'Catatan'],
  ['22/11/2026 10.00', '0812', 'Büdi, SE', 'a; b'],
  ['22/11/2026 11.00', '0813', 'Sri "Ayu"', 'baris\ndua'],
];
const csv = (delimiter: string, list = rows): string =>
  list.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n');

describe('how a CSV is written', () => {
  it.each<[string, CsvEncoding, Buffer]>([
    ['UTF-8', 'utf-8', Buffer.from(csv(','))],
    ['UTF-8 with its mark', 'utf-8', Buffer.from(`\ufeff${csv(',')}`)],
    ['UTF-16 with its mark', 'utf-16le', iconv.encode(csv(','), 'utf-16le', { addBOM: true })],
    ['UTF-16, the other way round', 'utf-16be', iconv.encode(csv(','), 'utf-16be', { addBOM: true })],
    ['UTF-16 without a mark', 'utf-16le', iconv.encode(csv(','), 'utf-16le', { addBOM: false })],
    ['Windows-1252', 'windows-1252', iconv.encode(csv(','), 'windows-1252')],
    ['UTF-8 cut in the middle of a letter', 'utf-8', Buffer.from(`${csv(',')}é`).subarray(0, -1)],
  ])('%s', (_what, encoding, bytes) => {
    expect(sniffCsv(bytes)).toEqual({ encoding, delimiter: ',', hasHeader: true });
  });

  it.each([',', ';', '\t', '|'])('cells apart by %j', (delimiter) => {
    expect(sniffCsv(Buffer.from(csv(delimiter))).delimiter).toBe(delimiter);
    const plain = csv(delimiter)
      .replaceAll('"', '')
      .replace('baris\n', '')
      .replaceAll('a; b', 'ab')
      .replace('Büdi, SE', 'Büdi');
    expect(sniffCsv(Buffer.from(plain)).delimiter).toBe(delimiter);
  });

  it.each<[string, string[][], boolean]>([
    ['names, then calls', rows, true],
    ['calls alone', rows.slice(1), false],
    ['names alone', rows.slice(0, 1), true],
  ])('%s', (_what, list, hasHeader) => {
    expect(sniffCsv(Buffer.from(csv(';', list))).hasHeader).toBe(hasHeader);
  });

  it.each([
    ['nothing', ''],
    ['one column', 'nomor\n0812\n0813\n'],
    ['noise', '\u0001\u0002"""\n"'],
    ['zeros', '\0'.repeat(50)],
  ])('%s does not stop it', (_what, text) => {
    expect(() => sniffCsv(Buffer.from(text))).not.toThrow();
  });
});
