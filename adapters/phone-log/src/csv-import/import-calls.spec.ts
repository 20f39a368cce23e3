import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { callRecordSchema, type CallRecord } from '@loket/contracts/calls.js';
import {
  importCalls,
  previewCalls,
  type ImportProgress,
  type RowProblem,
  type CsvSource,
} from './import-calls.js';

const sourceOf =
  (bytes: Buffer | string, chunk = 1000): CsvSource =>
  () => {
    const all = Buffer.from(bytes);
    const pieces = Array.from({ length: Math.ceil(all.length / chunk) }, (_, at) =>
      all.subarray(at * chunk, (at + 1) * chunk),
    );
    return Readable.from(pieces);
  };
const importAll = async (open: CsvSource, settings?: Parameters<typeof previewCalls>[1]) => {
  const preview = await previewCalls(open, settings);
  const calls: CallRecord[] = [];
  const problems: RowProblem[] = [];
  const progress: ImportProgress[] = [];
  for await (const batch of importCalls(open, preview.settings)) {
    calls.push(...batch.calls.map((call) => callRecordSchema.parse(call)));
    problems.push(...batch.problems);
    progress.push(batch.progress);
  }
  return { preview, calls, problems, progress };
};
const indonesian = [
  'Tanggal;Jam;Arah;No. Telepon;Nama Pelanggan;Durasi;Status;Agen;Catatan',
  '22/11/2026;14.30.05;Masuk;0812-3456;Büdi;00:01:23;Terjawab;Sari;"Tanya ""BJ-1""\nbaris dua"',
  '22/11/2026;15.00.00;Keluar;0813;;1 menit 5 detik;Dijawab;Adi;',
  '22/11/2026;15.05;Masuk;anonymous;;0;Tidak terjawab;;',
  '23/11/2026;08.00;Masuk;0814;;;Sibuk;;',
].join('\r\n');

describe('an import of calls', () => {
  it('reads what an Indonesian spreadsheet writes', async () => {
    const { preview, calls, problems, progress } = await importAll(
      sourceOf(iconv.encode(indonesian, 'windows-1252')),
    );
    expect(preview).toMatchObject({
      settings: {
        form: { encoding: 'windows-1252', delimiter: ';', hasHeader: true },
        order: 'day_first',
        timeZone: 'Asia/Jakarta',
      },
      missing: [],
    });
    expect(preview.rows.map(({ call }) => call)).toEqual(calls);
    expect(problems).toEqual([]);
    expect(calls).toMatchObject([
      {
        callId: expect.stringMatching(/^csv:[0-9a-f]{40}$/),
        direction: 'inbound',
        number: '0812-3456',
        name: 'Büdi',
        startedAt: '2026-11-22T07:30:05.000Z',
        talkSeconds: 83,
        outcome: 'answered',
        agent: 'Sari',
        notes: 'Tanya "BJ-1"\nbaris dua',
      },
      {
        direction: 'outbound',
        number: '0813',
        talkSeconds: 65,
        outcome: 'answered',
        agent: 'Adi',
        notes: null,
      },
      { number: null, outcome: 'missed', talkSeconds: null, startedAt: '2026-11-22T08:05:00.000Z' },
      { number: '0814', outcome: 'busy' },
    ]);
    expect(progress.at(-1)).toEqual({
      bytes: iconv.encode(indonesian, 'windows-1252').length,
      rows: 4,
      imported: 4,
      failed: 0,
    });
  });

  it('gives the same ids again, in any encoding, delimiter and cut, and with columns taken for other things', async () => {
    const ids = async (...args: Parameters<typeof importAll>): Promise<string[]> =>
      (await importAll(...args)).calls.map(({ callId }) => callId);
    const first = await ids(sourceOf(indonesian));
    expect(new Set(first).size).toBe(4);
    const tabs = indonesian.replaceAll(';', '\t');
    for (const bytes of [
      Buffer.from(`\ufeff${indonesian}`),
      iconv.encode(tabs, 'utf-16le', { addBOM: true }),
      iconv.encode(indonesian, 'windows-1252'),
      Buffer.from(`${indonesian}\r\n;;;\r\n`.replaceAll('\r\n;;;\r\n', '\r\n')),
    ])
      expect(await ids(sourceOf(bytes, 7))).toEqual(first);
    expect(await ids(sourceOf(indonesian), { mapping: { startedAt: 0, number: 3, notes: 8 } })).toEqual(
      first,
    );
    expect(await ids(sourceOf(`${indonesian}\r\n24/11/2026;08.00;Masuk;0815;;;Sibuk;;`))).toEqual([
      ...first,
      expect.any(String),
    ]);
  });

  it('keeps rows apart that are the same, and takes ids that are there', async () => {
    const row = '2026-11-22 10:00;0812;5';
    const same = await importAll(sourceOf(`Start time;From;Duration\n${row}\n${row}\n${row}\n`));
    const ids = same.calls.map(({ callId }) => callId);
    expect(ids).toEqual([ids[0], `${ids[0] ?? ''}:1`, `${ids[0] ?? ''}:2`]);
    const own = await importAll(sourceOf(`uniqueid;Start time;From\n1.5;${row}\n1.6;${row}\n`));
    expect(own.calls.map(({ callId }) => callId)).toEqual(['1.5', '1.6']);
  });

  it('tells what is wrong, cell by cell, and takes the rest', async () => {
    const text = [
      'Call ID,Start time,Direction,From,To,Talk time,Status,Recording',
      'a,2026-11-22 10:00,inbound,0812,021,90,answered,https://a.b/1',
      'b,kemarin,inbound,0812,021,90,answered,',
      'c,2026-11-22 10:00,sideways,0812,021,90,answered,',
      'd,2026-11-22 10:00,inbound,0812,021,lama,bingung,C:\\rekaman.wav',
      'e,,inbound,0812,021,1,answered,',
      '"f,2026-11-22 10:00,inbound,0812,021,1,answered,',
      'g,2026-11-22 10:00,"out"bound,0812,021,1,answered,',
      'h,2026-11-22 10:00,outbound,021,0813,1m5s,answered,',
      'i,2026-11-22 10:00',
    ].join('\n');
    const { calls, problems, progress } = await importAll(sourceOf(text));
    expect(calls.map(({ callId }) => callId)).toEqual(['a', 'd', 'h', 'i']);
    expect(calls[1]).toMatchObject({ outcome: 'missed', disposition: 'bingung', recording: null });
    expect(calls[2]).toMatchObject({ direction: 'outbound', number: '0813', line: '021', talkSeconds: 65 });
    expect(
      problems.map(({ line, field, severity, code, column }) => [line, field, severity, code, column]),
    ).toEqual([
      [3, 'startedAt', 'error', 'date_unreadable', 1],
      [4, 'direction', 'error', 'direction_unknown', 2],
      [5, 'talk', 'warning', 'duration_unreadable', 5],
      [5, 'outcome', 'warning', 'outcome_unknown', 6],
      [5, 'recording', 'warning', 'recording_unreadable', 7],
      [6, 'startedAt', 'error', 'missing', 1],
      [7, null, 'error', 'stray_quote', null],
      [8, null, 'error', 'stray_quote', null],
    ]);
    expect(problems[0]?.value).toBe('kemarin');
    expect(progress.at(-1)).toMatchObject({ rows: 9, imported: 4, failed: 5 });
  });

  it('finds out which way the dates stand, and does as it is told', async () => {
    const american = 'Date,From\n03/04/2026 10:00,1\n11/22/2026 10:00,2\n';
    const { preview, calls } = await importAll(sourceOf(american));
    expect([preview.settings.order, calls[0]?.startedAt]).toEqual([
      'month_first',
      '2026-03-04T03:00:00.000Z',
    ]);
    const told = await importAll(sourceOf(american), { order: 'day_first', timeZone: 'UTC' });
    expect(told.calls.map(({ startedAt }) => startedAt)).toEqual(['2026-04-03T10:00:00.000Z']);
  });

  it('reads one line in another encoding without spoiling the others', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Date,From,Name\n'),
      Buffer.from('2026-11-22 10:00,1,Café\n'),
      Buffer.from('2026-11-22 10:00,2,Caf\u00e9\n', 'latin1'),
    ]);
    const { calls } = await importAll(sourceOf(bytes, 5), {
      form: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
    });
    expect(calls.map(({ name }) => name)).toEqual(['Café', 'Café']);
  });

  it.each(['', '\n\n', '\ufeff', 'Tanggal;Nomor\n'])('of %j is none', async (text) => {
    expect((await importAll(sourceOf(text))).calls).toEqual([]);
  });

  it('reads no further than it is asked to', async () => {
    let read = 0;
    const open: CsvSource = () =>
      Readable.from(
        (function* () {
          yield Buffer.from('Date,From\n');
          for (; read < 100_000; read += 1) yield Buffer.from(`2026-11-22 10:00,${read}\n`.repeat(10));
        })(),
      );
    const form = { encoding: 'utf-8', delimiter: ',', hasHeader: true } as const;
    const settings = {
      form,
      mapping: { startedAt: 0, from: 1 },
      timeZone: 'Asia/Jakarta',
      order: 'day_first',
      direction: 'inbound',
    } as const;
    for await (const { calls } of importCalls(open, settings)) {
      expect(calls.length).toBeGreaterThan(400);
      break;
    }
    expect(read).toBeLessThan(200);
  });
});
