import type { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { cellsOf, rowsOf } from '../csv/cells.js';
import { decodeLine } from '../csv/decode-line.js';
import { RecordSplitter, type CsvRecord } from '../csv/record-splitter.js';
import type { CsvForm } from './sniff.js';

/** One row of the file, or why it is none. */
export interface CsvRow {
  /** number of its first line in the file, from 1 */
  line: number;
  cells: string[] | null;
  /** `stray_quote` `too_long` `not_csv` */
  problem: 'stray_quote' | 'too_long' | 'not_csv' | null;
}

const limits = { maxRecord: 1_000_000, maxLines: 1000 };
/** rows that are given out, and parsed, at once */
const batch = 500;

/**
 * The rows of a CSV as it is read, a few hundred at a time: never more of the file is held than those. A row that is
 * none is told and left out; the next ones come.
 *
 * @param source the bytes
 * @param onBytes told how many bytes were read so far
 */
export async function* csvRows(
  source: Readable,
  { encoding, delimiter }: Pick<CsvForm, 'encoding' | 'delimiter'>,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<CsvRow[]> {
  // What is taken for UTF-8 is read line by line: one line in another encoding spoils no other (`decodeLine`).
  const byLine = encoding === 'utf-8';
  const decoder = iconv.getDecoder(byLine ? 'latin1' : encoding, { stripBOM: true });
  const splitter = new RecordSplitter(delimiter, 0, limits);
  let waiting: CsvRecord[] = [];
  let bytes = 0;
  for await (const piece of source as AsyncIterable<Buffer>) {
    bytes += piece.length;
    onBytes(bytes);
    waiting.push(...splitter.push(decoder.write(piece)));
    for (; waiting.length >= batch; waiting = waiting.slice(batch))
      yield parse(waiting.slice(0, batch), delimiter, byLine);
  }
  waiting.push(...splitter.push(decoder.end() ?? ''), ...splitter.end());
  for (; waiting.length > 0; waiting = waiting.slice(batch))
    yield parse(waiting.slice(0, batch), delimiter, byLine);
}

function parse(read: readonly CsvRecord[], delimiter: string, byLine: boolean): CsvRow[] {
  const records = byLine ? read.map((record) => ({ ...record, text: decoded(record) })) : read;
  const filled = records.filter(({ text, problem }) => problem !== null || text.trim() !== '');
  const good = filled.filter(({ problem }) => problem === null);
  const rows = rowsOf(
    good.map(({ text }) => text),
    delimiter,
  );
  const cells = new Map(
    good.map((record, index) => [record, rows ? (rows[index] ?? null) : cellsOf(record.text, delimiter)]),
  );
  return filled.map((record) => {
    const found = cells.get(record) ?? null;
    return { line: record.line, cells: found, problem: record.problem ?? (found ? null : 'not_csv') };
  });
}

function decoded({ text, start }: CsvRecord): string {
  const line = decodeLine(text).text;
  return start === 0 ? line.replace(/^\ufeff/, '') : line;
}
