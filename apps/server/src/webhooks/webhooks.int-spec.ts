import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHash, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { BusReply, BusRequest } from '@loket/contracts/bus.js';
import { channelSchema, ingressOnlyCapabilities } from '@loket/contracts/channels.js';
import { AppError, problemSchema } from '@loket/contracts/errors.js';
import { WebhookRefusals } from '@loket/core/webhooks/webhook-refusals.js';
import { WebhookWork } from '@loket/core/webhooks/webhook-work.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { DataSource } from 'typeorm';
import { startApp, startBareApp, type TestApp } from '../../../../test/support/app.js';
import { sign, status, textMessage, wamid, webhookBody } from '../../../../test/support/graph-webhooks.js';
import { until } from '../../../../test/support/until.js';
import { maxCallBytes } from './signed-calls.js';

const appSecret = 'rahasia-aplikasi';
const verifyToken = 'token-kita';
const mediaType = 'application/vnd.whatsapp.webhook+json';
const number = { phoneNumberId: '1065', displayNumber: '62811', businessAccountId: '1022' };
const config = {
  cloud: { phoneNumberId: number.phoneNumberId, accessToken: 'token', appSecret, verifyToken },
};
const cloud = {
  ...ingressOnlyCapabilities,
  webhook: {
    section: 'cloud',
    signature: 'hub_sha256' as const,
    secret: 'appSecret',
    verifyToken: 'verifyToken',
    mediaType,
  },
};

let server: TestApp;
let database: DataSource;
let blobs: BlobStore;
let channelId: string;
/** what the adapter was given, and what it makes of it */
const ingested: BusRequest<'channel.ingest'>[] = [];
const nothing = (): Promise<BusReply<'channel.ingest'>> => Promise.resolve({ results: [] });
let ingest: (request: BusRequest<'channel.ingest'>) => Promise<BusReply<'channel.ingest'>> = nothing;

beforeAll(async () => {
  server = await startApp({}, null);
  database = server.app.get(DataSource);
  blobs = server.app.get(BlobStore, { strict: false });
  const bus = server.app.get<Bus>(BUS);
  bus.handle('channels.changed', () => Promise.resolve({}));
  bus.handle('channel.ingest', (request) => {
    ingested.push(request);
    return ingest(request);
  });
  await bus.request('adapters.announce', {
    hostId: 'host',
    adapters: [{ kind: 'whatsapp', capabilities: ingressOnlyCapabilities, bySection: { cloud } }],
  });
  channelId = (await server.admin.createChannel({ kind: 'whatsapp', name: 'Toko', config })).id;
});
afterAll(() => server.close());
beforeEach(() => {
  ingest = nothing;
  ingested.length = 0;
});

let calls = 0;
/** A call that nobody has made before. */
const fresh = (text = 'Halo'): Buffer => {
  calls += 1;
  const message = textMessage({ waId: '62812' }, wamid(String(calls)), text, 1_767_225_600);
  return webhookBody(number, [{ messages: [message] }]);
};
const address = (id = channelId): string => `${server.url}/api/v1/channels/${id}/webhook`;

async function post(
  body: Uint8Array,
  headers: Record<string, string> = {},
  id = channelId,
): Promise<{ status: number; body: unknown }> {
  const signed = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body, appSecret) };
  const answer = await fetch(address(id), {
    method: 'POST',
    body: new Uint8Array(body),
    headers: Object.fromEntries(
      Object.entries({ ...signed, ...headers }).filter(([, value]) => value !== ''),
    ),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Says that so many bytes are to come, and waits for the answer before it sends any. */
const announce = (bytes: number): Promise<[number, string]> =>
  new Promise((resolve, reject) => {
    const call = request(address(), { method: 'POST', headers: { 'content-length': bytes } }, (answer) => {
      void json(answer).then((body) => {
        resolve([answer.statusCode ?? 0, problemSchema.parse(body).code]);
        call.destroy();
      }, reject);
    });
    call.once('error', reject);
    call.flushHeaders();
  });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
interface Row {
  id: string;
  attempts: number;
  in_ms: number;
}
const rows = (): Promise<Row[]> =>
  database.query<Row[]>(
    'SELECT id, attempts, extract(epoch FROM due_at - now()) * 1000 AS in_ms FROM webhook_calls',
  );
const workedThrough = (): Promise<unknown> => until(rows, (left) => left.length === 0);

describe('the handshake', () => {
  const ask = (query: Record<string, string>, id = channelId): Promise<Response> =>
    fetch(`${address(id)}?${new URLSearchParams(query).toString()}`);
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
    expect(await post(body, headers)).toEqual({ status: 200, body: {} });
    await workedThrough();
    expect(ingested.map(({ raw, channel }) => [raw, channel.id])).toEqual([
      [{ sha256: sha256(body), size: body.byteLength, mediaType }, channelId],
    ]);
    expect(ingested[0]?.channel.config).toMatchObject(config);
    expect((await blobs.read(sha256(body))).equals(body)).toBe(true);
  });

  it('may be as large as we say, and no larger', async () => {
    const most = Buffer.alloc(maxCallBytes, 0x20);
    expect((await post(most)).status).toBe(200);
    await workedThrough();
    expect(await announce(maxCallBytes + 1)).toEqual([413, 'body_too_large']);
  });

  it('fifty times at once is kept and worked through once', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    ingest = async () => {
      await gate;
      return { results: [] };
    };
    const body = fresh();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body)));
    expect(answers.filter(({ status: code }) => code === 200)).toHaveLength(50);
    expect(await rows()).toHaveLength(1);
    release();
    await workedThrough();
    expect(ingested).toHaveLength(1);
  });

  it('comes again after it was worked through', async () => {
    const body = fresh();
    for (const _ of [1, 2]) {
      expect((await post(body)).status).toBe(200);
      await workedThrough();
    }
    expect(ingested).toHaveLength(2);
  });
});

describe('what is refused', () => {
  const refusals = (): number => server.app.get(WebhookRefusals, { strict: false }).total(channelId);
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
    const { status: code, body: problem } = await post(body, headers);
    expect([code, problemSchema.parse(problem).code]).toEqual([403, 'webhook_signature_invalid']);
    expect([await rows(), await blobs.has(sha256(body)), ingested]).toEqual([[], false, []]);
    expect(refusals()).toBe(before + 1);
  });

  it('an empty body', async () => {
    expect((await post(Buffer.alloc(0), { 'x-hub-signature-256': '' })).status).toBe(403);
  });

  it('says the same of every channel that takes no calls', async () => {
    const create = async (body: Parameters<typeof server.admin.createChannel>[0]): Promise<string> =>
      (await server.admin.createChannel(body)).id;
    const off = await create({ kind: 'whatsapp', name: 'Mati', config });
    await server.admin.patch(`/channels/${off}`, { enabled: false }, channelSchema);
    const ids = [
      newId(),
      off,
      await create({ kind: 'whatsapp', name: 'Tertaut', config: { web: {} } }),
      await create({ kind: 'email', name: 'Surel', config: {} }),
    ];
    const body = fresh();
    const said = await Promise.all(
      ids.map(async (id) => {
        const { status: code, body: problem } = await post(body, {}, id);
        return [code, { ...problemSchema.parse(problem), instance: undefined }];
      }),
    );
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(said[0]).toMatchObject([404, { code: 'webhook_not_here' }]);
    expect([await rows(), await blobs.has(sha256(body))]).toEqual([[], false]);
  });

  it('holds for the one channel only', async () => {
    const other = { cloud: { ...config.cloud, appSecret: 'rahasia-lain' } };
    const { id } = await server.admin.createChannel({ kind: 'whatsapp', name: 'Cabang', config: other });
    const body = fresh();
    expect((await post(body, {}, id)).status).toBe(403);
    expect((await post(body, { 'x-hub-signature-256': sign(body, 'rahasia-lain') }, id)).status).toBe(200);
    await workedThrough();
  });

  it('its type does not open other routes', async () => {
    const answer = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.loket.signed-call' },
      body: 'x',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    await answer.text();
  });
});

describe('work that does not succeed', () => {
  const away = new AppError('unavailable', 'database_unavailable', 'the database is away');
  it.each([
    ['what is away now', away],
    ['a defect', new TypeError('undefined is not a function')],
  ])('is put off and kept: %s', async (_name, error) => {
    ingest = () => Promise.reject(error);
    expect((await post(fresh())).status).toBe(200);
    const [row] = await until(rows, ([first]) => (first?.attempts ?? 0) > 0);
    expect(row?.attempts).toBe(1);
    expect(Number(row?.in_ms)).toBeGreaterThan(3_000);
    expect(Number(row?.in_ms)).toBeLessThan(6_500);
    // A person has seen to it: what waited comes in now, not when its time is up.
    ingest = nothing;
    await database.query(`UPDATE webhook_calls SET due_at = now() + interval '1 hour'`);
    await server.admin.patch(`/channels/${channelId}`, { config }, channelSchema);
    await workedThrough();
    expect(ingested).toHaveLength(2);
  });

  it('waits while the channel is switched off', async () => {
    ingest = () => Promise.reject(away);
    await post(fresh());
    await until(rows, ([first]) => (first?.attempts ?? 0) > 0);
    await server.admin.patch(`/channels/${channelId}`, { enabled: false }, channelSchema);
    ingest = nothing;
    await database.query('UPDATE webhook_calls SET due_at = now()');
    ingested.length = 0;
    await server.app.get(WebhookWork, { strict: false }).take();
    await sleep(100);
    expect([ingested.length, (await rows()).length]).toEqual([0, 1]);
    await server.admin.patch(`/channels/${channelId}`, { enabled: true }, channelSchema);
    await workedThrough();
  });

  it('is found again when its job was lost', async () => {
    const jobs = server.app.get(JobQueue, { strict: false });
    const add = jobs.add.bind(jobs);
    jobs.add = () => Promise.reject(new Error('the queue is away'));
    const body = fresh();
    try {
      expect((await post(body)).status).toBe(200);
      await sleep(150);
      expect([ingested.length, (await rows()).length]).toEqual([0, 1]);
    } finally {
      jobs.add = add;
    }
    await jobs.add('take-webhook-calls', {});
    await workedThrough();
    expect(ingested.map(({ raw }) => raw.sha256)).toEqual([sha256(body)]);
  });

  it('is found again when its worker died', async () => {
    const body = fresh();
    // as a killed process leaves it: taken, and held a moment longer
    await database.query(
      `INSERT INTO webhook_calls (id, channel_id, sha256, media_type, bytes, due_at)
       VALUES ($1, $2, $3, $4, $5, now() + interval '1 second')`,
      [randomUUID(), channelId, sha256(body), mediaType, body],
    );
    const work = server.app.get(WebhookWork, { strict: false });
    await work.take();
    expect(ingested).toEqual([]);
    await sleep(1_050);
    await work.take();
    await workedThrough();
    expect(ingested.map(({ raw }) => raw.sha256)).toEqual([sha256(body)]);
  });

  it('is given back by a process that stops', async () => {
    ingest = () => Promise.reject(away);
    expect((await post(fresh())).status).toBe(200);
    await until(rows, ([first]) => (first?.attempts ?? 0) > 0);
    const other = await startBareApp(server.databaseUrl, {}, null);
    try {
      let begun = false;
      other.app.get<Bus>(BUS).handle('channel.ingest', () => {
        begun = true;
        return new Promise(() => undefined);
      });
      await until(async () => {
        await database.query('UPDATE webhook_calls SET due_at = now()');
        await other.app.get(WebhookWork, { strict: false }).take();
        await sleep(50);
        return begun;
      });
      expect(Number((await rows())[0]?.in_ms)).toBeGreaterThan(10_000);
    } finally {
      await other.close();
    }
    expect(Number((await rows())[0]?.in_ms)).toBeLessThan(0);
    ingest = nothing;
    await server.app.get(WebhookWork, { strict: false }).take();
    await workedThrough();
  });

  it('does not hold up others when it takes long', async () => {
    const slow = new Set<string>();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    ingest = async ({ raw }) => {
      if (slow.has(raw.sha256)) await gate;
      return { results: [] };
    };
    const bodies = Array.from({ length: 12 }, () => fresh());
    for (const body of bodies) slow.add(sha256(body));
    await Promise.all(bodies.map((body) => post(body)));
    const quick = fresh();
    await post(quick);
    await until(() => ingested.some(({ raw }) => raw.sha256 === sha256(quick)));
    await until(rows, (left) => left.length === bodies.length);
    release();
    await workedThrough();
    expect(ingested).toHaveLength(bodies.length + 1);
  });
});

describe('a flood of wrong signatures', () => {
  it('neither stores anything nor shuts out the right ones, but large bodies are not read any more', async () => {
    expect((await post(Buffer.alloc(200_000, 0x20))).status).toBe(200);
    await workedThrough();
    ingested.length = 0;
    const wrong = { 'x-hub-signature-256': sign(Buffer.from('x'), 'lain') };
    const answers = await Promise.all(Array.from({ length: 120 }, () => post(fresh(), wrong)));
    expect(answers.filter(({ status: code }) => code === 403)).toHaveLength(120);
    expect(await rows()).toEqual([]);
    expect((await post(fresh())).status).toBe(200);
    expect(await announce(200_000)).toEqual([429, 'webhook_limited']);
    await workedThrough();
    expect(ingested).toHaveLength(1);
  });
});
