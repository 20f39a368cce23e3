import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { channelConformance } from '@loket/channel/conformance.js';
import { NormaliseError } from '@loket/channel/channel-error.js';
import { RecordingHost } from '@loket/channel/recording-host.js';
import { outboundMessageSchema, type OutboundMessage } from '@loket/contracts/outbound.js';
import { visitorMediaType, type VisitorOriginal } from '@loket/contracts/visitor-original.js';
import { webchatAdapter } from './index.js';

const original = (over: Partial<VisitorOriginal> = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      visitorId: '0198c0de-0000-7000-8000-000000000001',
      clientId: '5f2b1c1e-8f6e-4b21-9d8e-6f1b2a3c4d5e',
      sentAt: '2026-11-20T03:00:00Z',
      text: 'Halo, apakah mug biru masih ada?',
      name: 'Dewi',
      proof: 'claimed',
      evidence: [],
      also: [],
      attachments: [],
      answers: [],
      ...over,
    }),
  );
const named = (name: string, raw: Buffer) => ({ name, raw, mediaType: visitorMediaType });

const staged = { broken: false };
const arrived: string[] = [];
const answer = (): OutboundMessage =>
  outboundMessageSchema.parse({
    messageId: randomUUID(),
    caseNumber: 7,
    token: 'lk7-0123456789abcdef',
    to: { kind: 'visitor', value: staged.broken ? 'nobody' : randomUUID() },
    text: 'Masih ada, Kak.',
    thread: {},
    createdAt: '2026-01-01T00:00:00Z',
    attempt: 1,
  });

channelConformance(
  'web chat',
  {
    create: () => {
      const adapter = webchatAdapter();
      const send = adapter.send.bind(adapter);
      // An answer has arrived when it may be shown: the visitor reads it from where core keeps it.
      adapter.send = async (message) => {
        const result = await send(message);
        arrived.push(result.externalId);
        return result;
      };
      return adapter;
    },
    channel: () => ({ id: randomUUID(), kind: 'webchat', name: 'Toko', version: 1, config: {} }),
    originals: [
      named('plain', original()),
      named('answers of the form', original({ answers: [{ label: 'Topik', value: 'Pesanan' }] })),
      named(
        'hostile',
        original({ name: '<img src=x onerror=alert(1)>', text: '<script>alert(1)</script>\u0000\u0007' }),
      ),
      named(
        'proven',
        original({
          proof: 'verified',
          evidence: ['signed_identity'],
          also: [
            { kind: 'email', value: 'dewi@customer.example', proof: 'verified', source: 'signed_identity' },
          ],
        }),
      ),
    ],
    unreadable: [
      named('another shape', Buffer.from('{"text":"Halo"}')),
      named('too many fields', Buffer.from(original().toString().replace('{', '{"admin":true,'))),
      named('too large', Buffer.alloc(600_000, ' ')),
    ],
    outbound: {
      message: answer,
      arrived: () => Promise.resolve([...arrived]),
      stage: {
        rejected: () => {
          staged.broken = true;
          return Promise.resolve();
        },
      },
      heal: () => {
        staged.broken = false;
        return Promise.resolve();
      },
    },
  },
  { describe, it, beforeAll, afterAll },
);

describe('a message of a visitor', () => {
  const adapter = webchatAdapter();
  const host = new RecordingHost(adapter);
  const channel = { id: randomUUID(), kind: 'webchat' as const, name: 'Toko', version: 1, config: {} };
  const read = async (bytes: Buffer) => {
    const [message] = await adapter.normalise(await host.blobs.put(bytes, visitorMediaType), channel, host);
    return message;
  };

  it('is one of his conversation, known by the id that his browser gave it', async () => {
    expect(await read(original({ answers: [{ label: 'Topik', value: 'Retur' }] }))).toMatchObject({
      externalId: '0198c0de-0000-7000-8000-000000000001:5f2b1c1e-8f6e-4b21-9d8e-6f1b2a3c4d5e',
      thread: { conversation: '0198c0de-0000-7000-8000-000000000001' },
      sender: {
        kind: 'visitor',
        value: '0198c0de-0000-7000-8000-000000000001',
        name: 'Dewi',
        proof: 'claimed',
      },
      quoted: 'Topik: Retur',
    });
  });

  it('keeps line ends as everybody has them', async () => {
    expect(await read(original({ text: 'satu\r\ndua\rtiga' }))).toMatchObject({ text: 'satu\ndua\ntiga' });
  });

  it('may be a picture alone', async () => {
    const picture = { sha256: 'a'.repeat(64), size: 3, mediaType: 'image/png', name: 'a.png', inline: false };
    expect(await read(original({ text: '', attachments: [picture] }))).toMatchObject({
      text: '',
      attachments: [picture],
    });
  });

  it('of another shape is none', async () => {
    await expect(read(Buffer.from('null'))).rejects.toBeInstanceOf(NormaliseError);
  });
});
