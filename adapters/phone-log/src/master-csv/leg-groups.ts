import { decodeLine } from '../csv/decode-line.js';
import type { CsvRecord } from '../csv/record-splitter.js';
import { callIdOfLeg, callOfLegs } from './cdr-call.js';
import { readCdrLine, type CdrLeg } from './cdr-line.js';

/** Lines that wait to be handed over together: the legs of one call, or one line that says nothing. */
export interface LineGroup {
  /** null for a line that is no call */
  callId: string | null;
  /** why it is none: stable code */
  problem: 'cdr_unreadable' | 'cdr_quotes' | 'line_too_long' | null;
  /** the lines as they stand in the file, Latin-1 */
  lines: string[];
  legs: CdrLeg[];
  /** where its first line begins */
  start: number;
  /** when its last line was read */
  seenAt: number;
}

const problems = { stray_quote: 'cdr_quotes', too_long: 'line_too_long' } as const;

/** Collects lines until the calls that they belong to are whole: a call's legs are written within moments of its end. */
export class LegGroups {
  private readonly waiting = new Map<string, LineGroup>();

  constructor(private readonly timeZone: string) {}

  get size(): number {
    return this.waiting.size;
  }

  /** where the earliest line stands that still waits */
  get earliest(): number | null {
    let earliest: number | null = null;
    for (const { start } of this.waiting.values()) earliest = Math.min(earliest ?? start, start);
    return earliest;
  }

  /** @param now milliseconds since the epoch */
  add(record: CsvRecord, now: number): void {
    const { text: line, start } = record;
    if (line.trim() === '' || (start === 0 && /^"?(?:accountcode|clid)"?,/i.test(line))) return;
    const { text } = decodeLine(line);
    const leg = record.problem === null ? readCdrLine(text, this.timeZone) : null;
    if (!leg) {
      const problem = record.problem === null ? 'cdr_unreadable' : problems[record.problem];
      this.waiting.set(`line ${start}`, { callId: null, problem, lines: [line], legs: [], start, seenAt: 0 });
      return;
    }
    const callId = callIdOfLeg(leg, text);
    const group = this.waiting.get(callId) ?? {
      callId,
      problem: null,
      lines: [],
      legs: [],
      start,
      seenAt: now,
    };
    group.lines.push(line);
    group.legs.push(leg);
    group.seenAt = now;
    this.waiting.set(callId, group);
  }

  /** Takes out the groups that are whole: nothing was added to them since `before`. In the order of the file. */
  take(before: number): LineGroup[] {
    const due = [...this.waiting].filter(([, { seenAt }]) => seenAt <= before);
    for (const [key] of due) this.waiting.delete(key);
    return due.map(([, group]) => group).sort((a, b) => a.start - b.start);
  }

  /** Takes out the older half, so that a long file does not gather in memory. */
  takeHalf(): LineGroup[] {
    const half = [...this.waiting].sort(([, a], [, b]) => a.seenAt - b.seenAt || a.start - b.start);
    const due = half.slice(0, Math.ceil(half.length / 2));
    for (const [key] of due) this.waiting.delete(key);
    return due.map(([, group]) => group);
  }
}

/** Calls between our own telephones: lines that nobody waits for. */
export function isInternal({ callId, legs }: LineGroup): boolean {
  return callId !== null && callOfLegs(callId, legs) === null;
}
