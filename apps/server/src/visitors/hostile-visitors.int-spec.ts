import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { channelSchema } from '@loket/contracts/channels.js';
import { problemSchema } from '@loket/contracts/errors.js';
import { visitorKeySchema } from '@loket/contracts/visitor-cards.js';
import { type VisitorFile, visitorFileSchema } from '@loket/contracts/visitors.js';
import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import { VisitorTokens } from '@loket/core/visitors/visitor-tokens.service.js';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import { listCases, readMessages, reply } from '../../../../test/support/desk.js';
import { SmtpSink } from '../../../../test/support/smtp-sink.js';
import { until } from '../../../../test/support/until.js';
import {
  newToken,
  readHistory,
  signIdentity,
  type Site,
  VisitorClient,
  visitorFetch,
} from '../../../../test/support/visitor.js';

/** What people try who want more than to chat. Beside it stand visitors, their claims, their files and malformed packets. */
let app: TestApp;
let sink: SmtpSink;
let site: Site;
let hosts = 0;
beforeAll(async () => {
  sink = await SmtpSink.start();
  app = await startApp({ LOKET_TRUST_PROXY: true });
  const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
  await app.admin.createChannel({
    kind: 'email',
    name: 'Surel',
    config: { address: 'halo@toko.example', smtp },
  });
  await newSite('https://tetangga.example');
  site = await newSite();
});
afterAll(async () => {
  await app.close();
  await sink.stop();
});

async function newSite(origin = 'https://toko.example'): Promise<Site> {
  const config = { allowedOrigins: [origin] };
  const { id } = await app.admin.createChannel({ kind: 'webchat', name: 'Toko', config });
  return { url: app.url, channelId: id, origin };
}
/** Somebody with an address of his own, as behind the proxy. */
const elsewhere = (): Record<string, string> => ({ 'x-forwarded-for': `10.1.0.${String(++hosts)}` });
const arrive = async (where = site): Promise<VisitorClient> =>
  VisitorClient.arrive(where, await newToken(where), elsewhere());
const codeOf = async (answer: Response): Promise<string> => problemSchema.parse(await answer.json()).code;
function upload(where: Site, token: string, bytes: Uint8Array, name = 'foto.png', type = 'image/png') {
  const body = new FormData();
  body.append('clientId', randomUUID());
  body.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return visitorFetch(where, 'files', { method: 'POST', body, token });
}
const taken = async (answer: Response): Promise<VisitorFile> => visitorFileSchema.parse(await answer.json());
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

describe('a signed identity', () => {
  const seconds = (): number => Math.floor(Date.now() / 1000);
  const claimsFor = ({ channelId }: Site) => ({ sub: 'pelanggan-7', aud: channelId, exp: seconds() + 600 });
  const newKey = async ({ channelId }: Site): Promise<string> =>
    (await app.admin.post(`/channels/${channelId}/visitor-key`, {}, visitorKeySchema)).secret;

  it('of another channel opens nothing here, with its own key or for its own channel', async () => {
    const [here, there] = [await newSite(), await newSite()];
    const [ours, theirs] = [await newKey(here), await newKey(there)];
    const visitor = await arrive(here);
    for (const jwt of [
      signIdentity(theirs, claimsFor(here)),
      signIdentity(ours, claimsFor(there)),
      signIdentity(theirs, claimsFor(there)),
      // a public key is no secret, so a name that asks for one must not choose how it is checked
      signIdentity(ours, claimsFor(here), { alg: 'RS256', typ: 'JWT' }),
      signIdentity('', claimsFor(here)),
    ])
      expect(await visitor.identify(jwt)).toEqual({ ok: false, code: 'not_proven' });
    expect(await visitor.identify(signIdentity(ours, claimsFor(here)))).toMatchObject({ ok: true });
    visitor.leave();
  });

  it('ends with the key that signed it, and with the setting', async () => {
    const here = await newSite();
    const old = signIdentity(await newKey(here), claimsFor(here));
    const visitor = await arrive(here);
    expect(await visitor.identify(old)).toMatchObject({ ok: true });
    const key = await newKey(here);
    expect(await visitor.identify(old)).toEqual({ ok: false, code: 'not_proven' });
    const current = signIdentity(key, claimsFor(here));
    expect(await visitor.identify(current)).toMatchObject({ ok: true });
    const { config, version } = await app.admin.get(`/channels/${here.channelId}`, channelSchema);
    const { allowedOrigins } = config as { allowedOrigins: string[] };
    const off = { config: { allowedOrigins, identity: { on: false } }, version };
    await app.admin.patch(`/channels/${here.channelId}`, off, channelSchema);
    expect(await visitor.identify(current)).toEqual({ ok: false, code: 'not_proven' });
    visitor.leave();
  });
});

describe('who says nothing of where he comes from', () => {
  it.each(['config', 'messages'])('gets nothing of %s', async (path) => {
    const { token } = await newToken(site);
    const answer = await fetch(`${app.url}/api/v1/visitors/${site.channelId}/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'origin']);
  });

  const url = (): string => `${app.url}/socket.io/?EIO=4&transport=polling`;
  const as = (origin: string | undefined): Record<string, string> => ({
    'content-type': 'text/plain;charset=UTF-8',
    ...(origin === undefined ? {} : { origin }),
  });

  it.each(['null', 'https://jahat.example', 'file://'])('nor a socket over HTTP as %s', async (origin) => {
    const opened = await fetch(url(), { headers: as(origin) });
    expect([opened.status, opened.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  it.each([undefined, 'https://tetangga.example'])(
    'nor this chat as %s, to whom another may be open',
    async (origin) => {
      const { token } = await newToken(site);
      const headers = as(origin);
      const opened = await fetch(url(), { headers });
      const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string };
      const auth = JSON.stringify({ channelId: site.channelId, token, language: 'id' });
      await fetch(`${url()}&sid=${sid}`, { method: 'POST', headers, body: `40/visitors,${auth}` });
      const heard = await (await fetch(`${url()}&sid=${sid}`, { headers })).text();
      expect(heard).toContain('44/visitors,{"message":"origin"');
    },
  );
});

describe('a visitor who reaches for what is not his', () => {
  it('neither marks another’s answers as read, nor pages through his history', async () => {
    const [owner, thief] = [await arrive(), await arrive()];
    for (let i = 0; i < 3; i++) await owner.send(`milik saya ${String(i)}`);
    const caseId = (await listCases(app.admin)).find(({ preview }) => preview.includes('milik saya'))!.id;
    const { id } = await reply(app.admin, caseId, { text: 'Hanya untuk Anda.' });
    await until(() => owner.heard.some(({ from }) => from === 'agent'));
    thief.say('seen', { messageId: id, state: 'read' });
    const answer = await visitorFetch(site, 'messages?limit=2', { token: owner.token.token });
    const { nextCursor } = (await answer.json()) as { nextCursor: string };
    expect(nextCursor).toEqual(expect.any(String));
    const query = `?cursor=${encodeURIComponent(nextCursor)}`;
    expect(await readHistory(site, thief.token.token, query)).toEqual([]);
    expect(await readHistory(site, owner.token.token, query)).not.toEqual([]);
    // What he says is heard in its turn, so the mark was looked at by now.
    expect(await thief.send('bukan milik saya')).toMatchObject({ ok: true });
    expect((await readMessages(app.admin, caseId)).at(-1)?.state).toBe('sent');
    expect(JSON.stringify([thief.heard, thief.states])).not.toContain('Hanya untuk');
    owner.leave();
    thief.leave();
  });

  it('guesses a code five times, however many guesses come at once', async () => {
    const address = 'korban@customer.example';
    const visitor = await arrive();
    await visitor.send('Itu surel saya');
    expect(await visitor.claim({ email: address })).toEqual({ ok: true });
    const [found] = await until(
      () => sink.mails.filter(({ to }) => to.includes(address)),
      (mails) => mails.length > 0,
    );
    const code = /\b(\d{6})\b/.exec(found!.raw.replace(/^[\s\S]*?\r\n\r\n/, ''))![1]!;
    const wrong = Array.from({ length: 9 }, (_, n) =>
      String((Number(code) + n + 1) % 1_000_000).padStart(6, '0'),
    );
    const answers = await Promise.all(wrong.map((guess) => visitor.confirm(guess)));
    expect(answers.every(({ ok }) => !ok)).toBe(true);
    expect(await visitor.confirm(code)).toEqual({ ok: false, code: 'not_proven' });
    // and then has to wait
    expect(await visitor.confirm(code)).toEqual({
      ok: false,
      code: 'rate_limited',
      retryAfter: expect.any(Number) as unknown,
    });
    visitor.leave();
  });
});

describe('files', () => {
  it('that are two things at once are the picture that they begin as, and never run', async () => {
    const { token } = await newToken(site);
    const both = Buffer.concat([gif, Buffer.from('<script>alert(1)</script><svg onload=alert(1)>')]);
    const answer = await upload(site, token, both, 'foto.gif.html', 'image/gif');
    const file = await taken(answer);
    expect(file.mediaType).toBe('image/gif');
    const { headers } = await fetch(app.url + file.url);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/gif',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/) as unknown,
    });
    for (const begins of ['GIF89a/*', '%PDF-1.7\n<script>']) {
      const named = await upload(
        site,
        token,
        Buffer.from(`${begins}<script>alert(1)</script>`),
        'a.html',
        'text/html',
      );
      expect(await codeOf(named)).toBe('file_type');
    }
  });

  it('are a few to a message, and a few a minute, and who waits is told how long', async () => {
    const visitor = await arrive();
    const one = await taken(await upload(site, visitor.token.token, gif, 'a.gif', 'image/gif'));
    const many = Array.from({ length: visitorLimits.files + 1 }, () => one.id);
    expect(await visitor.send('semua', { attachments: many })).toEqual({ ok: false, code: 'invalid' });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => upload(site, visitor.token.token, gif)),
    );
    const last = answers.find(({ status }) => status === 429)!;
    expect(await codeOf(last)).toBe('rate_limited');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(last.headers.get('access-control-expose-headers')).toContain('retry-after');
    const other = await arrive();
    expect((await upload(site, other.token.token, gif, 'a.gif', 'image/gif')).status).toBe(200);
    visitor.leave();
    other.leave();
  });
});

describe('one who writes without end', () => {
  it('is told to wait, and for how long; somebody from the same address goes on', async () => {
    const address = elsewhere();
    const [busy, quiet] = [
      await VisitorClient.arrive(site, await newToken(site), address),
      await VisitorClient.arrive(site, await newToken(site), address),
    ];
    // All at once: one after the other they might be as slow as the machine is busy, and within the limit.
    const acks = await Promise.all(Array.from({ length: 60 }, (_, n) => busy.send(`banjir ${String(n)}`)));
    const refused = acks.filter(({ ok }) => !ok);
    expect(refused[0]).toEqual({
      ok: false,
      code: 'rate_limited',
      retryAfter: expect.any(Number) as unknown,
    });
    expect((refused[0] as { retryAfter: number }).retryAfter).toBeLessThanOrEqual(10_000);
    expect(new Set(refused.map((ack) => (ack as { code: string }).code))).toEqual(new Set(['rate_limited']));
    expect(await quiet.send('Saya hanya bertanya')).toMatchObject({ ok: true });
    busy.leave();
    quiet.leave();
  });

  it('has twenty tabs, and no more', async () => {
    const token = await newToken(site);
    const address = elsewhere();
    const tabs = [];
    for (let n = 0; n < 20; n++) tabs.push(await VisitorClient.arrive(site, token, address));
    await expect(VisitorClient.arrive(site, token, address)).rejects.toThrow('rate_limited');
    tabs.pop()?.leave();
    await until(async () =>
      VisitorClient.arrive(site, token, address).then(
        (tab) => tabs.push(tab) > 0,
        () => false,
      ),
    );
    for (const tab of tabs) tab.leave();
  });
});

describe('who is in already', () => {
  it('has to go when his token ends, his site is taken off the list, or the chat is switched off', async () => {
    const [plain, listed, on] = [await newSite(), await newSite(), await newSite()];
    const inside = [await arrive(plain), await arrive(listed), await arrive(on)];
    const next = await newToken(plain, {}, inside[0]!.token.token);
    expect(next.visitorId).toBe(inside[0]!.id);
    await app.app.get(VisitorTokens, { strict: false }).revoke(next.visitorId);
    for (const [{ channelId }, change] of [
      [listed, { config: { allowedOrigins: ['https://lain.example'] } }],
      [on, { enabled: false }],
    ] as const) {
      const { version } = await app.admin.get(`/channels/${channelId}`, channelSchema);
      await app.admin.patch(`/channels/${channelId}`, { ...change, version }, channelSchema);
    }
    await until(() => inside.every(({ socket }) => !socket.connected));
    expect(inside.map(({ errors }) => errors)).toEqual([['token'], ['origin'], ['closed']]);
  });
});
