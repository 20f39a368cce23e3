import { describe, expect, it } from '@jest/globals';
import type { CallImportField } from '@loket/contracts/call-imports.js';
import { missingFields, suggestMapping } from './columns.js';

const fieldsOf = (headers: string[]): (CallImportField | null)[] => {
  const mapping = Object.entries(suggestMapping(headers)) as [CallImportField, number][];
  return headers.map((_, column) => mapping.find(([, at]) => at === column)?.[0] ?? null);
};

describe('columns by their names', () => {
  it.each<[string[], (CallImportField | null)[]]>([
    [
      ['Tanggal', 'Jam', 'Arah', 'No. Telepon', 'Nama Pelanggan', 'Durasi', 'Status', 'Agen', 'Catatan'],
      ['startedAt', 'startedTime', 'direction', 'number', 'name', 'duration', 'outcome', 'agent', 'notes'],
    ],
    [
      [
        'Waktu Mulai',
        'Dari',
        'Ke',
        'Durasi Bicara',
        'Durasi Dering',
        'Hasil Panggilan',
        'Antrean',
        'Rekaman',
        'Keterangan',
      ],
      ['startedAt', 'from', 'to', 'talk', 'ring', 'outcome', 'queue', 'recording', 'notes'],
    ],
    [
      [
        'Call ID',
        'Start Time',
        'Direction',
        'Caller Number',
        'Called Number',
        'Talk Time',
        'Status',
        'Agent Name',
        'Queue Name',
        'Disposition',
      ],
      ['callId', 'startedAt', 'direction', 'from', 'to', 'talk', 'outcome', 'agent', 'queue', 'disposition'],
    ],
    [
      ['accountcode', 'src', 'dst', 'clid', 'calldate', 'duration', 'billsec', 'uniqueid', 'recordingUrl'],
      [null, 'from', 'to', null, 'startedAt', 'duration', 'talk', 'callId', 'recording'],
    ],
    [
      ['CallSid', 'startTime', 'callerNumber', 'duration (s)'],
      ['callId', 'startedAt', 'from', 'duration'],
    ],
    [
      ['Tgl', 'Nomor HP', 'Nama', 'Tgl. Lahir'],
      ['startedAt', 'number', 'name', null],
    ],
    [
      ['a', 'b', ''],
      [null, null, null],
    ],
  ])('%j', (headers, expected) => {
    expect(fieldsOf(headers)).toEqual(expected);
  });

  it('say what is missing', () => {
    expect(missingFields({})).toEqual(['startedAt', 'number']);
    expect(missingFields({ startedAt: 0, to: 1 })).toEqual([]);
    expect(missingFields({ number: 0 })).toEqual(['startedAt']);
  });
});
