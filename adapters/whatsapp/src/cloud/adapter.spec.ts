import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Original } from '@loket/channel/conformance-harness.js';
import { channelConformance } from '@loket/channel/conformance.js';
import { outboundMessageSchema } from '@loket/contracts/outbound.js';
import { GraphStandIn } from '../../../../test/support/graph-stand-in.js';
import {
  contact,
  message,
  status,
  textMessage,
  wamid,
  webhookBody,
  type WebhookValue,
} from '../../../../test/support/graph-webhooks.js';

import { whatsappAdapter } from '../index.js';
import { cloudCapabilities } from './adapter.js';

const mediaType = cloudCapabilities.rawMediaTypes[0] ?? '';
const number = {
  phoneNumberId: '106540352242922',
  displayNumber: '6281100000001',
  businessAccountId: '1022',
};
const budi = { waId: '6281234567890', userId: 'ID.13491208655302741918', name: 'Büdi 🙂' };
const photo = { id: '900000000000001', mime_type: 'image/jpeg', sha256: 'x', caption: 'Rusak' };
// from the start: the adapter is made before the first test runs
const graph = await GraphStandIn.start();

const section = {
  phoneNumberId: number.phoneNumberId,
  businessAccountId: graph.account.businessAccountId,
  accessToken: graph.account.accessToken,
  appSecret: graph.account.appSecret,
  verifyToken: 'rahasia-webhook',
};
const settings = { address: '+62 811-0000-0001', cloud: section };

const harness: Parameters<typeof channelConformance>[1] = {
  start: async () => {
    graph.media.set(photo.id, { bytes: Buffer.from([0xff, 0xd8, 0xff]), mediaType: 'image/jpeg' });
  },
  stop: () => graph.stop(),
  create: () =>
    whatsappAdapter({ cloud: { graph: { baseUrl: graph.url, callMs: 400 }, mediaRetryMs: [10] } }),
  channel: () => ({ id: randomUUID(), kind: 'whatsapp', name: 'Toko', version: 1, config: settings }),
  section: 'cloud',
  originals: [
    original('a text', [{ messages: [textMessage(budi, wamid('a'), 'Halo, pesanan saya?', 1_767_225_600)] }]),
    original('a photo, with statuses beside it', [
      {
        contacts: [contact(budi)],
        messages: [message(budi, wamid('b'), 1_767_225_600, 'image', photo)],
        statuses: [status(wamid('out'), 'read', 1_767_225_601)],
      },
    ]),
    original('a batch of many kinds, some of them unknown', [
      {
        contacts: [contact(budi)],
        messages: [
          textMessage(budi, wamid('c'), 'nul\u0000 dan \ud800', 1_767_225_600),
          textMessage(budi, wamid('c'), 'yang sama lagi', 1_767_225_600),
          message(budi, wamid('d'), 1_767_225_601, 'location', { latitude: -6.2, longitude: 106.8 }),
          message(budi, wamid('e'), 1_767_225_602, 'hologram', { beam: true }),
          message(budi, wamid('f'), 1_767_225_603, 'text', { body: 5 }),
          { id: wamid('g'), from: budi.waId, timestamp: 'kemarin', type: 'text' },
        ],
      },
      { messages: [textMessage({ userId: 'US.1' }, wamid('h'), 'tanpa nomor', 1_767_225_604)] },
    ]),
  ],
  unreadable: [
    { name: 'not JSON', mediaType, raw: Buffer.from('halo') },
    { name: 'a page', mediaType, raw: Buffer.from('{"object":"page","entry":[]}') },
    original('a message without id and sender', [{ messages: [{ type: 'text', text: { body: 'x' } }] }]),
    {
      name: 'for another number',
      mediaType,
      raw: webhookBody({ ...number, phoneNumberId: '999' }, [
        { messages: [textMessage(budi, wamid('i'), 'x', 1_767_225_600)] },
      ]),
    },
  ],
  happenings: [
    original('an edit, a reaction and a revoke', [
      {
        contacts: [contact(budi)],
        messages: [
          message(budi, wamid('x'), 1_767_225_605, 'edit', {
            original_message_id: wamid('a'),
            message: { type: 'text', text: { body: 'maksud saya besok' } },
          }),
          message(budi, wamid('y'), 1_767_225_606, 'reaction', { message_id: wamid('out'), emoji: '👍' }),
          message(budi, wamid('z'), 1_767_225_607, 'revoke', { original_message_id: wamid('a') }),
        ],
      },
    ]),
    original('a photo from the phone', [
      {
        message_echoes: [
          {
            ...(message({ waId: '62811' }, wamid('e'), 1_767_225_608, 'image', photo) as object),
            to: budi.waId,
          },
        ],
      },
    ]),
  ],
  outbound: {
    message: () =>
      outboundMessageSchema.parse({
        messageId: randomUUID(),
        caseNumber: 7,
        token: 'lk7-0123456789abcdef',
        to: { kind: 'whatsapp', value: '6281234567890' },
        text: 'Sudah dikirim.',
        thread: {},
        createdAt: '2026-01-01T00:00:00Z',
        attempt: 1,
      }),
    arrived: async () => graph.taken.map((taken) => `${number.phoneNumberId}:c:${taken.wamid}`),
    stage: {
      temporary: async () => graph.misbehave({ error: 131016 }),
      rejected: async () => graph.misbehave({ error: 131026 }),
      auth: async () => graph.misbehave({ error: 190, status: 401 }),
      ambiguous: async () => graph.misbehave({ cut: 'drop_after' }),
      window_closed: async () => graph.misbehave({ error: 131047 }),
    },
    heal: async () => graph.misbehave(null),
  },
  badConfig: { cloud: { ...section, accessToken: 'salah' } },
};

channelConformance('the Cloud driver of WhatsApp', harness, { describe, it, beforeAll, afterAll });

function original(name: string, values: WebhookValue[]): Original {
  return { name, mediaType, raw: webhookBody(number, values) };
}
