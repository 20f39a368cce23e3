import { createHash } from 'node:crypto';

/**
 * Ids for rows that have none: of what stands in the row, and of how many rows like it came before. The same file, or
 * one that goes on where it ended, gives the same ids, in whatever encoding and with whatever delimiter it is written,
 * and whatever its columns are taken for.
 */
export class RowIds {
  /** rows seen, by 48 bits of their hash: some 60 bytes a row, where text would be many times that */
  private readonly seen = new Map<number, number>();

  of(cells: readonly string[]): string {
    const trimmed = cells.map((cell) => cell.trim());
    while (trimmed.at(-1) === '') trimmed.pop();
    const hash = createHash('sha256').update(trimmed.join('\u001f')).digest();
    const key = hash.readUIntBE(0, 6);
    const ordinal = this.seen.get(key) ?? 0;
    this.seen.set(key, ordinal + 1);
    return `csv:${hash.toString('hex').slice(0, 40)}${ordinal === 0 ? '' : `:${ordinal}`}`;
  }
}
