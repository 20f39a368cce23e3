import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { visitorKeySchema } from '@loket/contracts/visitor-cards.js';
import { type ReadMail, simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { openBrowser, signedIn, type Visitor, visit } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, listCases, readMessages, reply, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';
import { newToken, signIdentity, type Site, VisitorClient, visitorFetch } from './support/visitor.js';
import { WidgetTab } from './support/widget.js';
import { xssPayloads } from './support/xss-payloads.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const evil = `"><img src=x onerror=__xss()>`;
/** a name that would like to be a header of its own */
const name = `Dewi ${evil}\r\nBcc: semua@evil.example`;
const dewi = 'dewi@customer.example';

/** What a visitor writes goes on into mails in the company's name, and comes back into the chat. The console's side: hostile-visitor. */
describe('a visitor who writes scripts', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let browser: Browser;
  let admin: ApiClient;
  let trap: Server;
  let site: Site;
  let visitor: VisitorClient;
  let desk: Visitor;
  let caseId: string;
  const ran: string[] = [];
  const fetched: string[] = [];
  let payloads: string[];

  beforeAll(async () => {
    [database, browser, sink] = await Promise.all([freshDatabase(), openBrowser(), SmtpSink.start()]);
    trap = createServer((request, answer) => {
      if (request.url !== '/favicon.ico') fetched.push(request.url ?? '');
      answer.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    payloads = xssPayloads.map((payload) => payload.replaceAll('CANARY', payloadHost()));
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const config = { address: 'halo@toko.example', smtp };
    await admin.createChannel({ kind: 'email', name: 'Surel', config });
    const { id } = await admin.createChannel({
      kind: 'webchat',
      name: 'Toko',
      config: {
        continuity: { on: true, afterSeconds: 0 },
        preChat: [{ id: 'topic', kind: 'text', label: { en: 'Topic' } }],
      },
    });
    site = { url: server.url, channelId: id, origin: server.url };
    desk = await signedIn(browser, server, await addColleague(admin, 'Ayu Pratiwi', { role: 'admin' }));
    await desk.context.exposeFunction('__xss', () => void ran.push(desk.page.url()));
    desk.page.on('dialog', (dialog) => {
      ran.push(dialog.message());
      void dialog.dismiss();
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await sink.stop();
    trap.closeAllConnections();
    await new Promise((resolve) => trap.close(resolve));
    await database.drop();
  });

  const payloadHost = (): string => `http://127.0.0.1:${String((trap.address() as AddressInfo).port)}`;
  const expectNothingRan = (): void => {
    expect({ ran, fetched }).toEqual({ ran: [], fetched: [] });
  };
  const mailNumber = async (n: number): Promise<{ to: string[]; parsed: ReadMail; raw: string }> => {
    const mails = await until(
      () => sink.mails,
      (all) => all.length >= n,
    );
    const { to, raw } = mails[n - 1]!;
    return { to, raw, parsed: await simpleParser(raw) };
  };

  it('would be noticed: the traps are set', async () => {
    const bait = await desk.context.newPage();
    await bait.setContent(`<img src=data:x onerror=__xss()><img src="${payloadHost()}/heard">`);
    await until(() => ran.length > 0 && fetched.length > 0);
    await bait.close();
    ran.length = 0;
    fetched.length = 0;
  });

  it('comes with them in his name, his page, his answers, his files and his words', async () => {
    const { secret } = await admin.post(`/channels/${site.channelId}/visitor-key`, {}, visitorKeySchema);
    const claims = { sub: evil, aud: site.channelId, exp: Math.floor(Date.now() / 1000) + 600, name };
    const token = await newToken(site, { identity: signIdentity(secret, claims) });
    visitor = await VisitorClient.arrive(site, token, { 'user-agent': `Peramban ${evil}` });
    const page = { url: `${server.url}/?${evil}`, title: evil, referrer: 'javascript:__xss()' };
    visitor.say('page', page);
    const body = new FormData();
    body.append('clientId', 'c0ffee00-0000-4000-8000-000000000001');
    body.append('file', new Blob([png], { type: 'image/png' }), `${evil}.png`);
    const sent = await visitorFetch(site, 'files', { method: 'POST', body, token: token.token });
    const { id } = (await sent.json()) as { id: string };
    const first = { attachments: [id], preChat: { topic: evil } };
    expect(await visitor.send(`Hal pertama ${evil}\nBcc: semua@evil.example`, first)).toMatchObject({
      ok: true,
    });
    for (let at = 0; at < payloads.length; at += 5)
      expect(await visitor.send(payloads.slice(at, at + 5).join('\n'))).toMatchObject({ ok: true });
    expect(await visitor.send('Hal terakhir')).toMatchObject({ ok: true });
    const cases = await listCases(admin);
    expect(cases).toHaveLength(1);
    caseId = cases[0]!.id;
    const messages = await readMessages(admin, caseId);
    expect(messages.every(({ html }) => html === null)).toBe(true);
    const said = messages.map(({ text }) => text).join('\n');
    for (const payload of ['<script>__xss()</script>', '<svg onload=__xss()>'])
      expect(said).toContain(payload);
  });

  it('is not in the mail with the code, and only a name in the mail with the answer', async () => {
    expect(await visitor.claim({ email: dewi })).toEqual({ ok: true });
    const code = await mailNumber(1);
    expect(code.to).toEqual([dewi]);
    for (const words of ['__xss', 'evil.example', 'Hal pertama']) expect(code.raw).not.toContain(words);
    const [, digits = ''] = /\b(\d{6})\b/.exec(code.parsed.text ?? '') ?? [];
    expect(await visitor.confirm(digits)).toEqual({ ok: true });
    visitor.leave();
    await reply(admin, caseId, { text: `Jawaban ${payloads[0]!}` });
    const { to, parsed } = await mailNumber(2);
    expect(to).toEqual([dewi]);
    expect(parsed.headers.has('bcc')).toBe(false);
    expect(parsed.to?.value.map(({ address }) => address)).toEqual([dewi]);
    expect(parsed.text).toContain('Jawaban <script>__xss()</script>');
    const mailPage = await desk.context.newPage();
    await mailPage.setContent(parsed.html || '<p>none</p>');
    await mailPage.close();
    expectNothingRan();
  });

  it('sees his own words, and the agent’s, as text in the chat', async () => {
    const shop = await visit(browser, server);
    await shop.context.exposeFunction('__xss', () => void ran.push('widget'));
    const tab = new WidgetTab(shop.page);
    await shop.page.goto(`/demo/shop?channel=${site.channelId}&lang=en`);
    await tab.launcher.click();
    const topic = tab.panel.getByRole('textbox', { name: 'Topic' });
    await topic.fill(evil);
    await tab.panel.getByRole('button', { name: 'Start chat' }).click();
    await tab.write(evil);
    await tab.panel.getByTitle(/Sent|Delivered/).waitFor();
    const [own] = await listCases(admin, 'status=all&sort=newest');
    expect(own!.id).not.toBe(caseId);
    await reply(admin, own!.id, { text: payloads.slice(0, 40).join('\n').replaceAll('\u0000', '') });
    await tab.bubble('<ScRiPt>__xss()</sCrIpT>').waitFor();
    expectNothingRan();
    expect(shop.errors).toEqual([]);
  });
});
