import { CsvError, parse } from 'csv-parse/sync';

/** @returns the cells of one record, or null when the parser will not have it */
export function cellsOf(record: string, delimiter: string): string[] | null {
  return rowsOf([record], delimiter)?.[0] ?? null;
}

/**
 * The cells of records that `RecordSplitter` found whole. Many at once: that is what the parser is quick at.
 *
 * @returns null when it makes another number of them, which one bad record is enough for
 */
export function rowsOf(records: readonly string[], delimiter: string): string[][] | null {
  try {
    const rows: unknown[] = parse(records.join('\n'), {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: ['\n', '\r\n'],
    });
    return rows.length === records.length ? (rows as string[][]) : null;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
