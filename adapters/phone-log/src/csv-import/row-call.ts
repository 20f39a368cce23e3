import type { CallImportField } from '@loket/contracts/call-imports.js';
import type { CallDirection, CallOutcome, CallRecord } from '@loket/contracts/calls.js';
import { readTime, type DayOrder } from '../call-time.js';
import { clean, cleanLine, numberOf } from '../clean-call.js';
import { readDuration } from '../duration.js';
import { readDirection, readOutcome } from './call-values.js';
import type { ColumnMapping } from './columns.js';

/** What is wrong with one cell. An error keeps the row out; a warning says what was left out or guessed. */
export interface CellProblem {
  field: CallImportField;
  /** from 0; null when the column is not there */
  column: number | null;
  severity: 'error' | 'warning';
  code:
    | 'missing'
    | 'date_unreadable'
    | 'duration_unreadable'
    | 'direction_unknown'
    | 'outcome_unknown'
    | 'recording_unreadable'
    | 'cut';
  /** the cell as it stands, cut */
  value: string;
}

export interface RowReading {
  mapping: ColumnMapping;
  timeZone: string;
  order: DayOrder;
  /** of rows that do not say */
  direction: CallDirection;
}

/** The call of one row, without its id where the row has none. */
export interface RowCall {
  call: Omit<CallRecord, 'callId'> | null;
  callId: string | null;
  problems: CellProblem[];
}

/** Reads a row as the columns are mapped. Never throws. */
export function readRow(cells: readonly string[], reading: RowReading): RowCall {
  const problems: CellProblem[] = [];
  const cell = (field: CallImportField): string => {
    const column = reading.mapping[field];
    return column === undefined ? '' : (cells[column] ?? '').trim();
  };
  const wrong = (
    field: CallImportField,
    code: CellProblem['code'],
    severity: CellProblem['severity'] = 'warning',
  ): null => {
    problems.push({
      field,
      column: reading.mapping[field] ?? null,
      severity,
      code,
      value: cell(field).slice(0, 80),
    });
    return null;
  };
  const line = (field: CallImportField, max: number): string | null => {
    const text = cleanLine(cell(field), Infinity);
    if (text !== null && text.length > max) wrong(field, 'cut');
    return cleanLine(text, max);
  };
  const seconds = (field: CallImportField): number | null =>
    cell(field) === '' || cell(field) === '-'
      ? null
      : (readDuration(cell(field)) ?? wrong(field, 'duration_unreadable'));

  const startedAt =
    timeOf(cell, reading) ??
    wrong('startedAt', cell('startedAt') === '' ? 'missing' : 'date_unreadable', 'error');
  const direction =
    directionOf(cell('direction'), reading.direction) ?? wrong('direction', 'direction_unknown', 'error');
  const [talk, total] = [seconds('talk'), seconds('duration')];
  const outcome = outcomeOf(cell, talk ?? total);
  if (outcome.guessed) wrong('outcome', 'outcome_unknown');
  const notes = clean(cell('notes'));
  const recording = recordingOf(cell('recording'));
  if (recording === null && cell('recording') !== '') wrong('recording', 'recording_unreadable');
  const sides = sidesOf(cell, direction ?? 'inbound');
  const told: Omit<CallRecord, 'callId' | 'startedAt'> = {
    direction: direction ?? 'inbound',
    ...sides,
    name: line('name', 255),
    ringSeconds: cap(
      seconds('ring') ?? (talk !== null && total !== null && total >= talk ? total - talk : null),
      86_400,
    ),
    talkSeconds: outcome.is === 'answered' ? cap(talk ?? total, 604_800) : null,
    outcome: outcome.is,
    agent: line('agent', 320),
    queue: line('queue', 255),
    recording,
    notes: notes === '' ? null : notes.slice(0, 200_000),
    disposition: line('disposition', 120) ?? (outcome.guessed ? cleanLine(cell('outcome'), 120) : null),
  };
  const ok = startedAt !== null && !problems.some(({ severity }) => severity === 'error');
  return {
    call: ok ? { ...told, startedAt: new Date(startedAt).toISOString() } : null,
    callId: cleanLine(cell('callId'), 200),
    problems,
  };
}

type Cell = (field: CallImportField) => string;

function timeOf(cell: Cell, { timeZone, order }: RowReading): number | null {
  const text = [cell('startedAt'), cell('startedTime')].filter((part) => part !== '').join(' ');
  return (
    readTime(text, { timeZone, order }) ??
    (cell('startedTime') === '' ? null : readTime(cell('startedAt'), { timeZone, order }))
  );
}

function directionOf(text: string, usual: CallDirection): CallDirection | null {
  return text === '' ? usual : readDirection(text);
}

function outcomeOf(cell: Cell, seconds: number | null): { is: CallOutcome; guessed: boolean } {
  const text = cell('outcome');
  // a list whose kinds are "in", "out" and "missed" says it in the column of the direction
  const told = readOutcome(text) ?? (text === '' ? readOutcome(cell('direction')) : null);
  if (told !== null && !(text === '' && told === 'answered')) return { is: told, guessed: false };
  return { is: seconds !== null && seconds > 0 ? 'answered' : 'missed', guessed: text !== '' };
}

/** The customer's number, or the other one of the two parties. */
function sidesOf(cell: Cell, direction: CallDirection): Pick<CallRecord, 'number' | 'line'> {
  const [theirs, ours] = direction === 'inbound' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  return {
    number: numberOf(cell('number')) ?? numberOf(cell(theirs)),
    line: cleanLine(cell('line'), 320) ?? cleanLine(cell(ours), 320),
  };
}

function recordingOf(text: string): CallRecord['recording'] {
  const valid = /^https?:\/\/\S{1,1990}$/.test(text) && URL.canParse(text);
  return valid ? { kind: 'url', url: text } : null;
}

function cap(seconds: number | null, most: number): number | null {
  return seconds === null ? null : Math.min(seconds, most);
}
