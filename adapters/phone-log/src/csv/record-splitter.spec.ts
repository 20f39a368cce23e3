import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecordSplitter, type CsvRecord } from './record-splitter.js';

const split = (pieces: string[], limits?: { maxRecord: number; maxLines: number }): CsvRecord[] => {
  const splitter = new RecordSplitter(',', 0, limits);
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
};
const texts = (records: CsvRecord[]) =>
  records.map(({ text, problem }) => (problem === null ? text : `${problem}: ${text}`));

describe('records of a CSV text', () => {
  it.each<[string, string, string[]]>([
    ['lines', 'a,b\nc,d\n', ['a,b', 'c,d']],
    ['without the last line end', 'a,b\nc,d', ['a,b', 'c,d']],
    ['line ends of Windows', 'a,"b"\r\nc,d\r\n', ['a,"b"', 'c,d']],
    ['empty lines', 'a\n\nb\n', ['a', '', 'b']],
    ['line ends within quotes', 'a,"b\nc",d\ne\n', ['a,"b\nc",d', 'e']],
    ['quotes within quotes', 'a,"b ""c"" \nd"\ne\n', ['a,"b ""c"" \nd"', 'e']],
    ['nothing but quotes', '"","",""\n""\n', ['"","",""', '""']],
    ['a quote in the middle of a cell', '5" pipa,b\nc\n', ['5" pipa,b', 'c']],
    ['a quote that is never closed', '"a,b\nc,d\n', ['stray_quote: "a,b', 'c,d']],
    [
      'a quote that the next line closes',
      '"a,b\n"c","d"\n"e","f"\n',
      ['stray_quote: "a,b', '"c","d"', '"e","f"'],
    ],
    [
      'the same, next line beginning empty',
      '"","0812\n"","0813"\ne\n',
      ['stray_quote: "","0812', '"","0813"', 'e'],
    ],
    ['text behind a closed quote', '"a"b,c\nd\n', ['stray_quote: "a"b,c', 'd']],
    ['a last line in the middle of a quote', 'a\n"b', ['a', 'stray_quote: "b']],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    const whole = split([text]);
    expect(texts(whole)).toEqual(expected);
    expect(split(Array.from(text))).toEqual(whole);
    expect(whole.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  });

  it('wait for the rest of a line, and say where it began', () => {
    const splitter = new RecordSplitter(',', 100);
    expect(splitter.push('a,b\n"c')).toMatchObject([{ text: 'a,b', start: 100, end: 104 }]);
    expect(splitter.position).toBe(104);
    expect(splitter.push('\n')).toEqual([]);
    expect(splitter.push('d"\r')).toEqual([]);
    expect(splitter.push('\ne')).toMatchObject([{ text: '"c\nd"', start: 104, end: 111, line: 2 }]);
    expect(splitter.end()).toMatchObject([{ text: 'e', start: 111, line: 4 }]);
  });

  it('hold no more of an overlong line than they may', () => {
    const limits = { maxRecord: 10, maxLines: 3 };
    const pieces = ['a\n', 'x'.repeat(9), 'x'.repeat(500), 'x'.repeat(7), '\nb\n', `${'y'.repeat(30)}\nc`];
    const records = split(pieces, limits);
    expect(texts(records)).toEqual([
      'a',
      `too_long: ${'x'.repeat(10)}`,
      'b',
      `too_long: ${'y'.repeat(10)}`,
      'c',
    ]);
    expect(records.map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [2, 519],
      [519, 521],
      [521, 552],
      [552, 553],
    ]);
    expect(records.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  it('do not wait for ever for a quote to close', () => {
    const splitter = new RecordSplitter(',', 0, { maxRecord: 1000, maxLines: 3 });
    expect(splitter.push('"a\nb\nc\n')).toEqual([]);
    expect(texts(splitter.push('d\ne\n'))).toEqual(['stray_quote: "a', 'b', 'c', 'd', 'e']);
  });

  it('are what was written, however it is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é'), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        fc.array(fc.nat(20)),
        (rows, cuts) => {
          const written = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
          const text = written.map((line) => `${line}\n`).join('');
          const pieces: string[] = [];
          let at = 0;
          for (const cut of cuts) pieces.push(text.slice(at, (at += cut)));
          expect(texts(split([...pieces, text.slice(at)]))).toEqual(written);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never lose a character of what was not CSV at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r'), maxLength: 60 }), (text) => {
        const records = split([text], { maxRecord: 12, maxLines: 2 });
        expect(records.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
