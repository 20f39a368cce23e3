import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { channelSchema } from '@loket/contracts/channels.js';
import { problemSchema } from '@loket/contracts/errors.js';
import { WebhookRefusals } from '@loket/core/webhooks/webhook-refusals.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { newId } from '@loket/platform/ids.js';
import { sign, status, wamid, webhookBody } from '../../../../test/support/graph-webhooks.js';
import {
  appSecret,
  config,
  fresh,
  mediaType,
  nothing,
  number,
  sha256,
  startWebhookApp,
  verifyToken,
  type WebhookApp,
} from '../../../../test/support/webhook-app.js';
import { maxCallBytes } from './signed-calls.js';

let hook: WebhookApp;
let blobs: BlobStore;
beforeAll(async () => {
  hook = await startWebhookApp();
  blobs = hook.server.app.get(BlobStore, { strict: false });
});
afterAll(() => hook.server.close());
beforeEach(() => {
  hook.ingest = nothing;
  hook.ingested.length = 0;
});

/** Says that so many bytes are to come, and waits for the answer before it sends any. */
const announce = (bytes: number): Promise<[number, string]> =>
  new Promise((resolve, reject) => {
    const call = request(
      hook.address(),
      { method: 'POST', headers: { 'content-length': bytes } },
      (answer) => {
        void json(answer).then((body) => {
          resolve([answer.statusCode ?? 0, problemSchema.parse(body).code]);
          call.destroy();
        }, reject);
      },
    );
    call.once('error', reject);
    call.flushHeaders();
  });

describe('the handshake', () => {
  const ask = (query: Record<string, string>, id = hook.channelId): Promise<Response> =>
    fetch(`${hook.address(id)}?${new URLSearchParams(query).toString()}`);
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1158201444' };

  it('echoes the challenge as plain text', async () => {
    const answer = await ask(query);
    expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['another token', { ...query, 'hub.verify_token': 'token-lain' }],
    ['a challenge that is a page', { ...query, 'hub.challenge': '<script>alert(1)</script>' }],
    ['nothing asked', {}],
  ])('refuses %s', async (_name, wrong) => {
    const answer = await ask(wrong);
    expect([answer.status, problemSchema.parse(await answer.json()).code]).toEqual([
      403,
      'webhook_token_invalid',
    ]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is not given where there is no webhook', async () => {
    expect((await ask(query, newId())).status).toBe(404);
  });
});

describe('a call with the right signature', () => {
  it.each([
    ['as Meta writes it', fresh('Halo Büdi 🙂 “apa kabar” https://a.b/c'), {}],
    ['characters that are not escaped', Buffer.from('{"a":"é🙂\u0000"}'), {}],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x7b]), {}],
    ['what no JSON parser would take', Buffer.from(`${'['.repeat(500)}{"__proto__":`), {}],
    ['another type', fresh(), { 'content-type': 'text/plain' }],
    ['a type that is none', fresh(), { 'content-type': 'rubbish' }],
    [
      'an origin, a cookie and a key',
      fresh(),
      {
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
        cookie: 'loket_session=x',
        'idempotency-key': 'k',
      },
    ],
    ['statuses alone', webhookBody(number, [{ statuses: [status(wamid('o'), 'read', 1)] }]), {}],
  ])('is handed to the adapter byte for byte: %s', async (_name, body, headers) => {
    expect(await hook.post(body, headers)).toEqual({ status: 200, body: {} });
    await hook.workedThrough();
    expect(hook.ingested.map(({ raw, channel }) => [raw, channel.id])).toEqual([
      [{ sha256: sha256(body), size: body.byteLength, mediaType }, hook.channelId],
    ]);
    expect(hook.ingested[0]?.channel.config).toMatchObject(config);
    expect((await blobs.read(sha256(body))).equals(body)).toBe(true);
  });

  it('may be as large as we say, and no larger', async () => {
    const most = Buffer.alloc(maxCallBytes, 0x20);
    expect((await hook.post(most)).status).toBe(200);
    await hook.workedThrough();
    expect(await announce(maxCallBytes + 1)).toEqual([413, 'body_too_large']);
  });

  it('fifty times at once is kept and worked through once', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    hook.ingest = async () => {
      await gate;
      return { results: [] };
    };
    const body = fresh();
    const answers = await Promise.all(Array.from({ length: 50 }, () => hook.post(body)));
    expect(answers.filter(({ status: code }) => code === 200)).toHaveLength(50);
    expect(await hook.waiting()).toHaveLength(1);
    release();
    await hook.workedThrough();
    expect(hook.ingested).toHaveLength(1);
  });

  it('comes again after it was worked through', async () => {
    const body = fresh();
    for (const _ of [1, 2]) {
      expect((await hook.post(body)).status).toBe(200);
      await hook.workedThrough();
    }
    expect(hook.ingested).toHaveLength(2);
  });
});

describe('what is refused', () => {
  const refusals = (): number =>
    hook.server.app.get(WebhookRefusals, { strict: false }).total(hook.channelId);
  const again = (body: Buffer): Buffer => Buffer.from(JSON.stringify(JSON.parse(body.toString())));

  it.each([
    ['no signature', fresh(), { 'x-hub-signature-256': '' }],
    ['of another secret', fresh(), { 'x-hub-signature-256': sign(fresh(), 'lain') }],
    ['of another body', fresh(), { 'x-hub-signature-256': sign(Buffer.from('{}'), appSecret) }],
    [
      'the same JSON written again',
      again(fresh('Büdi 🙂')),
      { 'x-hub-signature-256': sign(fresh('Büdi 🙂'), appSecret) },
    ],
    ['an empty secret', fresh(), { 'x-hub-signature-256': sign(fresh(), '') }],
    ['the older kind', fresh(), { 'x-hub-signature-256': sign(fresh(), appSecret).replace('256', '1') }],
  ])('%s: nothing is stored, and it is counted', async (_name, body, headers) => {
    const before = refusals();
    const { status: code, body: problem } = await hook.post(body, headers);
    expect([code, problemSchema.parse(problem).code]).toEqual([403, 'webhook_signature_invalid']);
    expect([await hook.waiting(), await blobs.has(sha256(body)), hook.ingested]).toEqual([[], false, []]);
    expect(refusals()).toBe(before + 1);
  });

  it('an empty body', async () => {
    expect((await hook.post(Buffer.alloc(0), { 'x-hub-signature-256': '' })).status).toBe(403);
  });

  it('says the same of every channel that takes no calls', async () => {
    const create = async (body: Parameters<typeof hook.server.admin.createChannel>[0]): Promise<string> =>
      (await hook.server.admin.createChannel(body)).id;
    const off = await create({ kind: 'whatsapp', name: 'Mati', config });
    await hook.server.admin.patch(`/channels/${off}`, { enabled: false }, channelSchema);
    const ids = [
      newId(),
      off,
      await create({ kind: 'whatsapp', name: 'Tertaut', config: { web: {} } }),
      await create({ kind: 'email', name: 'Surel', config: {} }),
    ];
    const body = fresh();
    const said = await Promise.all(
      ids.map(async (id) => {
        const { status: code, body: problem } = await hook.post(body, {}, id);
        return [code, { ...problemSchema.parse(problem), instance: undefined }];
      }),
    );
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(said[0]).toMatchObject([404, { code: 'webhook_not_here' }]);
    expect([await hook.waiting(), await blobs.has(sha256(body))]).toEqual([[], false]);
  });

  it('holds for the one channel only', async () => {
    const other = { cloud: { ...config.cloud, appSecret: 'rahasia-lain' } };
    const { id } = await hook.server.admin.createChannel({ kind: 'whatsapp', name: 'Cabang', config: other });
    const body = fresh();
    expect((await hook.post(body, {}, id)).status).toBe(403);
    expect((await hook.post(body, { 'x-hub-signature-256': sign(body, 'rahasia-lain') }, id)).status).toBe(
      200,
    );
    await hook.workedThrough();
  });

  it('its type does not open other routes', async () => {
    const answer = await fetch(`${hook.server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.loket.signed-call' },
      body: 'x',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    await answer.text();
  });
});

describe('a flood of wrong signatures', () => {
  it('neither stores anything nor shuts out the right ones, but large bodies are not read any more', async () => {
    expect((await hook.post(Buffer.alloc(200_000, 0x20))).status).toBe(200);
    await hook.workedThrough();
    hook.ingested.length = 0;
    const wrong = { 'x-hub-signature-256': sign(Buffer.from('x'), 'lain') };
    const answers = await Promise.all(Array.from({ length: 120 }, () => hook.post(fresh(), wrong)));
    expect(answers.filter(({ status: code }) => code === 403)).toHaveLength(120);
    expect(await hook.waiting()).toEqual([]);
    expect((await hook.post(fresh())).status).toBe(200);
    expect(await announce(200_000)).toEqual([429, 'webhook_limited']);
    await hook.workedThrough();
    expect(hook.ingested).toHaveLength(1);
  });
});
