import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Head, type CsvCursor } from './cursor.js';
import { piecesOf, placeOf } from './file-chain.js';

let folder = '';
let path = '';
const at = '2026-11-22T03:00:00.000Z';
const nothing: CsvCursor = { head: null, offset: 0, done: false, at };
const cursorIn = (text: string, offset: number, done = false): CsvCursor => ({
  head: new Head(Buffer.from(text)).upTo(offset),
  offset,
  done,
  at,
});
/** @param minute when it was last written, after three o'clock */
const put = async (name: string, text: string, minute: number): Promise<void> => {
  const bytes = name.endsWith('.gz') ? gzipSync(text) : Buffer.from(text);
  await writeFile(join(folder, name), bytes);
  const time = new Date(Date.parse(at) + minute * 60_000);
  await utimes(join(folder, name), time, time);
};
const placed = async (cursor: CsvCursor): Promise<[string, number] | null> => {
  const place = await placeOf(path, cursor);
  return place && [place.file.path.slice(folder.length + 1), place.offset];
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chain-'));
  path = join(folder, 'Master.csv');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('where to read on', () => {
  type Files = Record<string, [text: string, minute: number]>;
  it.each<[string, Files, CsvCursor, [string, number] | null]>([
    ['nothing there', {}, nothing, null],
    ['the file, from its start', { 'Master.csv': ['abc', 1] }, nothing, ['Master.csv', 0]],
    ['the file, where it was left', { 'Master.csv': ['abcdef', 1] }, cursorIn('abc', 3), ['Master.csv', 3]],
    [
      'renamed',
      { 'Master.csv': ['xyz', 2], 'Master.csv.1': ['abcdef', 1] },
      cursorIn('abc', 3),
      ['Master.csv.1', 3],
    ],
    [
      'renamed, the new one not written yet',
      { 'Master.csv.1': ['abcdef', 1] },
      cursorIn('abc', 3),
      ['Master.csv.1', 3],
    ],
    [
      'compressed',
      { 'Master.csv': ['xyz', 2], 'Master.csv.1.gz': ['abcdef', 1] },
      cursorIn('abc', 3),
      ['Master.csv.1.gz', 3],
    ],
    [
      'being compressed',
      { 'Master.csv': ['xyz', 2], 'Master.csv.1': ['abcdef', 1], 'Master.csv.1.gz': ['ab', 2] },
      cursorIn('abc', 3),
      ['Master.csv.1', 3],
    ],
    [
      'named by date',
      { 'Master.csv': ['xyz', 2], 'Master-20261122.csv': ['abcdef', 1] },
      cursorIn('abc', 3),
      ['Master-20261122.csv', 3],
    ],
    [
      'rotated twice, the first not finished',
      { 'Master.csv': ['xyz', 3], 'Master.csv.1': ['mno', 2], 'Master.csv.2': ['abcdef', 1] },
      cursorIn('abc', 3),
      ['Master.csv.2', 3],
    ],
    [
      'rotated twice, the first finished',
      { 'Master.csv': ['xyz', 3], 'Master.csv.1': ['mno', 2], 'Master.csv.2': ['abc', 1] },
      cursorIn('abc', 3, true),
      ['Master.csv.1', 0],
    ],
    ['finished, and nothing new', { 'Master.csv.1': ['abc', 1] }, cursorIn('abc', 3, true), null],
    [
      'rotated within a tick of the clock',
      { 'Master.csv': ['xyz', 1], 'Master.csv.1': ['mno', 1], 'Master.csv.2': ['abc', 1] },
      cursorIn('abc', 3, true),
      ['Master.csv.1', 0],
    ],
    [
      'truncated',
      { 'Master.csv': ['a', 2], 'Master.csv.1': ['abcdef', 1] },
      cursorIn('abc', 3),
      ['Master.csv.1', 3],
    ],
    [
      'gone: the newer ones',
      { 'Master.csv': ['xyz', 3], 'Master.csv.1': ['mno', 2], 'Master.csv.2': ['old', -60] },
      cursorIn('abc', 3),
      ['Master.csv.1', 0],
    ],
    [
      'gone, nothing newer but the file',
      { 'Master.csv': ['xyz', 3], 'Master.csv.1': ['old', -60] },
      cursorIn('abc', 3),
      ['Master.csv', 0],
    ],
    [
      'other files of the folder',
      { 'Master.csv': ['xyz', 3], 'Masterplan.csv': ['abcdef', 1], '100.csv': ['abcdef', 1] },
      cursorIn('abc', 3),
      ['Master.csv', 0],
    ],
    ['empty ones', { 'Master.csv': ['xyz', 3], 'Master.csv.1': ['', 2] }, nothing, ['Master.csv', 0]],
  ])('%s', async (_what, files, cursor, expected) => {
    for (const [name, [text, minute]] of Object.entries(files)) await put(name, text, minute);
    expect(await placed(cursor)).toEqual(expected);
  });

  it('does not take another file for the one whose name it has by now', async () => {
    await put('Master.csv.1.gz', 'abcdef', 1);
    await put('Master.csv', 'xyz', 3);
    const place = await placeOf(path, nothing);
    if (!place) throw new Error('nothing to read');
    await rename(`${path}.1.gz`, `${path}.2.gz`);
    await put('Master.csv.1.gz', 'mno', 2);
    const read = async (): Promise<(string | null)[]> => {
      const pieces: (string | null)[] = [];
      for await (const piece of piecesOf(place.file, 2)) pieces.push(piece?.toString() ?? null);
      return pieces;
    };
    expect(await read()).toEqual([null]);
    await rename(`${path}.2.gz`, `${path}.1.gz`);
    expect(await read()).toEqual(['cdef']);
  });
});
