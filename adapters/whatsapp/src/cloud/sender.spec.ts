import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelError } from '@loket/channel/channel-error.js';
import { RecordingHost } from '@loket/channel/recording-host.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { outboundMessageSchema, type OutboundMessage, type SendResult } from '@loket/contracts/outbound.js';
import type { AttachmentRef } from '@loket/contracts/primitives.js';
import { freePort } from '../../../../test/support/dovecot.js';
import { GraphStandIn } from '../../../../test/support/graph-stand-in.js';
import { status, wamid, webhookBody } from '../../../../test/support/graph-webhooks.js';
import { CloudAdapter } from './adapter.js';
import type { SendPace } from './send-queue.js';

let graph: GraphStandIn;
let adapter: CloudAdapter;
let host: RecordingHost;
let channel: ChannelRef;

const fresh = (pace: Partial<SendPace> = {}, callMs = 10_000): CloudAdapter =>
  new CloudAdapter({ graph: { baseUrl: graph.url, callMs }, pace });

beforeAll(async () => {
  graph = await GraphStandIn.start();
});
afterAll(() => graph.stop());
beforeEach(() => {
  adapter = fresh();
  host = new RecordingHost(adapter);
  const { phoneNumberId, businessAccountId, accessToken, appSecret } = graph.account;
  const keys = { phoneNumberId, businessAccountId, accessToken, appSecret, verifyToken: 'rahasia-webhook' };
  const config = { cloud: keys };
  channel = { id: randomUUID(), kind: 'whatsapp', name: 'Toko', version: 1, config };
  graph.taken.length = 0;
  graph.templates = [
    [
      approved('sapa', [{ type: 'BODY', text: 'Halo' }]),
      approved('foto', [
        { type: 'HEADER', format: 'IMAGE' },
        { type: 'BODY', text: 'Untuk {{1}}' },
      ]),
      approved('faktur', [
        { type: 'HEADER', format: 'DOCUMENT' },
        { type: 'BODY', text: 'Terlampir' },
      ]),
    ],
  ];
});
afterEach(() => {
  graph.misbehave(null);
  graph.closed.clear();
  graph.delayMs = 0;
});

const approved = (name: string, components: unknown[]): unknown => ({
  name,
  language: 'id',
  category: 'UTILITY',
  status: 'APPROVED',
  components,
});

const message = (rest: Partial<OutboundMessage> = {}): OutboundMessage => ({
  ...outboundMessageSchema.parse({
    messageId: randomUUID(),
    caseNumber: 7,
    token: 'lk7-0123456789abcdef',
    to: { kind: 'whatsapp', value: '6281234567890' },
    text: 'Sudah dikirim.',
    thread: { inReplyTo: 'whatever came last' },
    createdAt: '2026-01-01T00:00:00Z',
    attempt: 1,
  }),
  ...rest,
});

const send = (given: OutboundMessage, by = adapter): Promise<SendResult> => by.send(given, channel, host);
const failure = async (given: OutboundMessage, by = adapter): Promise<ChannelError> => {
  const error: unknown = await send(given, by).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ChannelError)) throw new Error(`a ChannelError, not ${String(error)}`);
  return error;
};
const key = (id: string | undefined): string => `${graph.account.phoneNumberId}:c:${id ?? ''}`;
const bodies = (): unknown[] => graph.taken.map(({ body }) => body);

const chosen = (name: string, values: Record<string, string> = {}) => ({ name, language: 'id', values });

async function file(
  name: string,
  mediaType: string,
  bytes: Buffer = Buffer.from(name),
): Promise<AttachmentRef> {
  return { ...(await host.blobs.put(bytes, mediaType)), name, inline: false };
}

async function statusArrives(tag: string, state: string, id = wamid('late')): Promise<void> {
  const raw = webhookBody(graph.account, [{ statuses: [status(id, state, 1_767_225_600, { tag })] }]);
  await host.ingest(channel, await host.blobs.put(raw, 'application/vnd.whatsapp.webhook+json'));
}

describe('what is sent', () => {
  it('is a text with our id beside it, and no quote that nobody asked for', async () => {
    const given = message({ text: 'Lihat https://toko.example' });
    const { externalId, references } = await send(given);
    expect(bodies()).toEqual([
      {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '6281234567890',
        type: 'text',
        text: { body: 'Lihat https://toko.example', preview_url: true },
        biz_opaque_callback_data: given.messageId,
      },
    ]);
    expect([externalId, references]).toEqual([key(graph.taken[0]?.wamid), [externalId]]);
  });

  it('quotes what it is told to, and nothing of other numbers', async () => {
    await send(message({ quote: key(wamid('asked')) }));
    await send(message({ quote: `999:c:${wamid('asked')}` }));
    expect(bodies()).toMatchObject([{ context: { message_id: wamid('asked') } }, {}]);
    expect(bodies()[1]).not.toHaveProperty('context');
  });

  it('goes to a business-scoped id in its own field, where it arrives', async () => {
    await send(message({ to: { kind: 'bsuid', value: 'ID.13491208655302741918' } }));
    expect([graph.taken[0]?.to, graph.lost]).toEqual(['ID.13491208655302741918', []]);
  });

  it.each([
    ['bsuid', '6281234567890'],
    ['whatsapp', 'ID.13491208655302741918'],
    ['whatsapp', '123456@lid'],
    ['email', 'budi@example.com'],
    ['phone', 'budi'],
  ] as const)('goes to no %s %s', async (kind, value) => {
    const { code, reason } = await failure(message({ to: { kind, value } }));
    expect([code, reason, graph.taken]).toEqual(['rejected', 'whatsapp_recipient_invalid', []]);
  });

  it('is a picture with its words below, a document with its name', async () => {
    const [photo, bill] = [await file('foto.jpg', 'image/jpeg'), await file('Faktur.pdf', 'application/pdf')];
    await send(message({ text: 'Ini', attachments: [photo] }));
    await send(message({ text: '', attachments: [bill] }));
    expect(bodies()).toMatchObject([
      { type: 'image', image: { caption: 'Ini' } },
      { type: 'document', document: { filename: 'Faktur.pdf' } },
    ]);
    expect([...graph.uploads.values()].map(({ bytes, name }) => [bytes.toString(), name])).toEqual([
      ['foto.jpg', 'foto.jpg'],
      ['Faktur.pdf', 'Faktur.pdf'],
    ]);
  });

  it('is several messages where one cannot carry it, in order, all of the same answer', async () => {
    const attachments = [await file('a.ogg', 'audio/ogg'), await file('b.zip', 'application/zip')];
    const given = message({ text: `${'kata '.repeat(1000)}akhir`, attachments });
    const { externalId, references } = await send(given);
    expect(graph.taken.map(({ body }) => [body.type, body.biz_opaque_callback_data])).toEqual([
      ['text', given.messageId],
      ['text', `${given.messageId}#1`],
      ['audio', `${given.messageId}#2`],
      ['document', `${given.messageId}#3`],
    ]);
    expect(references).toEqual(graph.taken.map((taken) => key(taken.wamid)));
    expect(externalId).toBe(references[0]);
  });

  it('is nothing when there is nothing, or too much', async () => {
    const large = { ...(await file('x.zip', 'application/zip')), size: 30_000_000 };
    const gone = { ...(await file('y.zip', 'application/zip')), sha256: 'f'.repeat(64) };
    const reasons = [
      await failure(message({ text: ' \u0000 ' })),
      await failure(message({ attachments: [large] })),
      await failure(message({ attachments: [gone] })),
    ].map(({ code, reason }) => [code, reason]);
    expect(reasons).toEqual([
      ['rejected', 'whatsapp_nothing_to_send'],
      ['rejected', 'whatsapp_media_too_large'],
      ['rejected', 'whatsapp_attachment_missing'],
    ]);
    expect(graph.taken).toEqual([]);
  });

  it('can be told to have been read', async () => {
    await adapter.markRead(key(wamid('theirs')), channel, true);
    expect(graph.reads).toEqual([
      {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: wamid('theirs'),
        typing_indicator: { type: 'text' },
      },
    ]);
    await expect(adapter.markRead('999:c:wamid.x', channel)).rejects.toThrow(ChannelError);
  });
});

describe('a template', () => {
  it('is looked up, filled with words and the file of the answer, and sent in the place of the text', async () => {
    const photo = await file('rusak.png', 'image/png');
    const template = chosen('foto', { 'body.1': 'Siti' });
    await send(message({ text: 'Untuk Siti', template, attachments: [photo] }));
    await send(
      message({ template: chosen('faktur'), attachments: [await file('a.pdf', 'application/pdf')] }),
    );
    const [first, second] = graph.taken.map(({ body }) => body as { template: { components: unknown } });
    expect(first?.template.components).toEqual([
      { type: 'header', parameters: [{ type: 'image', image: { id: expect.any(String) } }] },
      { type: 'body', parameters: [{ type: 'text', text: 'Siti' }] },
    ]);
    expect(second?.template.components).toEqual([
      {
        type: 'header',
        parameters: [{ type: 'document', document: { id: expect.any(String), filename: 'a.pdf' } }],
      },
    ]);
  });

  it('that is not there any more fails the message; one that was just approved is found', async () => {
    await adapter.templates(channel);
    graph.templates = [[approved('baru', [{ type: 'BODY', text: 'Halo' }])]];
    await send(message({ template: chosen('baru') }));
    expect(await failure(message({ template: chosen('sapa') }))).toMatchObject({
      code: 'rejected',
      reason: 'whatsapp_template_gone',
    });
    expect(graph.taken).toHaveLength(1);
  });

  it.each<[string, string, [string, string][], string]>([
    ['lacks the file', 'foto', [], 'whatsapp_template_value_missing'],
    ['gets a file of another kind', 'foto', [['a.pdf', 'application/pdf']], 'whatsapp_media_refused'],
    ['has no place for a file', 'sapa', [['a.png', 'image/png']], 'whatsapp_media_refused'],
    [
      'has no place for two',
      'foto',
      [
        ['a.png', 'image/png'],
        ['b.png', 'image/png'],
      ],
      'whatsapp_media_refused',
    ],
  ])('that %s is not sent', async (_name, name, files, reason) => {
    const attachments = await Promise.all(files.map(([named, type]) => file(named, type)));
    const template = chosen(name, { 'body.1': 'Siti' });
    expect(await failure(message({ template, attachments }))).toMatchObject({ code: 'rejected', reason });
    expect(graph.taken).toEqual([]);
  });

  it('is listed once in five minutes, again when the settings change, and not from a list that failed', async () => {
    const listed = async (ref = channel): Promise<number> => (await adapter.templates(ref)).length;
    graph.misbehave({ error: 190, status: 401 }, 1, 'templates');
    await expect(listed()).rejects.toMatchObject({ code: 'auth' });
    graph.misbehave(null);
    expect(await listed()).toBe(3);
    graph.templates = [[]];
    expect(await listed()).toBe(3);
    expect(await listed({ ...channel, version: 2 })).toBe(0);
  });
});

describe('when the other side fails', () => {
  it('the window is closed to free text, and open to templates', async () => {
    graph.closed.add('6281234567890');
    expect((await failure(message())).code).toBe('window_closed');
    await send(message({ template: chosen('sapa') }));
    const template = { name: 'sapa', language: { code: 'id' } };
    expect(bodies()).toMatchObject([{ type: 'template', template }]);
  });

  it.each([
    [
      'a gateway that is lost',
      { status: 502, text: '<html>Bad gateway</html>' },
      'temporary',
      'whatsapp_busy',
    ],
    ['too many calls', { error: 130429, retryAfter: 7 }, 'temporary', 'whatsapp_rate_limited'],
    ['an answer that is no JSON', { status: 200, text: 'ok' }, 'ambiguous', 'whatsapp_no_answer'],
    ['an answer that names no message', { status: 200, text: '{}' }, 'ambiguous', 'whatsapp_no_answer'],
    [
      'an answer without end',
      { status: 200, text: ' '.repeat(5_000_000) },
      'ambiguous',
      'whatsapp_no_answer',
    ],
    ['a redirect', { status: 302, text: '' }, 'rejected', 'whatsapp_refused'],
    ['a cut before the answer', { cut: 'drop_after' }, 'ambiguous', 'whatsapp_no_answer'],
    ['silence', { cut: 'silent_after' }, 'ambiguous', 'whatsapp_no_answer'],
  ] as const)('%s', async (_name, trouble, code, reason) => {
    graph.misbehave(trouble);
    const error = await failure(message(), 'cut' in trouble ? fresh({}, 300) : adapter);
    expect([error.code, error.reason]).toEqual([code, reason]);
    if ('retryAfter' in trouble) expect(error.retryAfterMs).toBe(7000);
  });

  it('and nobody is there, nothing has left', async () => {
    const nowhere = new CloudAdapter({ graph: { baseUrl: `http://127.0.0.1:${String(await freePort())}` } });
    const { code, reason } = await failure(message(), nowhere);
    expect([code, reason]).toEqual(['temporary', 'whatsapp_unreachable']);
  });

  it('an upload without an answer is made again, and the message sent once', async () => {
    const given = message({ attachments: [await file('foto.png', 'image/png')] });
    graph.misbehave({ cut: 'drop_after' }, 1, 'media');
    expect((await failure(given)).code).toBe('temporary');
    await send({ ...given, attempt: 2 });
    expect(graph.taken).toHaveLength(1);
  });

  it('an answer that was lost is not sent again once a status has told of it', async () => {
    const given = message();
    graph.misbehave({ cut: 'drop_after' }, 1);
    expect((await failure(given)).code).toBe('ambiguous');
    const [first] = graph.taken;
    await statusArrives(given.messageId, 'delivered', first?.wamid);
    const { externalId } = await send({ ...given, attempt: 2 });
    expect([externalId, graph.taken.length]).toEqual([key(first?.wamid), 1]);
    expect(host.receipts.map((receipt) => [receipt.externalId, receipt.state])).toEqual([
      [externalId, 'delivered'],
    ]);
  });

  it('a status that comes while it waits to be sent again is in time', async () => {
    const paced = fresh({ pairBurst: 1, pairMs: 300 });
    host = new RecordingHost(paced);
    const given = message();
    graph.misbehave({ cut: 'drop_after' }, 1);
    expect((await failure(given, paced)).code).toBe('ambiguous');
    const again = send({ ...given, attempt: 2 }, paced);
    await statusArrives(given.messageId, 'sent', graph.taken[0]?.wamid);
    expect((await again).externalId).toBe(key(graph.taken[0]?.wamid));
    expect(graph.taken).toHaveLength(1);
  });

  it('a status that comes before the answer does no harm', async () => {
    const given = message();
    graph.delayMs = 150;
    const sending = send(given);
    await pause(60);
    await statusArrives(given.messageId, 'sent', graph.taken[0]?.wamid);
    const { externalId } = await sending;
    expect([externalId, graph.taken.length]).toEqual([key(graph.taken[0]?.wamid), 1]);
  });

  it('the same message at the same time is sent once', async () => {
    const given = message();
    const results = await Promise.all([send(given), send(given), send({ ...given, attempt: 2 })]);
    expect(new Set(results.map(({ externalId }) => externalId)).size).toBe(1);
    expect(graph.taken).toHaveLength(1);
  });

  it('half an answer goes on where it broke off, also in another process', async () => {
    const given = message({ text: 'kata '.repeat(2000) });
    graph.delayMs = 20;
    const first = failure(given);
    while (graph.taken.length < 1) await pause(2);
    graph.misbehave({ error: 131016 });
    expect((await first).code).toBe('temporary');
    const before = graph.taken.length;
    graph.misbehave(null);
    const { references } = await send({ ...given, attempt: 2 }, fresh());
    expect(before).toBeGreaterThanOrEqual(1);
    expect(references).toEqual(graph.taken.map((taken) => key(taken.wamid)));
    expect(graph.taken.map(({ body }) => body.biz_opaque_callback_data)).toEqual([
      given.messageId,
      `${given.messageId}#1`,
      `${given.messageId}#2`,
    ]);
    expect(await host.cursors(channel.id)).toEqual({ [`send:${given.messageId}`]: null });
  });

  it('a file that is refused leaves no words behind', async () => {
    const given = message({
      text: 'x'.repeat(1500),
      attachments: [await file('kosong.png', 'image/png', Buffer.alloc(0))],
    });
    expect((await failure(given)).reason).toBe('whatsapp_media_refused');
    expect(graph.taken).toEqual([]);
  });
});

describe('under load', () => {
  it('messages to one customer arrive in the order in which they were sent', async () => {
    graph.delayMs = 3;
    const texts = Array.from({ length: 30 }, (_, index) => String(index));
    await Promise.all(texts.map((text) => send(message({ text }))));
    expect(graph.taken.map(({ body }) => (body.type === 'text' ? body.text.body : ''))).toEqual(texts);
  });

  it('words do not overtake the file before them', async () => {
    const photo = message({ text: '', attachments: [await file('foto.jpg', 'image/jpeg')] });
    await Promise.all([send(photo), send(message())]);
    expect(graph.taken.map(({ body }) => body.type)).toEqual(['image', 'text']);
  });

  it('a number never writes faster than it may', async () => {
    const paced = fresh({ perSecond: 100, pairBurst: 1000 });
    const to = (index: number): OutboundMessage['to'] => ({
      kind: 'whatsapp',
      value: `62812000${String(1000 + index)}`,
    });
    const began = Date.now();
    await Promise.all(Array.from({ length: 160 }, (_, index) => send(message({ to: to(index) }), paced)));
    expect(graph.taken).toHaveLength(160);
    // 100 at once, 60 more at 100 a second
    expect((graph.taken.at(-1)?.at ?? 0) - began).toBeGreaterThanOrEqual(590);
  });

  it('after the burst a customer gets one message per interval, others are not held up', async () => {
    const paced = fresh({ pairBurst: 3, pairMs: 300 });
    const began = Date.now();
    const toOne = Array.from({ length: 6 }, () => send(message(), paced));
    const toOther = send(message({ to: { kind: 'whatsapp', value: '6289900000000' } }), paced);
    await Promise.all([...toOne, toOther]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(890);
    expect(graph.taken.slice(0, -1).map(({ to }) => to)).toContain('6289900000000');
  });

  it('what would wait too long comes back later, and queues are bounded', async () => {
    const slow = fresh({ pairBurst: 1, pairMs: 60_000, maxWaitMs: 1000 });
    await send(message(), slow);
    const late = await failure(message(), slow);
    expect([late.code, late.reason]).toEqual(['temporary', 'whatsapp_pair_rate_limited']);
    expect(late.retryAfterMs).toBeGreaterThan(50_000);
    const narrow = fresh({ maxWaiting: 5 });
    graph.delayMs = 30;
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        send(message(), narrow).then(
          () => 'sent',
          (error: unknown) => (error as ChannelError).reason,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'whatsapp_queue_full')).toHaveLength(7);
  });

  it('a customer that Meta calls too much waits, the others go on', async () => {
    const paced = fresh({ maxWaitMs: 500 });
    graph.misbehave({ error: 131056 }, 1);
    expect((await failure(message({ attempt: 2 }), paced)).retryAfterMs).toBe(16_000);
    expect((await failure(message(), paced)).reason).toBe('whatsapp_pair_rate_limited');
    await send(message({ to: { kind: 'whatsapp', value: '6289900000000' } }), paced);
    expect(graph.taken).toHaveLength(1);
  });
});
