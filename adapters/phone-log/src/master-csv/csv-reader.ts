import { RecordSplitter } from '../csv/record-splitter.js';
import { LegGroups } from './leg-groups.js';

/** How far one file was read, and what of it waits. */
export class CsvReader {
  readonly groups: LegGroups;
  read: number;
  private readonly splitter: RecordSplitter;

  constructor(timeZone: string, offset: number) {
    this.groups = new LegGroups(timeZone);
    this.splitter = new RecordSplitter(',', offset);
    this.read = offset;
  }

  take(piece: Buffer, now: number): void {
    this.read += piece.length;
    for (const record of this.splitter.push(piece.toString('latin1'))) this.groups.add(record, now);
  }

  end(now: number): void {
    for (const record of this.splitter.end()) this.groups.add(record, now);
  }

  /** everything before it was handed over */
  get settled(): number {
    return this.groups.earliest ?? this.splitter.position;
  }
}
