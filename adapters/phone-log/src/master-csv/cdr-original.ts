import { NormaliseError } from '@loket/channel/channel-error.js';
import type { CallRecord } from '@loket/contracts/calls.js';
import { RecordSplitter } from '../csv/record-splitter.js';
import { callOfLegs } from './cdr-call.js';
import { LegGroups } from './leg-groups.js';

/**
 * The call whose lines these are.
 *
 * @param bytes lines of `cdr_csv`, all of one call
 * @returns null for a call between our own telephones
 * @throws NormaliseError `cdr_unreadable` `cdr_quotes` `line_too_long`, `several_calls` where the lines are not of one
 */
export function readCdrCall(bytes: Buffer, timeZone: string): CallRecord | null {
  const splitter = new RecordSplitter(',');
  const groups = new LegGroups(timeZone);
  for (const record of [...splitter.push(bytes.toString('latin1')), ...splitter.end()]) groups.add(record, 0);
  const found = groups.take(Infinity);
  const bad = found.find(({ problem }) => problem !== null);
  if (bad?.problem) throw new NormaliseError(bad.problem, 'a line that is no call record');
  const [only, another] = found;
  if (!only || only.callId === null) throw new NormaliseError('cdr_unreadable', 'no call record');
  if (another) throw new NormaliseError('several_calls', 'lines of several calls: hand them over one by one');
  return callOfLegs(only.callId, only.legs);
}
