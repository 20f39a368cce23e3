/** A place in the log: everything up to and including this row was seen. */
export interface EventPosition {
  tx: bigint;
  id: bigint;
}

export const startOfLog: EventPosition = { tx: 0n, id: 0n };

/** As clients keep it: `tx-id`, decimal. */
export function formatCursor(position: EventPosition): string {
  return `${position.tx}-${position.id}`;
}

/** @returns null when the text is no cursor of ours */
export function parseCursor(cursor: string): EventPosition | null {
  const [, tx, id] = /^(\d{1,19})-(\d{1,19})$/.exec(cursor) ?? [];
  if (tx === undefined || id === undefined) return null;
  const position = { tx: BigInt(tx), id: BigInt(id) };
  return position.tx < 1n << 63n && position.id < 1n << 63n ? position : null;
}

/** Negative when `a` comes before `b` in the log. */
export function comparePositions(a: EventPosition, b: EventPosition): number {
  if (a.tx !== b.tx) return a.tx < b.tx ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
