import { readTime } from '../call-time.js';
import { cellsOf } from '../csv/cells.js';

/** One line of Asterisk's call detail records: one leg of a call, from one party to another. */
export interface CdrLeg {
  src: string;
  dst: string;
  context: string;
  clid: string;
  channel: string;
  dstChannel: string;
  lastApp: string;
  lastData: string;
  /** milliseconds since the epoch */
  start: number;
  answer: number | null;
  /** seconds from the first ring to the end, and from the answer to the end */
  duration: number;
  talk: number;
  disposition: string;
  accountCode: string;
  /** null unless cdr.conf says loguniqueid=yes */
  uniqueId: string | null;
  userField: string | null;
  /** of all legs of one call; null unless cdr.conf says newcdrcolumns=yes */
  linkedId: string | null;
}

export type CdrFormat = 'cdr_csv' | 'cdr_custom';

const asteriskTime = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
/** `1795332605.42`, or `pbx1-1795332605.42` where Asterisk has a system name */
const asteriskId = /^(?:[\w.-]{1,80}-)?\d{9,11}\.\d{1,12}$/;

/**
 * Reads a line as `cdr_csv` writes it (accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata,
 * start, answer, end, duration, billsec, disposition, amaflags, then by setting uniqueid, userfield, and peeraccount,
 * linkedid, sequence together), or as the sample of `cdr_custom` does, which has clid first and accountcode last.
 * Source: cdr/cdr_csv.c and configs/samples/cdr_custom.conf.sample of Asterisk.
 *
 * @returns null when it is no such line
 */
export function readCdrLine(text: string, timeZone: string): (CdrLeg & { format: CdrFormat }) | null {
  const cells = cellsOf(text, ',');
  if (!cells || cells.length < 16 || cells.length > 30) return null;
  // the two differ by where the caller's name stands: in the fifth column, or in the first
  const custom = asteriskTime.test(cells[8] ?? '') && /^\d+$/.test(cells[11] ?? '');
  const at = (index: number): string => cells[custom && index > 4 ? index - 1 : index] ?? '';
  const times = { timeZone, order: 'day_first' } as const;
  const start = asteriskTime.test(at(9)) ? readTime(at(9), times) : null;
  const answer = asteriskTime.test(at(10)) ? readTime(at(10), times) : null;
  const [duration, talk] = [secondsOf(at(12)), secondsOf(at(13))];
  const disposition = at(14).toUpperCase();
  if (start === null || duration === null || talk === null || !/^[A-Z][A-Z _]{2,20}$/.test(disposition))
    return null;
  return {
    format: custom ? 'cdr_custom' : 'cdr_csv',
    src: at(1),
    dst: at(2),
    context: at(3),
    clid: custom ? (cells[0] ?? '') : at(4),
    channel: at(5),
    dstChannel: at(6),
    lastApp: at(7),
    lastData: at(8),
    start,
    answer,
    duration,
    talk,
    disposition,
    accountCode: custom ? (cells[15] ?? '') : (cells[0] ?? ''),
    ...tail(cells),
  };
}

/** What stands behind the sixteen: how many there are tells which, and the look of an id where that is not enough. */
function tail(cells: readonly string[]): Pick<CdrLeg, 'uniqueId' | 'userField' | 'linkedId'> {
  const more = cells.slice(16);
  // peeraccount, linkedid and sequence come together, behind the other two
  const links =
    more.length >= 3 && asteriskId.test(more.at(-2) ?? '') && /^\d{1,10}$/.test(more.at(-1) ?? '');
  const linkedId = links ? (more.at(-2) ?? null) : null;
  const own = links ? more.slice(0, -3) : more;
  const [first = '', second] = own;
  const hasId = asteriskId.test(first);
  return { uniqueId: hasId ? first : null, userField: (hasId ? second : own[0]) ?? null, linkedId };
}

function secondsOf(text: string): number | null {
  return /^\d{1,7}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text)) : null;
}
