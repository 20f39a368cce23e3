import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type VisitorToken, visitorFileSchema, visitorTokenSchema } from '@loket/contracts/visitors.js';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseList, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, listCases, readMessages, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { type Site, VisitorClient, visitorFetch } from './support/visitor.js';
import { xssPayloads } from './support/xss-payloads.js';

/** Anybody may chat, and all that his browser says of itself stands in a page that holds an agent's session. */
describe('a hostile visitor', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let canary: string;
  let stop: () => Promise<void>;
  const fetched: string[] = [];
  const ran: string[] = [];
  const visitors: VisitorClient[] = [];
  const payloads = (): string[] => xssPayloads.map((payload) => payload.replaceAll('CANARY', canary));

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    const trap = createServer((request, answer) => {
      if (request.url !== '/favicon.ico') fetched.push(request.url ?? '');
      answer.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    stop = async () => {
      trap.closeAllConnections();
      await new Promise((resolve) => trap.close(resolve));
    };
    canary = `http://127.0.0.1:${String((trap.address() as AddressInfo).port)}`;
    // Each visitor has an address of his own: one alone may not begin so many visits.
    server = await startServer({ databaseUrl: database.url, env: { LOKET_TRUST_PROXY: 'true' } });
    admin = await signInAdmin(server);
    const origin = 'https://toko.example';
    const { id } = await admin.createChannel({
      kind: 'webchat',
      name: 'Toko',
      config: {
        allowedOrigins: [origin],
        preChat: [
          { id: 'nama', kind: 'name', label: { id: 'Nama' } },
          { id: 'soal', kind: 'text', label: { id: 'Soal' } },
        ],
      },
    });
    site = { url: server.url, channelId: id, origin };
    const ayu = await addColleague(admin, 'Ayu Pratiwi');
    ({ context, page } = await signedIn(browser, server, ayu));
    await context.exposeFunction('__xss', () => void ran.push(page.url()));
    page.on('dialog', (dialog) => {
      ran.push(dialog.message());
      void dialog.dismiss();
    });
  }, 60_000);

  afterAll(async () => {
    for (const visitor of visitors) visitor.leave();
    await browser.close();
    await server.stop();
    await stop();
    await database.drop();
  });

  async function newcomer(n: number): Promise<[VisitorToken, Record<string, string>]> {
    const from = { 'x-forwarded-for': `10.0.${String(n >> 8)}.${String(n & 255)}` };
    const answer = await visitorFetch(site, 'token', { method: 'POST', body: '{}', headers: from });
    return [visitorTokenSchema.parse(await answer.json()), from];
  }

  async function upload(token: string, name: string, n: number): Promise<string> {
    const body = new FormData();
    body.append('clientId', crypto.randomUUID());
    body.append('file', new Blob([`berkas ${String(n)}`], { type: 'text/plain' }), name);
    const answer = await visitorFetch(site, 'files', { method: 'POST', body, token });
    return visitorFileSchema.parse(await answer.json()).id;
  }

  /** The payload in everything that a visitor's browser can say. */
  async function come(payload: string, n: number): Promise<void> {
    const [token, from] = await newcomer(n);
    const printable = payload.replace(/[^\x20-\x7e]/g, '');
    const visitor = await VisitorClient.arrive(site, token, {
      ...from,
      'user-agent': `Chrome/1 ${printable}`,
    });
    visitors[n] = visitor;
    const url = n % 2 === 0 ? payload : `${canary}/page?${payload}`;
    visitor.say('page', {
      url,
      title: `${payload} Judul ${String(n)}`,
      referrer: n % 3 === 0 ? `https://evil.example/?${payload}` : payload,
    });
    const file = await upload(token.token, `${payload.replaceAll('\u0000', '')}.txt`, n);
    const ack = await visitor.send(`Hal ${String(n)} ${payload}`, {
      attachments: [file],
      preChat: { nama: payload, soal: payload },
    });
    expect(ack).toMatchObject({ ok: true });
  }
  const card = (): Locator => page.getByRole('region', { name: 'On your website' });

  it('would be noticed if it ran: the traps are set', async () => {
    const bait = await context.newPage();
    await bait.goto(`${canary}/heard`);
    expect(fetched).toEqual(['/heard']);
    await bait.goto('about:blank');
    await bait.setContent('<img src=data:x onerror=__xss()>');
    await until(() => ran.length > 0);
    await bait.close();
    ran.length = 0;
    fetched.length = 0;
    context.on('page', (popup) => ran.push(`popup ${popup.url()}`));
  });

  it('comes with the payload in name, answers, page, title, referrer, browser, text and file name', async () => {
    expect(payloads().length).toBeGreaterThanOrEqual(60);
    const queue = [...payloads().entries()];
    const feed = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) await come(next[1], next[0]);
    };
    await Promise.all([feed(), feed(), feed()]);
    expect(await listCases(admin, 'status=all&limit=100')).toHaveLength(payloads().length);
  }, 60_000);

  it('is text wherever it stands: in the list, the timeline, on his card, and while he writes', async () => {
    const cases = await listCases(admin, 'status=all&limit=100');
    await page.goto('/inbox/all');
    await caseList(page).getByRole('option').first().waitFor();
    for (const { id } of cases) {
      const [first] = await readMessages(admin, id);
      const n = Number(/Hal (\d+)/.exec(first!.text)![1]);
      await caseList(page).focus();
      await page.keyboard.press('j');
      const message = messageOf(page, `Hal ${String(n)}`);
      await message.getByRole('button', { name: 'Answers before the chat' }).click();
      await card()
        .getByText(`Judul ${String(n)}`)
        .first()
        .waitFor();
      visitors[n]!.say('typing', { typing: true });
      await page.getByRole('region', { name: 'Timeline' }).getByText('is typing…').waitFor();
      const links = await page.evaluate(() => {
        for (const bait of document.querySelectorAll<HTMLElement>('article *, aside *')) {
          bait.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
          bait.dispatchEvent(new PointerEvent('pointerenter', { bubbles: true }));
        }
        return [...document.querySelectorAll<HTMLAnchorElement>('article a, aside a')].map((link) => [
          link.protocol,
          link.relList.contains('noopener') || link.origin === location.origin,
        ]);
      });
      expect(
        links.filter(([protocol, safe]) => !/^(https?|mailto):$/.test(String(protocol)) || !safe),
      ).toEqual([]);
      expect({ n, ran, fetched }).toEqual({ n, ran: [], fetched: [] });
      visitors[n]!.say('typing', { typing: false });
    }
  }, 240_000);

  it('leaves a page that can be read by everyone', async () => {
    expect(await accessibilityFaults(page)).toEqual([]);
    expect({ ran, fetched }).toEqual({ ran: [], fetched: [] });
  });
});
