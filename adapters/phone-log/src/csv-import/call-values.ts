import type { CallDirection, CallOutcome } from '@loket/contracts/calls.js';

const directions: readonly (readonly [RegExp, CallDirection])[] = [
  [
    /^(?:in|inbound|incoming|inc|masuk|panggilan masuk|diterima|received|terima|missed|missed call|tak terjawab|tidak terjawab)$/,
    'inbound',
  ],
  [
    /^(?:out|outbound|outgoing|keluar|panggilan keluar|dialed|dialled|dihubungi|made|telepon keluar|outbound (?:api|dial))$/,
    'outbound',
  ],
];
const outcomes: readonly (readonly [RegExp, CallOutcome])[] = [
  [
    /^(?:answered|answer|completed|complete|connected|dijawab|terjawab|diangkat|diterima|tersambung|terhubung|selesai|berhasil|sukses|success|yes|ya|received|ok)$/,
    'answered',
  ],
  [
    /^(?:missed|missed call|no ?answer|not ?answered|unanswered|noanswer|tidak (?:di|ter)?(?:jawab|angkat)|tak (?:di|ter)?jawab|tidak diangkat|no|tidak|rna)$/,
    'missed',
  ],
  [
    /^(?:abandoned|abandon|cancel(?:l?ed)?|batal|dibatalkan|ditutup(?: penelepon)?|putus|hang ?up)$/,
    'abandoned',
  ],
  [/^(?:voice ?mail|vm|kotak suara|pesan suara)$/, 'voicemail'],
  [/^(?:busy|sibuk|nada sibuk|line busy)$/, 'busy'],
  [/^(?:failed|fail|gagal|error|congestion|chanunavail|rejected|ditolak|invalid|tidak aktif)$/, 'failed'],
];

export function readDirection(text: string): CallDirection | null {
  return lookUp(directions, text);
}

export function readOutcome(text: string): CallOutcome | null {
  return lookUp(outcomes, text);
}

function lookUp<T>(list: readonly (readonly [RegExp, T])[], text: string): T | null {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  return list.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
