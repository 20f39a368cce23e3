/** One record of a CSV text, with its place in it. */
export interface CsvRecord {
  /** without its line end; what came of it where it is too long */
  text: string;
  /** where it begins, in characters from the start of the text */
  start: number;
  /** where the next one begins */
  end: number;
  /** number of its first line, from 1 */
  line: number;
  /** `stray_quote`: quotes do not match, so only its first line was cut off · `too_long`: left out beyond the limit */
  problem: 'stray_quote' | 'too_long' | null;
}

export interface SplitterLimits {
  /** characters of one record */
  maxRecord: number;
  /** lines that one record may run over: beyond that a quote was opened by mistake */
  maxLines: number;
}

export const defaultLimits: SplitterLimits = { maxRecord: 65_536, maxLines: 50 };

/**
 * Cuts a CSV text that comes in pieces into its records (RFC 4180: quotes doubled, line ends within quotes), and finds
 * its feet again after a quote that stands where none may: then the one line is bad, not all that follow it. Parsers
 * that read cells at once swallow the rest of the file there.
 *
 * Given bytes as Latin-1, `start` and `end` are offsets in bytes.
 */
export class RecordSplitter {
  private rest = '';
  private start: number;
  private line = 1;
  /** characters of an overlong line that were left out */
  private skipped = 0;

  constructor(
    private readonly delimiter: string,
    start = 0,
    private readonly limits: SplitterLimits = defaultLimits,
  ) {
    this.start = start;
  }

  /** where the first record begins that has not been given out */
  get position(): number {
    return this.start;
  }

  /** The records that are complete with this piece. */
  push(piece: string): CsvRecord[] {
    this.rest += piece;
    return this.drain(false);
  }

  /** What is left when no more comes: a last line may lack its end. */
  end(): CsvRecord[] {
    return this.drain(true);
  }

  private drain(final: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let from = 0;
    while (from < this.rest.length) {
      const newline = this.rest.indexOf('\n', from);
      if (newline === -1 && !final) {
        from = this.keep(from);
        break;
      }
      const stop = newline === -1 ? this.rest.length : newline + 1;
      if (this.skipped > 0 || stop - from > this.limits.maxRecord) {
        records.push(this.give(from, stop, 'too_long'));
        from = stop;
        continue;
      }
      const found = this.recordEnd(from, stop, final);
      if (found === 'incomplete') break;
      const [until, problem] = found === 'stray_quote' ? [stop, found] : [found, null];
      records.push(this.give(from, until, problem));
      from = until;
    }
    this.rest = this.rest.slice(from);
    return records;
  }

  /** A line without end yet: no more of it is held than a record may have. */
  private keep(from: number): number {
    const held = this.rest.length - from;
    if (held <= this.limits.maxRecord) return from;
    this.skipped += held - this.limits.maxRecord;
    this.rest = this.rest.slice(from, from + this.limits.maxRecord);
    return 0;
  }

  private give(from: number, until: number, problem: CsvRecord['problem']): CsvRecord {
    const whole = this.rest.slice(from, until);
    const text = whole.replace(/\r?\n$/, '').slice(0, this.limits.maxRecord);
    const end = this.start + whole.length + this.skipped;
    const record = { text, start: this.start, end, line: this.line, problem };
    this.start = end;
    this.skipped = 0;
    for (let at = whole.indexOf('\n'); at !== -1; at = whole.indexOf('\n', at + 1)) this.line += 1;
    return record;
  }

  /** @returns where the record that begins at `from` ends, or why that cannot be said */
  private recordEnd(from: number, lineEnd: number, final: boolean): number | 'stray_quote' | 'incomplete' {
    const { rest, delimiter } = this;
    const quote = rest.indexOf('"', from);
    if (quote === -1 || quote >= lineEnd) return lineEnd;
    let at = from;
    for (;;) {
      if (rest[at] !== '"') {
        // not quoted: a quote in it is a letter like any other
        const next = nextOf(rest, delimiter, at);
        if (next === -1) return final ? rest.length : 'incomplete';
        if (rest[next] === '\n') return next + 1;
        at = next + 1;
        continue;
      }
      const closing = closingQuote(rest, at + 1);
      if (closing === -1) return final || this.tooFar(from) ? 'stray_quote' : 'incomplete';
      if (this.tooFar(from, closing)) return 'stray_quote';
      const after = rest[closing + 1];
      if (after === undefined) return final ? rest.length : 'incomplete';
      if (after === '\n') return closing + 2;
      if (after === '\r' && (rest[closing + 2] === '\n' || rest[closing + 2] === undefined)) {
        if (rest[closing + 2] === '\n') return closing + 3;
        return final ? rest.length : 'incomplete';
      }
      if (after !== delimiter) return 'stray_quote';
      at = closing + 2;
      if (at >= rest.length) return final ? rest.length : 'incomplete';
    }
  }

  private tooFar(from: number, until = this.rest.length): boolean {
    if (until - from > this.limits.maxRecord) return true;
    let at = from;
    for (let lines = 0; lines <= this.limits.maxLines; lines += 1) {
      at = this.rest.indexOf('\n', at) + 1;
      if (at === 0 || at > until) return false;
    }
    return true;
  }
}

function nextOf(text: string, delimiter: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const next = text.indexOf(delimiter, from);
  if (newline === -1) return next;
  return next === -1 || next > newline ? newline : next;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
