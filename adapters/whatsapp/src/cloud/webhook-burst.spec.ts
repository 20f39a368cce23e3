import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { RecordingHost } from '@loket/channel/recording-host.js';
import { AppError } from '@loket/contracts/errors.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import {
  delivered,
  message,
  status,
  textMessage,
  wamid,
  webhookBody,
} from '../../../../test/support/graph-webhooks.js';
import { CloudAdapter } from './adapter.js';
import { signatureHolds } from '@loket/channel/webhook-signature.js';

const appSecret = 'rahasia-aplikasi';
const number = { phoneNumberId: '1065', displayNumber: '62811', businessAccountId: '1022' };
const channel = {
  id: randomUUID(),
  kind: 'whatsapp' as const,
  name: 'Toko',
  version: 1,
  config: { cloud: { phoneNumberId: number.phoneNumberId, accessToken: 'token' } },
};
const start = 1_767_225_600;
const states = ['sent', 'delivered', 'read'] as const;

/** calls are taken in at the same time, as a server would */
const atOnce = 16;

describe('calls of the webhook, many again and none in order', () => {
  it('make exactly the right messages and states', async () => {
    const said = Array.from({ length: 2500 }, (_, index) => `pesan ${String(index)}`);
    const tags = Array.from({ length: 700 }, () => randomUUID());
    const bodies = [
      ...said.map((text, index) =>
        webhookBody(number, [
          {
            messages: [
              textMessage({ waId: `62812${String(index % 97)}` }, wamid(`in-${text}`), text, start + index),
            ],
          },
        ]),
      ),
      ...tags.flatMap((tag, index) =>
        // a third is never read, and some are read without having been delivered
        states
          .filter((_, step) => step < 2 + (index % 3 === 0 ? 0 : 1) && !(step === 1 && index % 5 === 1))
          .map((state, step) =>
            webhookBody(number, [{ statuses: [status(wamid(`out-${tag}`), state, start + step, { tag })] }]),
          ),
      ),
    ];
    const calls = delivered(bodies, { appSecret, share: 0.3, seed: 7 });
    const adapter = new CloudAdapter();
    const host = new RecordingHost(adapter);
    let taken = 0;
    const next = calls.values();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const { body, signature } of next) {
          if (!signatureHolds(body, signature, appSecret)) throw new Error('a signature does not hold');
          await host.ingest(channel, await host.blobs.put(body, 'application/json'));
          taken += 1;
        }
      }),
    );
    expect(calls.length).toBeGreaterThan(bodies.length * 1.25);
    expect(host.messages.map(({ text }) => text).toSorted()).toEqual(said.toSorted());
    expect([host.quarantined, host.blobsMissing]).toEqual([[], []]);
    const reached = new Map<string, DeliveryState>();
    for (const { externalId, state } of host.receipts) {
      const before = states.indexOf(reached.get(externalId) as (typeof states)[number]);
      if (states.indexOf(state as (typeof states)[number]) > before) reached.set(externalId, state);
    }
    expect(tags.map((tag) => reached.get(`1065:c:${wamid(`out-${tag}`)}`))).toEqual(
      tags.map((_, index) => (index % 3 === 0 ? (index % 5 === 1 ? 'sent' : 'delivered') : 'read')),
    );
    expect(taken).toBe(calls.length);
  });

  it('the same call at the same time makes one message', async () => {
    const adapter = new CloudAdapter();
    const host = new RecordingHost(adapter);
    const body = webhookBody(number, [
      { messages: [textMessage({ waId: '62812' }, wamid('a'), 'Halo', start)] },
    ]);
    const raw = await host.blobs.put(body, 'application/json');
    const results = await Promise.all(Array.from({ length: 20 }, () => host.ingest(channel, raw)));
    expect(results.flat().filter((result) => result.status === 'accepted')).toHaveLength(1);
    expect(host.messages).toHaveLength(1);
  });
});

describe('what makes no message', () => {
  const host = new RecordingHost(new CloudAdapter());
  const ingest = async (body: Buffer) => host.ingest(channel, await host.blobs.put(body, 'application/json'));

  it('is put away with the call that it came in, and its neighbours come through', async () => {
    const [good, bad] = [textMessage({ waId: '62812' }, wamid('good'), 'baik', start), { type: 'text' }];
    const results = await ingest(webhookBody(number, [{ messages: [bad, good] }]));
    expect(results.map((result) => result.status)).toEqual(['accepted']);
    expect(host.quarantined.map(({ code }) => code)).toEqual(['webhook_unreadable']);
  });

  it('groups are left out unless the channel takes them', async () => {
    const element = {
      ...(textMessage({ waId: '62812' }, wamid('g'), 'grup', start) as object),
      group_id: 'G1',
    };
    const body = webhookBody(number, [{ messages: [element] }]);
    expect(await ingest(body)).toEqual([]);
    const open = { ...channel, config: { cloud: { ...channel.config.cloud, groups: true } } };
    const raw = await host.blobs.put(body, 'application/json');
    expect((await host.ingest(open, raw)).map((result) => result.status)).toEqual(['accepted']);
  });

  it('edits, revokes and reactions are told of the message that they are about, and echoes with whom they went to', async () => {
    const own = new RecordingHost(new CloudAdapter());
    const said = (id: string, type: string, content: unknown): unknown =>
      message({ waId: '62812' }, wamid(id), start, type, content);
    const echo = {
      id: wamid('echo'),
      from: '62811',
      to: '62812',
      timestamp: String(start),
      type: 'text',
      text: { body: 'dari HP' },
    };
    const edited = { original_message_id: wamid('m'), message: { type: 'text', text: { body: 'x' } } };
    const body = webhookBody(number, [
      {
        messages: [
          said('e', 'edit', edited),
          said('r', 'reaction', { message_id: wamid('ours'), emoji: '👍' }),
          said('v', 'revoke', { original_message_id: wamid('m') }),
        ],
        message_echoes: [echo],
        statuses: [status(wamid('o'), 'read', start)],
      },
    ]);
    const raw = await own.blobs.put(body, 'application/json');
    expect(await own.ingest(channel, raw)).toEqual([]);
    const key = (id: string): string => `${number.phoneNumberId}:c:${wamid(id)}`;
    const by = { kind: 'whatsapp', value: '62812', proof: 'verified' };
    expect(own.events).toMatchObject([
      { type: 'edited', externalId: key('m'), by, text: 'x' },
      { type: 'reacted', externalId: key('ours'), by, emoji: '👍' },
      { type: 'revoked', externalId: key('m'), by },
      {
        type: 'sent_elsewhere',
        message: { externalId: key('echo'), text: 'dari HP', sender: { value: '62811' } },
        to: { kind: 'whatsapp', value: '62812' },
      },
    ]);
    expect([own.messages, own.receipts.length]).toEqual([[], 1]);
  });

  it('a call whose events core cannot take now is not taken either, and comes again', async () => {
    const own = new RecordingHost(new CloudAdapter());
    const revoke = message({ waId: '62812' }, wamid('v'), start, 'revoke', {
      original_message_id: wamid('m'),
    });
    const text = textMessage({ waId: '62812' }, wamid('t'), 'x', start);
    const raw = await own.blobs.put(webhookBody(number, [{ messages: [revoke, text] }]), 'application/json');
    own.failWith();
    await expect(own.ingest(channel, raw)).rejects.toMatchObject({ kind: 'unavailable' });
    expect([own.messages, own.events, own.quarantined]).toEqual([[], [], []]);
    own.recover();
    await own.ingest(channel, raw);
    expect([own.messages.length, own.events.length]).toEqual([1, 1]);
  });

  it('a call whose receipts core cannot take now is not taken either, and comes again', async () => {
    const own = new RecordingHost(new CloudAdapter());
    const body = webhookBody(number, [
      {
        messages: [textMessage({ waId: '62812' }, wamid('m'), 'x', start)],
        statuses: [status(wamid('o'), 'read', start)],
      },
    ]);
    const raw = await own.blobs.put(body, 'application/json');
    const away = new AppError('unavailable', 'database_unavailable', 'the database is away');
    const receipt = own.receipt.bind(own);
    own.receipt = () => Promise.reject(away);
    await expect(own.ingest(channel, raw)).rejects.toBe(away);
    expect([own.messages, own.quarantined]).toEqual([[], []]);
    own.receipt = receipt;
    await own.ingest(channel, raw);
    expect([own.messages.length, own.receipts.length]).toEqual([1, 1]);
  });

  it('a channel without the settings for it keeps the call', async () => {
    const unset = { ...channel, config: {} };
    const raw = await host.blobs.put(webhookBody(number, []), 'application/json');
    expect((await host.ingest(unset, raw)).map((result) => result.status)).toEqual(['quarantined']);
  });
});
