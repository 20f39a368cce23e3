import { describe, expect, it } from '@jest/globals';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { allOf, extended, nothingMarked, toggled } from './selection.js';

const rows = ['a', 'b', 'c', 'd', 'e'].map((id, at) => ({ id, number: at + 1 })) as CaseSummary[];
const row = (id: string) => rows.find((one) => one.id === id)!;
const ids = (selection: typeof nothingMarked) => [...selection.marked.keys()].sort().join('');

describe('marking rows', () => {
  it('one by one, and back', () => {
    const two = toggled(toggled(nothingMarked, row('a')), row('c'));
    expect(ids(two)).toBe('ac');
    expect(ids(toggled(two, row('a')))).toBe('c');
  });

  it('as a range from the last one, in either direction, beside what is marked already', () => {
    const from = toggled(toggled(nothingMarked, row('a')), row('d'));
    expect(ids(extended(from, rows, row('b')))).toBe('abcd');
    // the range turns about the same row
    expect(ids(extended(extended(toggled(nothingMarked, row('c')), rows, row('b')), rows, row('d')))).toBe(
      'bcd',
    );
  });

  it('as a range from a row that the list no longer shows marks this one only', () => {
    const gone = toggled(nothingMarked, { id: 'z', number: 99 });
    expect(ids(extended(gone, rows, row('b')))).toBe('bz');
    expect(ids(extended(nothingMarked, rows, row('b')))).toBe('b');
  });

  it('all of them, with their numbers', () => {
    expect([...allOf(rows).marked.values()]).toEqual([1, 2, 3, 4, 5]);
  });
});
