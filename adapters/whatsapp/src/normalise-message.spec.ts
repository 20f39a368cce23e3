import { describe, expect, it } from '@jest/globals';
import { normalizedMessageSchema, type NormalizedMessage } from '@loket/contracts/inbound.js';
import { normaliseMessage, type NormaliseContext } from './normalise-message.js';
import { messageEventSchema, type MessageEvent } from './whatsapp-event.js';

const blob = { sha256: 'a'.repeat(64), size: 10, mediaType: 'image/jpeg' };
const media = { reference: '1', mediaType: 'image/jpeg', size: null, fileName: null };
const budi = { kind: 'whatsapp', value: '6281234567890', name: 'Budi', also: [] } as const;

const said = (rest: Partial<MessageEvent> = {}): MessageEvent =>
  messageEventSchema.parse({
    type: 'message',
    ref: { account: '62811', id: 'A1', fromMe: false, participant: null },
    chat: '6281234567890@c.us',
    from: budi,
    at: '2026-01-05T10:00:00.000Z',
    kind: 'text',
    text: null,
    media: null,
    location: null,
    contacts: [],
    quoted: null,
    forwarded: false,
    group: null,
    unsupported: null,
    ...rest,
  });

function made(event: MessageEvent, stored: NormaliseContext['media'] = null): NormalizedMessage {
  const channelId = '018f0000-0000-7000-8000-000000000001';
  const message = normaliseMessage(event, { channelId, raw: null, media: stored, evidence: 'whatsapp=test' });
  return normalizedMessageSchema.parse(message);
}

describe('the message made of an event', () => {
  it('is proven to be of its sender, under every address', () => {
    const from = { ...budi, also: [{ kind: 'lid', value: '9988' } as const] };
    const { sender, thread, externalId } = made(said({ from, text: 'Halo' }));
    expect(sender).toEqual({
      kind: 'whatsapp',
      value: '6281234567890',
      name: 'Budi',
      proof: 'verified',
      evidence: ['whatsapp=test'],
      also: [{ kind: 'lid', value: '9988', proof: 'verified', source: 'lid_mapping' }],
    });
    expect([externalId, thread.conversation]).toEqual(['62811:i:A1', '6281234567890@c.us']);
  });

  it('answers what it quotes, of either side', () => {
    const quoted = { account: '62811', id: 'B2', fromMe: true, participant: null };
    expect(made(said({ text: 'ya', quoted }))).toMatchObject({
      quote: '62811:o:B2',
      thread: { inReplyTo: '62811:o:B2', references: ['62811:o:B2'] },
    });
    expect(made(said({ text: 'ya' })).quote).toBeNull();
    expect(made(said({ text: 'ya', forwarded: true })).thread.forwarded).toBe(true);
  });

  it.each<[string, Partial<MessageEvent>, NormaliseContext['media'], string, string[]]>([
    ['a text without what cannot be stored', { text: 'a\u0000b\r\nc \ud800' }, null, 'ab\nc \ufffd', []],
    ['a photo with words', { kind: 'image', media, text: 'Rusak' }, blob, 'Rusak', []],
    ['a photo alone', { kind: 'image', media }, blob, '', []],
    [
      'a photo that is gone',
      { kind: 'image', media, text: 'Rusak' },
      'media_expired',
      '[gambar / image]\nRusak',
      ['media_expired'],
    ],
    [
      'a document that is too large',
      { kind: 'document', media: { ...media, fileName: 'faktur\u202efdp.exe' } },
      'media_too_large',
      '[dokumen / document: fakturfdp.exe]',
      ['media_too_large'],
    ],
    [
      'a place',
      {
        kind: 'location',
        location: {
          latitude: -6.2088,
          longitude: 106.8456,
          name: 'Monas',
          address: 'Jakarta\nPusat',
          live: false,
        },
      },
      null,
      '📍 Monas\nJakarta Pusat\nhttps://maps.google.com/?q=-6.2088,106.8456',
      [],
    ],
    [
      'a place on the move',
      { kind: 'location', location: { latitude: 1, longitude: 2, name: null, address: null, live: true } },
      null,
      '📍\nhttps://maps.google.com/?q=1,2',
      ['live_location'],
    ],
    [
      'contacts',
      {
        kind: 'contacts',
        contacts: [
          { name: 'Siti', organization: 'Toko', phones: ['+62 812'], emails: ['s@toko.example'] },
          { name: '', organization: null, phones: ['0812'], emails: [] },
        ],
      },
      null,
      '👤 Siti, Toko: +62 812, s@toko.example\n👤 0812',
      [],
    ],
    [
      'a kind that nobody knows',
      { kind: 'unsupported', unsupported: 'hologram' },
      null,
      '[pesan yang tidak didukung / unsupported message: hologram]',
      ['unsupported_message'],
    ],
    ['nothing at all', { text: '  ' }, null, '[teks / text]', []],
  ])('%s', (_name, event, stored, text, warnings) => {
    expect([made(said(event), stored).text, made(said(event), stored).warnings]).toEqual([text, warnings]);
  });

  it('names its file for people', () => {
    const name = (
      fileName: string | null,
      kind: MessageEvent['kind'],
      mediaType: string,
    ): string | undefined =>
      made(said({ kind, media: { ...media, fileName } }), { ...blob, mediaType }).attachments[0]?.name;
    expect(name(null, 'voice', 'audio/ogg')).toBe('voice.ogg');
    expect(name('../../etc/faktur\u202egpj.exe', 'document', 'application/pdf')).toBe('fakturgpj.exe');
    expect(name(`${'a'.repeat(300)}.pdf`, 'document', 'application/pdf')).toHaveLength(200);
  });

  it('cuts what is longer than a message can be, and says so', () => {
    const { text, warnings } = made(said({ text: '🙂'.repeat(50_000) }));
    expect([text.length, text.isWellFormed(), warnings]).toEqual([65_536, true, ['body_over_limit']]);
  });
});
