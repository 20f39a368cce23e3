import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { callRecordSchema, type CallRecordInput } from '@loket/contracts/calls.js';
import { inboundEventSchema, normalizedMessageSchema } from '@loket/contracts/inbound.js';
import { normaliseCall, type CallContext } from './normalise-call.js';

const channelId = randomUUID();
const call = (fields: Partial<CallRecordInput> = {}) =>
  callRecordSchema.parse({
    callId: 'CA1',
    direction: 'inbound',
    number: '0812-3456-789',
    startedAt: '2026-11-22T10:00:00+07:00',
    outcome: 'missed',
    ...fields,
  });
const told = (fields: Partial<CallRecordInput>, language: CallContext['language'] = 'id') => {
  const made = normaliseCall(call(fields), { channelId, language, raw: null });
  return made.type === 'message' ? made.message : made.event;
};

describe('the words of a call', () => {
  it.each<[Partial<CallRecordInput>, string, string]>([
    [
      {},
      'Panggilan masuk dari 0812-3456-789: tidak dijawab.',
      'Incoming call from 0812-3456-789: not answered.',
    ],
    [
      { name: 'Budi', line: '021-555', outcome: 'answered', agent: 'Sari', talkSeconds: 192, ringSeconds: 8 },
      'Panggilan masuk dari Budi (0812-3456-789) ke 021-555: dijawab oleh Sari, bicara 3 menit 12 detik, berdering 8 detik.',
      'Incoming call from Budi (0812-3456-789) to 021-555: answered by Sari, talked 3 min 12 s, rang 8 s.',
    ],
    [
      { number: null, outcome: 'abandoned', queue: 'Tagihan', ringSeconds: 60 },
      'Panggilan masuk dari nomor yang disembunyikan, antrean Tagihan: penelepon menutup sebelum dijawab, berdering 1 menit.',
      'Incoming call from a withheld number, queue Tagihan: the caller hung up before it was answered, rang 1 min.',
    ],
    [
      {
        direction: 'outbound',
        outcome: 'answered',
        agent: '201',
        line: '021-555',
        talkSeconds: 3605,
        disposition: 'Setuju bayar',
        notes: 'Kirim ulang\nfaktur.',
      },
      'Panggilan keluar ke 0812-3456-789 dari 021-555 oleh 201: dijawab, bicara 1 jam 5 detik.\nHasil: Setuju bayar\nCatatan: Kirim ulang\nfaktur.',
      'Outgoing call to 0812-3456-789 from 021-555 by 201: answered, talked 1 h 5 s.\nResult: Setuju bayar\nNotes: Kirim ulang\nfaktur.',
    ],
    [
      { outcome: 'voicemail', recording: { kind: 'url', url: 'https://pbx.example/rahasia.wav' } },
      'Panggilan masuk dari 0812-3456-789: penelepon meninggalkan pesan suara.\nAda rekaman.',
      'Incoming call from 0812-3456-789: the caller left a voice message.\nThere is a recording.',
    ],
    [
      { direction: 'outbound', outcome: 'busy' },
      'Panggilan keluar ke 0812-3456-789: nomor sibuk.',
      'Outgoing call to 0812-3456-789: the number was busy.',
    ],
    [
      { direction: 'outbound', outcome: 'failed', talkSeconds: 0 },
      'Panggilan keluar ke 0812-3456-789: panggilan gagal.',
      'Outgoing call to 0812-3456-789: the call failed.',
    ],
  ])('%j', (fields, indonesian, english) => {
    for (const [language, text] of [
      ['id', indonesian],
      ['en', english],
    ] as const) {
      const made = told(fields, language);
      expect('type' in made ? made.type === 'sent_elsewhere' && made.message.text : made.text).toBe(text);
    }
  });
});

describe('who called', () => {
  it('is a claim, with the number as it was written', () => {
    const message = told({ name: 'Budi' });
    expect(message).toMatchObject({
      externalId: 'CA1',
      sender: {
        kind: 'phone',
        value: '0812-3456-789',
        name: 'Budi',
        proof: 'claimed',
        evidence: ['phone=caller_id'],
      },
      thread: { conversation: null },
      sentAt: '2026-11-22T03:00:00.000Z',
      subject: null,
      call: { callId: 'CA1', outcome: 'missed' },
    });
    expect(normalizedMessageSchema.parse(JSON.parse(JSON.stringify(message)))).toEqual(
      JSON.parse(JSON.stringify(message)),
    );
  });

  it.each([
    null,
    '',
    ' ',
    'anonymous',
    'Anonymous',
    'UNKNOWN',
    'Private',
    'sip:anonymous@anonymous.invalid',
    'nomor pribadi',
    'Tidak diketahui',
    '-',
    'xxxx',
  ])('is nobody known behind %j, and another one in every call', (number) => {
    const [one, other] = [told({ number }), told({ number, callId: 'CA2' })];
    expect(one).toMatchObject({
      sender: { kind: 'external', value: 'withheld:CA1', proof: 'claimed' },
      call: { number: null },
    });
    expect(other).toMatchObject({ sender: { kind: 'external', value: 'withheld:CA2' } });
  });

  it.each(['+62 812 3456 789', '147', '(021) 555-01', 'abc', '0'])(
    'is the number %j, valid or not',
    (number) => {
      expect(told({ number })).toMatchObject({ sender: { kind: 'phone', value: number } });
    },
  );

  it('cannot write what no database takes', () => {
    const message = told({
      number: '08\u000012',
      name: 'B\u0007udi\n',
      notes: 'a\u0000b\r\nc\ud800',
      agent: ' \u0001 ',
    });
    expect(message).toMatchObject({
      call: { number: '0812', name: 'Budi', notes: 'ab\nc\ufffd', agent: null },
    });
    expect(JSON.stringify(message)).not.toMatch(/\\u00(?:0[0-8bcef]|1)/);
  });
});

describe('a call that we made', () => {
  it('is told as written by our own side, to the customer', () => {
    const event = told({ direction: 'outbound', line: '021-555', agent: 'Sari', outcome: 'answered' });
    expect(event).toMatchObject({
      type: 'sent_elsewhere',
      to: { kind: 'phone', value: '0812-3456-789', proof: 'claimed' },
      message: {
        externalId: 'CA1',
        sender: { kind: 'phone', value: '021-555', name: 'Sari' },
        call: { direction: 'outbound' },
      },
    });
    expect(inboundEventSchema.safeParse(JSON.parse(JSON.stringify(event))).success).toBe(true);
  });

  it('to nobody known names nobody', () => {
    expect(told({ direction: 'outbound', number: null })).toMatchObject({
      to: null,
      message: { sender: { kind: 'external', value: 'own_line' } },
    });
  });
});
