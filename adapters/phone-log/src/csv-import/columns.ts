import { importFields, type CallImportField } from '@loket/contracts/call-imports.js';

/** Which column, counted from 0, holds what. */
export type ColumnMapping = Partial<Record<CallImportField, number>>;

/** Names of columns in exports of exchanges and in people's own lists, most telling first. */
const names: Record<CallImportField, readonly string[]> = {
  callId: [
    'call id',
    'callid',
    'id panggilan',
    'uniqueid',
    'unique id',
    'call sid',
    'callsid',
    'linkedid',
    'id call',
    'uuid',
    'id',
  ],
  startedAt: [
    'waktu mulai',
    'start time',
    'started at',
    'call time',
    'calldate',
    'call date',
    'tanggal jam',
    'tanggal waktu',
    'waktu panggilan',
    'tanggal panggilan',
    'date time',
    'datetime',
    'timestamp',
    'mulai',
    'start',
    'tanggal',
    'tgl',
    'date',
    'waktu',
  ],
  startedTime: ['jam mulai', 'jam panggilan', 'pukul', 'jam', 'time', 'waktu'],
  direction: [
    'arah panggilan',
    'call direction',
    'direction',
    'arah',
    'jenis panggilan',
    'call type',
    'tipe panggilan',
    'jenis',
    'tipe',
    'type',
  ],
  number: [
    'nomor pelanggan',
    'customer number',
    'nomor telepon',
    'no telepon',
    'no telp',
    'no hp',
    'nomor hp',
    'phone number',
    'telepon',
    'telp',
    'phone',
    'nomor',
    'number',
    'msisdn',
  ],
  from: [
    'nomor pemanggil',
    'no pemanggil',
    'caller number',
    'caller id',
    'calling number',
    'call from',
    'dari nomor',
    'pemanggil',
    'penelepon',
    'caller',
    'src',
    'source',
    'dari',
    'from',
    'asal',
  ],
  to: [
    'nomor tujuan',
    'no tujuan',
    'called number',
    'destination number',
    'call to',
    'ke nomor',
    'callee',
    'dst',
    'destination',
    'tujuan',
    'ke',
    'to',
  ],
  name: [
    'nama pelanggan',
    'customer name',
    'nama pemanggil',
    'caller name',
    'nama penelepon',
    'contact name',
    'nama kontak',
    'pelanggan',
    'customer',
    'contact',
    'kontak',
    'nama',
    'name',
  ],
  line: ['nomor kami', 'did', 'line', 'saluran', 'trunk'],
  outcome: ['status panggilan', 'call status', 'status', 'outcome', 'hasil panggilan', 'keadaan', 'answered'],
  talk: [
    'durasi bicara',
    'lama bicara',
    'talk time',
    'talk duration',
    'talking',
    'billsec',
    'waktu bicara',
    'conversation',
  ],
  ring: [
    'durasi dering',
    'lama dering',
    'ring time',
    'ring duration',
    'ringing',
    'wait time',
    'waktu tunggu',
    'lama tunggu',
    'dering',
  ],
  duration: [
    'durasi panggilan',
    'call duration',
    'lama panggilan',
    'total duration',
    'durasi',
    'duration',
    'lama',
  ],
  agent: [
    'nama agen',
    'agent name',
    'agent',
    'agen',
    'petugas',
    'operator',
    'ekstensi',
    'extension',
    'ext',
    'user',
    'cs',
    'staf',
    'pegawai',
    'dijawab oleh',
    'answered by',
  ],
  queue: ['nama antrean', 'queue name', 'queue', 'antrean', 'antrian', 'ring group', 'grup'],
  notes: [
    'catatan panggilan',
    'catatan',
    'keterangan',
    'notes',
    'note',
    'remarks',
    'comment',
    'comments',
    'isi',
    'deskripsi',
    'description',
    'ringkasan',
    'summary',
  ],
  disposition: ['disposisi', 'disposition', 'hasil', 'result', 'kategori', 'category', 'tindak lanjut'],
  recording: ['url rekaman', 'recording url', 'recording', 'rekaman', 'tautan rekaman', 'link rekaman'],
};

/**
 * Guesses what the columns hold by their names, in Indonesian and English. Each column is one thing, each thing one
 * column: the most telling name wins.
 */
export function suggestMapping(headers: readonly string[]): ColumnMapping {
  const candidates = headers.flatMap((header, column) => {
    const words = wordsOf(header);
    return importFields.flatMap((field) => {
      const score = scoreOf(words, field);
      return score > 0 ? [{ field, column, score }] : [];
    });
  });
  candidates.sort((a, b) => b.score - a.score || a.column - b.column);
  const mapping: ColumnMapping = {};
  const taken = new Set<number>();
  for (const { field, column } of candidates) {
    if (mapping[field] !== undefined || taken.has(column)) continue;
    mapping[field] = column;
    taken.add(column);
  }
  return mapping;
}

/** What has to be mapped before an import makes sense. */
export function missingFields(mapping: ColumnMapping): CallImportField[] {
  const missing: CallImportField[] = mapping.startedAt === undefined ? ['startedAt'] : [];
  const party = mapping.number ?? mapping.from ?? mapping.to;
  return party === undefined ? [...missing, 'number'] : missing;
}

function wordsOf(header: string): string {
  return header
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** A whole name counts for more than part of one, and one that stands early in the list for more than a late one. */
function scoreOf(words: string, field: CallImportField): number {
  const list = names[field];
  const whole = list.indexOf(words);
  if (whole !== -1) return 1000 - whole;
  const part = list.findIndex((name) => name.length > 3 && ` ${words} `.includes(` ${name} `));
  return part === -1 ? 0 : 500 - part;
}
