import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseSchema } from '@loket/contracts/cases.js';
import { problemSchema } from '@loket/contracts/errors.js';
import { visitorCardsSchema, visitorKeySchema } from '@loket/contracts/visitor-cards.js';
import { visitorConfigSchema } from '@loket/contracts/visitors.js';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import { listCases, readMessages, reply } from '../../../../test/support/desk.js';
import { agentSocket } from '../../../../test/support/live-client.js';
import { until } from '../../../../test/support/until.js';
import {
  newToken,
  readHistory,
  signIdentity,
  type Site,
  VisitorClient,
  visitorFetch,
  visitorSocket,
} from '../../../../test/support/visitor.js';

let app: TestApp;
let site: Site;
beforeAll(async () => {
  app = await startApp();
  const origin = 'https://toko.example';
  const { id } = await app.admin.createChannel({
    kind: 'webchat',
    name: 'Toko',
    config: { allowedOrigins: [origin] },
  });
  site = { url: app.url, channelId: id, origin };
});
afterAll(() => app.close());

const problem = async (answer: Response) => ({
  status: answer.status,
  code: problemSchema.parse(await answer.json()).code,
});

describe('a conversation', () => {
  it('comes to the desk, is answered, seen, and stands in the history', async () => {
    const visitor = await VisitorClient.arrive(site);
    const ack = await visitor.send('Halo, mug biru masih ada?');
    expect(ack).toMatchObject({ ok: true });
    const [found] = await listCases(app.admin);
    expect(found).toMatchObject({ channelKinds: ['webchat'], preview: 'Halo, mug biru masih ada?' });
    const caseId = found!.id;
    await until(() => visitor.heard.length === 1);
    expect(visitor.heard[0]).toMatchObject({
      from: 'visitor',
      state: 'sent',
      text: 'Halo, mug biru masih ada?',
    });
    const answer = await reply(app.admin, caseId, { text: 'Masih, Kak.' });
    await until(() => visitor.heard.some(({ from }) => from === 'agent'));
    expect(visitor.heard.at(-1)).toMatchObject({
      id: answer.id,
      from: 'agent',
      text: 'Masih, Kak.',
      via: 'webchat',
    });
    await until(() => visitor.agent !== null);
    for (const state of ['delivered', 'read'] as const) {
      visitor.say('seen', { messageId: answer.id, state });
      await until(async () => (await readMessages(app.admin, caseId)).at(-1)?.state === state);
    }
    visitor.say('seen', { messageId: answer.id, state: 'delivered' });
    expect((await visitor.history()).map(({ from, state }) => [from, state])).toEqual([
      ['agent', 'read'],
      ['visitor', 'sent'],
    ]);
    visitor.leave();
  });

  it('is one, however many tabs there are, and what is sent again is there once', async () => {
    const first = await VisitorClient.arrive(site);
    const second = await VisitorClient.arrive(site, first.token);
    const clientId = randomUUID();
    const acks = await Promise.all(
      [first, second, first, second].map((tab) => tab.send('Sekali saja', { clientId })),
    );
    const ids = new Set(acks.map((ack) => (ack.ok ? ack.messageId : ack.code)));
    expect(ids.size).toBe(1);
    expect(await first.send('Lain sekali', { clientId })).toEqual({ ok: false, code: 'conflict' });
    await until(() => second.heard.length > 0);
    expect((await second.history()).map(({ clientId: id }) => id)).toEqual([clientId]);
    first.leave();
    second.leave();
  });

  it('keeps its order, whatever is sent at once', async () => {
    const visitor = await VisitorClient.arrive(site);
    const texts = Array.from({ length: 8 }, (_, i) => `pesan ${String(i)}`);
    await Promise.all(texts.map((text) => visitor.send(text)));
    expect((await visitor.history()).map(({ text }) => text).reverse()).toEqual(texts);
    visitor.leave();
  });

  it('shows both sides that the other is writing, and that he was read', async () => {
    const visitor = await VisitorClient.arrive(site);
    const ack = await visitor.send('Ada orang?');
    const caseId = (await listCases(app.admin))[0]!.id;
    const agent = agentSocket(app.url, { cookie: app.admin.cookieHeader() });
    const typed: unknown[] = [];
    agent.on('typing', (typing) => typed.push(typing));
    await new Promise((resolve) => agent.once('connect', () => resolve(null)));
    await agent.emitWithAck('subscribe', { rooms: [`case:${caseId}`] });
    visitor.say('typing', { typing: true });
    await until(() => typed.length > 0);
    expect(typed[0]).toMatchObject({ caseId, channelId: site.channelId, typing: true });
    agent.emit('presence', { caseId, state: 'viewing' });
    await until(() => visitor.states.length > 0);
    expect(visitor.states[0]).toEqual({ messageId: ack.ok ? ack.messageId : '', state: 'read' });
    agent.emit('presence', { caseId, state: 'typing' });
    await until(() => visitor.typing.length > 0);
    await visitor.send('Halo?');
    await until(() => visitor.states.length > 1);
    expect((await visitor.history()).every(({ state }) => state === 'read')).toBe(true);
    agent.close();
    visitor.leave();
  });

  it('tells agents where the visitor is, and nothing that he wrote is more than text', async () => {
    const visitor = await VisitorClient.arrive(site, undefined, { 'user-agent': 'Peramban/1' });
    const evil = '<img src=x onerror=alert(1)>';
    const page = { url: `https://toko.example/${evil}`, title: `${evil}\u0000`, referrer: '' };
    visitor.say('page', page);
    expect(await visitor.send(`${evil}<script>alert(1)</script>\u0000`)).toMatchObject({ ok: true });
    const summary = (await listCases(app.admin))[0]!;
    const [message] = await readMessages(app.admin, summary.id);
    expect(message).toMatchObject({ html: null, text: `${evil}<script>alert(1)</script>` });
    const cards = await until(
      () => app.admin.get(`/customers/${message!.customerId}/visitors`, visitorCardsSchema),
      ({ items }) => items[0]?.page !== null,
    );
    expect(cards.items).toMatchObject([
      { id: visitor.id, browser: 'Peramban/1', language: 'id', page: { ...page, title: evil } },
    ]);
    visitor.leave();
  });
});

describe('where from', () => {
  it('names the one site to its browser, and no other', async () => {
    const answer = await visitorFetch(site, 'config');
    expect(answer.status).toBe(200);
    visitorConfigSchema.parse(await answer.json());
    expect(answer.headers.get('access-control-allow-origin')).toBe(site.origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
    const preflight = await visitorFetch(site, 'token', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      site.origin,
    ]);
  });

  it.each(['https://jahat.example', 'null', 'http://toko.example', 'https://toko.example.jahat.example'])(
    '%s gets nothing',
    async (origin) => {
      const other = { ...site, origin };
      for (const [path, init] of [
        ['config', {}],
        ['token', { method: 'POST', body: '{}' }],
        ['messages', { token: (await newToken(site)).token }],
        ['token', { method: 'OPTIONS' }],
      ] as const) {
        const answer = await visitorFetch(other, path, init);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        expect(await problem(answer)).toEqual({ status: 403, code: 'origin' });
      }
      const { token } = await newToken(site);
      await expect(
        new Promise((resolve, reject) => {
          const socket = visitorSocket(other, token);
          socket.once('connect', () => resolve(socket.close()));
          socket.once('connect_error', reject);
        }),
      ).rejects.toThrow();
    },
  );

  it('lets pages of a served site into the chat, and not to the agents', async () => {
    const socket = agentSocket(app.url, { cookie: app.admin.cookieHeader(), origin: site.origin });
    const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    expect(error).toMatchObject({ data: { code: 'origin_unknown' } });
    socket.close();
  });

  it('offers to go on by mail only where a code could come', async () => {
    const ways = async () =>
      visitorConfigSchema.parse(await (await visitorFetch(site, 'config')).json()).continueBy;
    expect(await ways()).toEqual([]);
    const smtp = { host: '127.0.0.1', port: 9, security: 'none' as const };
    const config = { address: 'halo@toko.example', smtp };
    await app.admin.createChannel({ kind: 'email', name: 'Surel keluar', config });
    await until(ways, (found) => found.includes('email'), 30_000);
  });

  it('has no channel that is none, or is off', async () => {
    const mail = await app.admin.createChannel({ kind: 'email', name: 'Surel', config: {} });
    for (const channelId of [randomUUID(), mail.id, 'x'])
      expect(await problem(await visitorFetch({ ...site, channelId }, 'config'))).toEqual({
        status: 404,
        code: 'closed',
      });
  });
});

describe('tokens', () => {
  it('open one channel, for one site, and nothing when guessed', async () => {
    const { token } = await newToken(site);
    const origin = 'https://lain.example';
    const { id } = await app.admin.createChannel({
      kind: 'webchat',
      name: 'Lain',
      config: { allowedOrigins: [origin, site.origin] },
    });
    for (const [where, what] of [
      [{ ...site, channelId: id }, token],
      [{ ...site, channelId: id, origin }, token],
      [site, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
      [site, 'x'.repeat(43)],
      [site, ''],
    ] as const) {
      expect(await problem(await visitorFetch(where, 'messages', { token: what }))).toEqual({
        status: 401,
        code: 'token',
      });
    }
    const sockets = await Promise.allSettled([
      VisitorClient.arrive({ ...site, channelId: id }, { token, visitorId: '', renewIn: 1, expiresIn: 1 }),
      VisitorClient.arrive(site, { token: 'x'.repeat(43), visitorId: '', renewIn: 1, expiresIn: 1 }),
    ]);
    for (const result of sockets)
      expect(result).toMatchObject({ status: 'rejected', reason: { message: 'token' } });
  });

  it('are exchanged for the same visitor', async () => {
    const first = await newToken(site);
    const second = await newToken(site, {}, first.token);
    expect(second.visitorId).toBe(first.visitorId);
    expect(await readHistory(site, second.token)).toEqual([]);
    expect(await readHistory(site, first.token)).toEqual([]);
  });

  it('show nobody else’s messages', async () => {
    const [one, two] = [await VisitorClient.arrive(site), await VisitorClient.arrive(site)];
    await one.send('rahasia satu');
    await two.send('rahasia dua');
    expect((await two.history()).map(({ text }) => text)).toEqual(['rahasia dua']);
    expect(JSON.stringify(two.heard)).not.toContain('satu');
    one.leave();
    two.leave();
  });
});

describe('a signed identity', () => {
  const claims = (over: object = {}) => ({
    sub: 'pelanggan-7',
    aud: site.channelId,
    exp: Math.floor(Date.now() / 1000) + 600,
    name: 'Dewi',
    email: 'dewi@customer.example',
    ...over,
  });
  let secret: string;
  beforeAll(async () => {
    ({ secret } = await app.admin.post(`/channels/${site.channelId}/visitor-key`, {}, visitorKeySchema));
  });

  it('is a key that is shown once', async () => {
    const answer = await app.admin.send('GET', `/channels/${site.channelId}`, {});
    const text = await answer.text();
    expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ config: { identity: { on: true, hasSecret: true } } });
    expect(await (await visitorFetch(site, 'config')).text()).not.toContain('identity');
  });

  it('proves the visitor, and makes every browser of that person the same one', async () => {
    const one = await VisitorClient.arrive(site);
    await one.send('Dari ponsel');
    expect(await one.identify(signIdentity(secret, claims()))).toEqual({ ok: true, token: null });
    await one.send('Sudah masuk');
    const other = await newToken(site, { identity: signIdentity(secret, claims()) });
    expect(other.visitorId).toBe(one.id);
    expect((await readHistory(site, other.token)).map(({ text }) => text)).toEqual([
      'Sudah masuk',
      'Dari ponsel',
    ]);
    const caseId = (await listCases(app.admin))[0]!.id;
    const last = (await readMessages(app.admin, caseId)).at(-1)!;
    expect(last.from).toMatchObject({ proof: 'verified', evidence: ['signed_identity'], name: 'Dewi' });
    const { customer } = await app.admin.get(`/cases/${caseId}`, caseSchema);
    const shown = await app.admin.send('GET', `/customers/${customer.id}`, {});
    expect(await shown.json()).toMatchObject({
      identities: expect.arrayContaining([
        expect.objectContaining({ kind: 'email', value: 'dewi@customer.example', proof: 'verified' }),
      ]) as unknown,
    });
    const stranger = await VisitorClient.arrive(site);
    const moved = await stranger.identify(signIdentity(secret, claims()));
    expect(moved).toMatchObject({ ok: true, token: { visitorId: one.id } });
    one.leave();
    stranger.leave();
  });

  it.each([
    ['forged', () => signIdentity('tebakan', claims())],
    ['expired', () => signIdentity(secret, claims({ exp: Math.floor(Date.now() / 1000) - 61 }))],
    [
      'good for longer than a day',
      () => signIdentity(secret, claims({ exp: Math.floor(Date.now() / 1000) + 90_000 })),
    ],
    ['for another channel', () => signIdentity(secret, claims({ aud: randomUUID() }))],
    [
      'unsigned',
      () => `${signIdentity(secret, claims(), { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
    ],
    ['of another algorithm', () => signIdentity(secret, claims(), { alg: 'HS512' })],
    ['without a subject', () => signIdentity(secret, claims({ sub: '' }))],
    ['of no shape', () => 'a.b.c.d'],
    [
      'changed afterwards',
      () => {
        const [head, , signature] = signIdentity(secret, claims()).split('.');
        const body = Buffer.from(JSON.stringify(claims({ sub: 'orang-lain' }))).toString('base64url');
        return `${head!}.${body}.${signature!}`;
      },
    ],
  ])('that is %s changes nothing', async (_, jwt) => {
    const visitor = await VisitorClient.arrive(site);
    expect(await visitor.identify(jwt())).toEqual({ ok: false, code: 'not_proven' });
    const answer = await visitorFetch(site, 'token', {
      method: 'POST',
      body: JSON.stringify({ identity: jwt() }),
    });
    expect(await problem(answer)).toEqual({ status: 403, code: 'not_proven' });
    expect(await visitor.send('Masih saya')).toMatchObject({ ok: true });
    const caseId = (await listCases(app.admin))[0]!.id;
    expect((await readMessages(app.admin, caseId)).at(-1)!.from).toMatchObject({
      proof: 'claimed',
      name: null,
    });
    visitor.leave();
  });
});
