import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sessionPageSchema } from '@loket/contracts/access.js';
import {
  madePasswordLinkSchema,
  openPasswordLinkSchema,
  passwordLinkWaysSchema,
} from '@loket/contracts/password-links.js';
import { recoveryCodesSchema, secondFactorSetupSchema } from '@loket/contracts/second-factor.js';
import { Event } from '@loket/core/events/event.entity.js';
import { Clock } from '@loket/platform/clock.js';
import { TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { ApiClient, ApiError } from '../../../../test/support/client.js';
import { addColleague, agentPassword, type Colleague } from '../../../../test/support/desk.js';
import { SmtpSink, type SunkMail } from '../../../../test/support/smtp-sink.js';
import { until } from '../../../../test/support/until.js';

const password = 'sebuah sandi yang baru';
const hourMs = 3_600_000;
let server: TestApp;
let mailServer: SmtpSink;
/** how far the server's clock has been set forward */
let ahead = 0;
beforeAll(async () => {
  mailServer = await SmtpSink.start();
  server = await startApp({ LOKET_PUBLIC_URL: 'https://meja.toko.example', LOKET_TRUST_PROXY: true });
  const smtp = { host: '127.0.0.1', port: mailServer.port, security: 'none' as const };
  const config = { address: 'halo@toko.example', smtp };
  await server.admin.createChannel({ kind: 'email', name: 'Toko', config });
  const clock = server.app.get(Clock, { strict: false });
  jest.spyOn(clock, 'now').mockImplementation(() => new Date(Date.now() + ahead));
});
afterAll(async () => {
  await server.close();
  await mailServer.stop();
});

let callers = 0;
/** Somebody at an address of his own, so that one test does not use up what another may ask for. */
const from = (): Record<string, string> => ({ 'x-forwarded-for': `203.0.113.${String(++callers)}` });
const tokenOf = (link: string): string => new URL(link).hash.slice(1);
async function send(path: string, body: object, headers = from()): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (answer.ok) return String(answer.status);
  return `${String(answer.status)} ${((await answer.json()) as { code: string }).code}`;
}
const ask = (email: string, headers?: Record<string, string>) => send('/password-links', { email }, headers);
const use = (token: string) => send('/password-links/use', { token, password });
const make = async ({ agent }: Colleague): Promise<string> => {
  const made = await server.admin.post(`/agents/${agent.id}/password-link`, {}, madePasswordLinkSchema);
  return tokenOf(made.link);
};
const mailsTo = (email: string): SunkMail[] => mailServer.mails.filter(({ to }) => to.includes(email));
async function tokenMailed(email: string, nth = 1): Promise<string> {
  const mails = await until(
    () => mailsTo(email),
    ({ length }) => length >= nth,
  );
  const text = mails[nth - 1]!.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return /https:\/\/meja\.toko\.example\/password#([\w-]{43})/.exec(text)![1]!;
}
const problem = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : Promise.reject(error as Error)),
  );
const signIn = (email: string, secret: string) => problem(new ApiClient(server.url).signIn(email, secret));

describe('a forgotten password', () => {
  it('is replaced by a link that came by mail, which ends all sessions and works once', async () => {
    const ayu = await addColleague(server.admin, 'Ayu');
    expect(await ask(ayu.email)).toBe('202');
    const token = await tokenMailed(ayu.email);
    const stranger = new ApiClient(server.url);
    const shown = await stranger.post('/password-links/look', { token }, openPasswordLinkSchema);
    expect(shown).toMatchObject({ email: ayu.email, name: 'Ayu', locale: 'en' });
    expect(await use(token)).toBe('204');
    expect(await problem(ayu.client.get('/sessions', sessionPageSchema))).toBe('session_ended');
    expect(await signIn(ayu.email, agentPassword)).toBe('sign_in_failed');
    expect(await signIn(ayu.email, password)).toBe('none');
    expect(await use(token)).toBe('422 password_link_used');
    const events = await server.app
      .get(DataSource, { strict: false })
      .getRepository(Event)
      .findBy({ type: 'agent.password_link_changed' });
    expect(events.map(({ data }) => (data as { change: string }).change)).toEqual(['asked', 'used']);
    expect(JSON.stringify(events)).not.toContain(token);
  });

  it('is answered for the same way whoever is asked for, and nobody else gets mail', async () => {
    const bima = await addColleague(server.admin, 'Bima');
    await server.admin.send('PATCH', `/agents/${bima.agent.id}`, { body: { disabled: true } });
    const citra = await addColleague(server.admin, 'Citra');
    expect(await ask(bima.email)).toBe('202');
    expect(await ask('siapa@toko.example')).toBe('202');
    expect(await ask(citra.email.toUpperCase())).toBe('202');
    await tokenMailed(citra.email);
    expect([...mailsTo(bima.email), ...mailsTo('siapa@toko.example')]).toEqual([]);
  });

  it('brings three mails in an hour at most to one person, and lets one address ask ten times', async () => {
    const dewi = await addColleague(server.admin, 'Dewi');
    for (let n = 0; n < 5; n++) expect(await ask(dewi.email)).toBe('202');
    const eko = await addColleague(server.admin, 'Eko');
    // asked for later, so by then the five would have left
    await ask(eko.email);
    await tokenMailed(eko.email);
    await tokenMailed(dewi.email, 3);
    expect(mailsTo(dewi.email)).toHaveLength(3);
    const here = from();
    for (let n = 0; n < 10; n++) expect(await ask(`${String(n)}@toko.example`, here)).toBe('202');
    expect(await ask(eko.email, here)).toBe('429 sign_in_limited');
  });

  it('stays what it is once the hour is over', async () => {
    const fajar = await addColleague(server.admin, 'Fajar');
    const token = await make(fajar);
    ahead += hourMs;
    expect(await use(token)).toBe('422 password_link_expired');
    expect(await signIn(fajar.email, agentPassword)).toBe('none');
  });

  it('is replaced once, however many try at the same moment', async () => {
    const gita = await addColleague(server.admin, 'Gita');
    const token = await make(gita);
    const tries = await Promise.all([1, 2, 3, 4].map(() => use(token)));
    expect(tries.toSorted()).toEqual(['204', ...Array<string>(3).fill('422 password_link_used')]);
  });

  it('makes no way past the second step', async () => {
    const hadi = await addColleague(server.admin, 'Hadi');
    const begun = { currentPassword: agentPassword };
    const { secret } = await hadi.client.post('/me/second-factor', begun, secondFactorSetupSchema);
    const code = new TOTP({ secret }).generate({ timestamp: Date.now() + ahead });
    await hadi.client.post('/me/second-factor/confirmation', { code }, recoveryCodesSchema);
    expect(await use(await make(hadi))).toBe('204');
    expect(await signIn(hadi.email, password)).toBe('second_factor_required');
  });

  it('has links that end with whatever else changes it', async () => {
    const indah = await addColleague(server.admin, 'Indah');
    const first = await make(indah);
    const second = await make(indah);
    expect(await use(first)).toBe('422 password_link_ended');
    await server.admin.send('PATCH', `/agents/${indah.agent.id}`, { body: { password: agentPassword } });
    expect(await use(second)).toBe('422 password_link_ended');
    const third = await make(indah);
    await server.admin.send('PATCH', `/agents/${indah.agent.id}`, { body: { disabled: true } });
    expect(await use(third)).toBe('422 password_link_ended');
    expect(await problem(make(indah))).toBe('agent_disabled');
    expect(await use('tidak-ada')).toBe('404 password_link_unknown');
  });

  it('that was guessed at ten times in vain can still be replaced from there', async () => {
    const joko = await addColleague(server.admin, 'Joko');
    const here = from();
    const wrong = { email: joko.email, password: 'bukan sandinya' };
    for (let n = 0; n < 10; n++) expect(await send('/session', wrong, here)).toBe('401 sign_in_failed');
    expect(await send('/session', wrong, here)).toBe('429 sign_in_limited');
    expect(await send('/password-links/use', { token: await make(joko), password }, here)).toBe('204');
    expect(await send('/session', { email: joko.email, password }, here)).toBe('201');
  });

  it('is the admins’ affair where no mail can be sent, or nobody said where the console is', async () => {
    const bare = await startApp();
    try {
      const stranger = new ApiClient(bare.url);
      expect(await stranger.get('/password-links', passwordLinkWaysSchema)).toEqual({ mail: false });
      const body = { email: 'admin@loket.example' };
      expect(await problem(stranger.send('POST', '/password-links', { body }))).toBe('mail_unavailable');
    } finally {
      await bare.close();
    }
  });
});
