import type { CaseName, CaseSummary } from '@loket/contracts/cases.js';

/** The cases that are marked for a change of all of them, by id, with their numbers. */
export interface Selection {
  marked: ReadonlyMap<string, number>;
  /** where a range begins: the row that was marked last */
  anchor: string | null;
}

export const nothingMarked: Selection = { marked: new Map(), anchor: null };

export function toggled({ marked }: Selection, row: CaseName): Selection {
  const next = new Map(marked);
  if (!next.delete(row.id)) next.set(row.id, row.number);
  return { marked: next, anchor: row.id };
}

/** From where the last one was marked to this row; from here alone, when there is no such row. */
export function extended(selection: Selection, rows: readonly CaseSummary[], to: CaseName): Selection {
  const end = rows.findIndex(({ id }) => id === to.id);
  const start = rows.findIndex(({ id }) => id === selection.anchor);
  if (end < 0) return selection;
  const [first, last] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)];
  const next = new Map(selection.marked);
  for (const { id, number } of rows.slice(first, last + 1)) next.set(id, number);
  return { marked: next, anchor: selection.anchor ?? to.id };
}

export function allOf(names: readonly CaseName[]): Selection {
  return { marked: new Map(names.map(({ id, number }) => [id, number])), anchor: names[0]?.id ?? null };
}
