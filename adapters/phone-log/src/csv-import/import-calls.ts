import type { Readable } from 'node:stream';
import type { CallImportField } from '@loket/contracts/call-imports.js';
import { callRecordSchema, type CallDirection, type CallRecord } from '@loket/contracts/calls.js';
import { callIdOf } from '../clean-call.js';
import { dayOrderOf, type DayOrder } from '../call-time.js';
import { missingFields, suggestMapping, type ColumnMapping } from './columns.js';
import { csvRows, type CsvRow } from './csv-rows.js';
import { readRow, type CellProblem, type RowReading } from './row-call.js';
import { RowIds } from './row-ids.js';
import { sniffCsv, type CsvForm } from './sniff.js';

export interface ImportSettings {
  form: CsvForm;
  mapping: ColumnMapping;
  /** of times that name none */
  timeZone: string;
  order: DayOrder;
  /** of rows that do not say */
  direction: CallDirection;
}

export interface ImportPreview {
  /** what would be done; a person may change any of it */
  settings: ImportSettings;
  headers: string[];
  /** fields without which there is nothing to import */
  missing: CallImportField[];
  rows: { line: number; cells: string[]; call: CallRecord | null; problems: CellProblem[] }[];
}

export interface RowProblem extends Omit<CellProblem, 'field' | 'code'> {
  /** in the file, from 1 */
  line: number;
  field: CallImportField | null;
  code: CellProblem['code'] | 'stray_quote' | 'too_long' | 'not_csv';
}

export interface ImportBatch {
  calls: CallRecord[];
  problems: RowProblem[];
  progress: ImportProgress;
}

export interface ImportProgress {
  /** of the file, read so far */
  bytes: number;
  rows: number;
  imported: number;
  /** rows that were kept out */
  failed: number;
}

/** `open` gives the file from its start, as often as it is asked. */
export type CsvSource = () => Readable | Promise<Readable>;

const headBytes = 65_536;
const previewRows = 20;

/** What the file holds and how it would be read: its form and columns guessed, or as a person has set them. */
export async function previewCalls(
  open: CsvSource,
  chosen: Partial<ImportSettings> = {},
): Promise<ImportPreview> {
  const form = chosen.form ?? sniffCsv(await headOf(open));
  const rows = await firstRows(open, form);
  const first = rows[0]?.cells ?? [];
  const headers = form.hasHeader ? first : first.map((_, column) => String(column + 1));
  const samples = form.hasHeader ? rows.slice(1) : rows;
  const mapping = chosen.mapping ?? suggestMapping(form.hasHeader ? first : []);
  const dates = samples.map(({ cells }) => cells?.[mapping.startedAt ?? -1] ?? '');
  const settings: ImportSettings = {
    form,
    mapping,
    timeZone: chosen.timeZone ?? 'Asia/Jakarta',
    order: chosen.order ?? dayOrderOf(dates) ?? 'day_first',
    direction: chosen.direction ?? 'inbound',
  };
  const ids = new RowIds();
  return {
    settings,
    headers,
    missing: missingFields(mapping),
    rows: samples.slice(0, previewRows).map(({ line, cells }) => {
      const { call, problems } = callOfRow(cells ?? [], settings, ids);
      return { line, cells: cells ?? [], call, problems };
    }),
  };
}

/**
 * The calls of the file, a few hundred at a time, as fast as they are taken: whoever takes them decides when the next
 * ones are read. Done again it gives the same calls with the same ids.
 */
export async function* importCalls(open: CsvSource, settings: ImportSettings): AsyncGenerator<ImportBatch> {
  const progress: ImportProgress = { bytes: 0, rows: 0, imported: 0, failed: 0 };
  const ids = new RowIds();
  let header = settings.form.hasHeader;
  for await (const rows of csvRows(await open(), settings.form, (bytes) => (progress.bytes = bytes))) {
    const batch: ImportBatch = { calls: [], problems: [], progress };
    for (const row of rows) {
      if (header) {
        header = false;
        continue;
      }
      take(row, settings, ids, batch);
    }
    progress.imported += batch.calls.length;
    yield { ...batch, progress: { ...progress } };
  }
}

function take(
  { line, cells, problem }: CsvRow,
  settings: ImportSettings,
  ids: RowIds,
  batch: ImportBatch,
): void {
  batch.progress.rows += 1;
  if (cells === null || problem !== null) {
    const code = problem ?? 'not_csv';
    batch.problems.push({ line, field: null, column: null, severity: 'error', code, value: '' });
    batch.progress.failed += 1;
    return;
  }
  const { call, problems } = callOfRow(cells, settings, ids);
  batch.problems.push(...problems.map((found) => ({ line, ...found })));
  if (call) batch.calls.push(call);
  else batch.progress.failed += 1;
}

function callOfRow(
  cells: readonly string[],
  reading: RowReading,
  ids: RowIds,
): { call: CallRecord | null; problems: CellProblem[] } {
  const { call, callId, problems } = readRow(cells, reading);
  // also of a row that is kept out: those after it keep their ids when it is mended in the file
  const id = callId === null ? ids.of(cells) : callIdOf(callId);
  return { call: call && callRecordSchema.parse({ ...call, callId: id }), problems };
}

async function firstRows(open: CsvSource, form: CsvForm): Promise<CsvRow[]> {
  const source = await open();
  const rows: CsvRow[] = [];
  for await (const some of csvRows(source, form)) {
    rows.push(...some);
    // enough to tell which way the dates stand
    if (rows.length >= 500) break;
  }
  source.destroy();
  return rows;
}

async function headOf(open: CsvSource): Promise<Buffer> {
  const source = await open();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const piece of source as AsyncIterable<Buffer>) {
    parts.push(piece);
    size += piece.length;
    if (size >= headBytes) break;
  }
  source.destroy();
  return Buffer.concat(parts).subarray(0, headBytes);
}
