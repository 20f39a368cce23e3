import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn } from './support/browser.js';
import { selfSigned } from './support/certificate.js';
import type { ApiClient } from './support/client.js';
import { caseList, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, listCases, readMessages, signInAdmin } from './support/desk.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { xssPayloads } from './support/xss-payloads.js';

/** Mail is written by strangers, and read in a page that holds an agent's session. */
describe('hostile mail', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let channelId: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** requests to hosts of the attacker, at http and at https */
  const fetched: string[] = [];
  const stops: (() => Promise<void>)[] = [];
  let canary: string;
  let picture: string;
  const ran: string[] = [];
  const payloads = (): string[] => xssPayloads.map((payload) => payload.replaceAll('CANARY', canary));

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    const onRequest: RequestListener = (request, answer) => {
      if (request.url !== '/favicon.ico') fetched.push(request.url ?? '');
      answer.setHeader('content-type', 'image/gif');
      answer.end(Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'));
    };
    const listen = async (own: ReturnType<typeof createHttp>): Promise<number> => {
      await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
      stops.push(async () => {
        own.closeAllConnections();
        await new Promise((resolve) => own.close(resolve));
      });
      return (own.address() as AddressInfo).port;
    };
    canary = `http://127.0.0.1:${String(await listen(createHttp(onRequest)))}`;
    picture = `https://localhost:${String(await listen(createHttps(await selfSigned(), onRequest)))}/picture.gif`;

    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const config = { address: 'help@desk.example', smtp: { host: '127.0.0.1', port: 9 } };
    channelId = (await admin.createChannel({ kind: 'email', name: 'Bantuan', config })).id;
    const ayu = await addColleague(admin, 'Ayu Pratiwi', { role: 'admin' });
    ({ context, page } = await signedIn(browser, server, ayu, { ignoreHTTPSErrors: true }));
    await context.exposeFunction('__xss', () => void ran.push(page.url()));
    page.on('dialog', (dialog) => {
      ran.push(dialog.message());
      void dialog.dismiss();
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    for (const stop of stops) await stop();
    await database.drop();
  });

  const expectNothingRan = (): void => {
    expect({ ran, fetched }).toEqual({ ran: [], fetched: [] });
  };

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

  it('comes in as mail does, with the payload in body, subject, name and file name', async () => {
    expect(payloads().length).toBeGreaterThanOrEqual(60);
    const queue = [...payloads().entries()];
    const feed = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [n, payload] = next;
        const word = Buffer.from(`${payload} Hal ${String(n)}`).toString('base64');
        const result = await admin.ingestRaw(
          channelId,
          mail({
            from: `=?utf-8?B?${Buffer.from(payload).toString('base64')}?= <x${String(n)}@evil.example>`,
            headers: { Subject: `=?utf-8?B?${word}?=` },
            text: `Isi ${String(n)} ${payload}`,
            html: `<p>Isi ${String(n)}</p>${payload}<img src="${canary}/pixel-${String(n)}.gif"><img src="${picture}">`,
            attachments: [{ name: `${payload}.html`, mediaType: 'text/html', content: payload }],
          }),
        );
        expect(result.status).toBe('accepted');
      }
    };
    await Promise.all([feed(), feed(), feed()]);
    expect(await listCases(admin, 'status=all&limit=100')).toHaveLength(payloads().length);
  });

  it('is shown in the list and the search as what it is: text', async () => {
    await page.setViewportSize({ width: 1440, height: 7_600 });
    await page.goto('/inbox/all');
    const rows = await until(
      () => caseList(page).getByRole('option').allInnerTexts(),
      (texts) => texts.length >= payloads().length,
    );
    expect(rows.join('\n')).toContain('<img src=x onerror=__xss()>');
    await page.getByRole('button', { name: 'Search in the list' }).click();
    await page.getByRole('searchbox', { name: 'Search in the list' }).fill('<script>__xss()</script>');
    await page.waitForURL((url) => url.searchParams.has('q'));
    await page.getByRole('button', { name: 'Close search' }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('onerror');
    await page.getByRole('dialog').getByText('onerror').first().waitFor();
    await page.keyboard.press('Escape');
    expectNothingRan();
  });

  it('runs in no case: as text, as it was laid out, clicked on', async () => {
    const cases = await listCases(admin, 'status=all&limit=100');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/inbox/all');
    await caseList(page).getByRole('option').first().waitFor();
    for (const { subject } of cases) {
      await caseList(page).focus();
      await page.keyboard.press('j');
      const message = messageOf(page, /Hal \d+/.exec(subject)?.[0] ?? 'Hal');
      await message.getByRole('button', { name: 'Mail layout' }).dispatchEvent('click');
      const frame = message.locator('iframe');
      expect(await frame.getAttribute('sandbox')).not.toContain('allow-scripts');
      await frame.contentFrame().getByText('Isi').first().waitFor({ state: 'attached' });
      await frame.evaluate((element: HTMLIFrameElement) => {
        for (const bait of element.contentDocument?.body.querySelectorAll<HTMLElement>('*') ?? []) {
          bait.focus();
          bait.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
          // A link to another site is a link; everything else that can be clicked is a trap.
          if (!bait.closest('a[href^=http]')) bait.click();
        }
      });
      expect({ subject, ran, fetched }).toEqual({ subject, ran: [], fetched: [] });
    }
  }, 90_000);

  it('runs neither from the composer nor from a note', async () => {
    const [first] = await listCases(admin);
    await page.goto(`/inbox/all/${String(first?.number ?? 0)}`);
    const words = payloads().join('\n').replaceAll('\u0000', '');
    await composer(page).fill(words);
    await page.getByRole('button', { name: /^Note/ }).click();
    await page.getByRole('textbox', { name: 'Internal note' }).fill(words);
    await page.getByRole('button', { name: 'Save note' }).click();
    await page
      .getByRole('article', { name: 'Internal note by Ayu Pratiwi' })
      .getByText('<svg onload')
      .waitFor();
    expectNothingRan();
  });

  it('loads its pictures only when somebody asks for them', async () => {
    const [first] = await listCases(admin);
    await page.goto(`/inbox/all/${String(first?.number ?? 0)}`);
    const message = messageOf(page, 'Hal');
    await message.getByRole('button', { name: 'Mail layout' }).click();
    await message.getByText(/outside pictures? (?:was|were) not loaded/).waitFor();
    expectNothingRan();
    await message.getByRole('button', { name: 'Load pictures' }).click();
    await until(() => fetched.includes('/picture.gif'));
    expect(ran).toEqual([]);
    fetched.length = 0;
  });

  it('has files that are saved, never shown', async () => {
    const [first] = await listCases(admin);
    const [message] = await readMessages(admin, first?.id ?? '');
    const [file] = message?.attachments ?? [];
    const response = await fetch(server.url + (file?.url ?? ''), {
      headers: { cookie: admin.cookieHeader() },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toMatch(/^sandbox;/);
    const raw = await fetch(`${server.url}/api/v1/messages/${message?.id ?? ''}/raw`, {
      headers: { cookie: admin.cookieHeader() },
    });
    expect(raw.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(raw.headers.get('content-security-policy')).toMatch(/^sandbox;/);
  });

  it.each(['light', 'dark'] as const)(
    'leaves a page that can be read by everyone, in the %s theme',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto('/inbox/all');
      await caseList(page).getByRole('option').first().click();
      await messageOf(page, 'Hal').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expectNothingRan();
    },
  );
});
