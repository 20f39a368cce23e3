import iconv from 'iconv-lite';
import { RecordSplitter } from '../csv/record-splitter.js';
import { cellsOf } from '../csv/cells.js';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface CsvForm {
  encoding: CsvEncoding;
  delimiter: string;
  /** the first row names the columns */
  hasHeader: boolean;
}

const delimiters = [',', ';', '\t', '|'];
const sampleRows = 30;

/**
 * How a CSV is written, by its beginning. Spreadsheets in Indonesia write semicolons, Excel's "Unicode text" is UTF-16
 * with tabs, and a byte order mark is no letter of the first column's name.
 *
 * @param head the first bytes; 64 KB are plenty
 */
export function sniffCsv(head: Buffer): CsvForm {
  const encoding = encodingOf(head);
  const text = iconv.decode(head, encoding);
  const delimiter = delimiterOf(text);
  const rows = sampleOf(text, delimiter);
  return { encoding, delimiter, hasHeader: looksLikeHeader(rows) };
}

function encodingOf(head: Buffer): CsvEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const sample = head.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  // letters of the Latin alphabet have a zero in every second byte
  if ((zeros[1] ?? 0) > sample.length / 8) return 'utf-16le';
  if ((zeros[0] ?? 0) > sample.length / 8) return 'utf-16be';
  return isUtf8(head) ? 'utf-8' : 'windows-1252';
}

/** The end of the sample may stand in the middle of a letter. */
function isUtf8(head: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The one that cuts the most rows into the same number of cells, and into the most of them. */
function delimiterOf(text: string): string {
  const scored = delimiters.map((delimiter) => {
    const counts = sampleOf(text, delimiter).map(({ length }) => length);
    const usual = [...counts].sort((a, b) => a - b)[counts.length >> 1] ?? 1;
    const alike = counts.filter((count) => count === usual).length / Math.max(1, counts.length);
    return { delimiter, score: usual < 2 ? 0 : alike * 100 + Math.min(usual, 50) };
  });
  return scored.reduce((best, other) => (other.score > best.score ? other : best)).delimiter;
}

function sampleOf(text: string, delimiter: string): string[][] {
  const splitter = new RecordSplitter(delimiter);
  const records = splitter.push(text.replace(/^\ufeff/, ''));
  const whole = records.length > 0 ? records : splitter.end();
  return whole
    .slice(0, sampleRows)
    .filter(({ text: row, problem }) => problem === null && row.trim() !== '')
    .map(({ text: row }) => cellsOf(row, delimiter))
    .filter((cells) => cells !== null);
}

/** Names are words; calls have digits in most of their rows. */
function looksLikeHeader([first, ...rest]: string[][]): boolean {
  if (!first) return false;
  const digits = (row: string[]): number => row.filter((cell) => /\d{2}/.test(cell)).length;
  if (digits(first) > 0) return false;
  return rest.length === 0 || rest.some((row) => digits(row) > 0);
}
