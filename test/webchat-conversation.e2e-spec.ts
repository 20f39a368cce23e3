import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { visitorKeySchema } from '@loket/contracts/visitor-cards.js';
import { accessibilityFaults, openBrowser, signedIn, type Visitor, visit } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, listCases, signInAdmin } from './support/desk.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { WidgetTab } from './support/widget.js';

const address = 'dewi@customer.example';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What an agent sees of a visitor while both have their browsers open. */
describe('a web chat in the console', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let browser: Browser;
  let admin: ApiClient;
  let mailId: string;
  let chatId: string;
  let shop: Visitor;
  let tab: WidgetTab;
  let desk: Visitor;
  let key: string;
  const shopUrl = (more = ''): string => `${server.url}/demo/shop?channel=${chatId}&lang=en${more}`;

  beforeAll(async () => {
    database = await freshDatabase();
    sink = await SmtpSink.start();
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const mailbox = { address: 'halo@toko.example', plusAddressing: true, smtp };
    mailId = (await admin.createChannel({ kind: 'email', name: 'Surel', config: mailbox })).id;
    const config = {
      continuity: { on: true, afterSeconds: 2 },
      identity: { on: true },
      consentText: { id: 'Kami menyimpan obrolan ini.', en: 'We keep this chat.' },
      preChat: [
        { id: 'nama', kind: 'name' as const, label: { id: 'Nama', en: 'Your name' }, required: true },
        { id: 'pesanan', kind: 'text' as const, label: { id: 'Nomor pesanan', en: 'Order number' } },
      ],
    };
    chatId = (await admin.createChannel({ kind: 'webchat', name: 'Rumah Senja', config })).id;
    key = (await admin.post(`/channels/${chatId}/visitor-key`, {}, visitorKeySchema)).secret;
    browser = await openBrowser();
    const rani = await addColleague(admin, 'Rani');
    [shop, desk] = [await visit(browser, server), await signedIn(browser, server, rani)];
    tab = new WidgetTab(shop.page);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await sink.stop();
    await database.drop();
  });

  const card = (): Locator => desk.page.getByRole('region', { name: 'On your website' });
  const timeline = (): Locator => desk.page.getByRole('region', { name: 'Timeline' });
  const tick = (words: string, state: string): Locator =>
    messageOf(desk.page, words).getByRole('img', { name: state, exact: true });

  it('shows who he is and where: his page, his answers, his browser, as they are now', async () => {
    await desk.page.goto('/inbox/all');
    await desk.page.getByRole('heading', { name: /All/ }).first().waitFor();
    await shop.page.goto(shopUrl());
    await tab.launcher.click();
    await tab.panel.getByLabel('Your name').fill('Dewi Lestari');
    await tab.panel.getByLabel(/Order number/).fill('A-1042');
    await tab.panel.getByLabel('I agree').check();
    await tab.panel.getByRole('button', { name: 'Start chat' }).click();
    await tab.write('Is the blue mug still there?');
    await tab.panel.getByTitle('Delivered').waitFor();
    await caseRow(desk.page, 'Is the blue mug').click();
    await tab.panel.getByTitle('Read').waitFor();

    await card().getByText('Online now').waitFor();
    for (const [fact, value] of [
      ['Your name', 'Dewi Lestari'],
      ['Order number', 'A-1042'],
      ['Browser', /^Chrome · Linux$/],
      ['Language', 'English'],
      ['Proof', /Claimed/],
      ['Consent', /\d{4}, \d\d:\d\d$/],
    ] as const)
      await card()
        .locator('div', { has: desk.page.getByText(fact, { exact: true }) })
        .last()
        .getByText(value)
        .waitFor();
    const link = card().getByRole('link');
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      shopUrl(),
      expect.stringContaining('noopener'),
    ]);

    const first = messageOf(desk.page, 'Is the blue mug');
    expect(await first.getByText('A-1042').count()).toBe(0);
    await first.getByRole('button', { name: 'Answers before the chat' }).click();
    await first.getByText('Order number: A-1042').waitFor();
  });

  it('follows him from page to page and out of the shop, and forgets nothing of it', async () => {
    await shop.page.goto(shopUrl('&shelf=lamps'), { referer: 'https://search.example/q?lamp' });
    await card()
      .getByRole('link', { name: /shelf=lamps/ })
      .waitFor();
    await card().getByRole('link', { name: 'search.example' }).waitFor();
    // Another page of the same shop does not change where he came from.
    await shop.page.evaluate(() => history.pushState({}, '', `${location.href}&lamp=7`));
    await card()
      .getByRole('link', { name: /lamp=7/ })
      .waitFor();
    expect(await card().getByRole('link', { name: 'search.example' }).count()).toBe(1);
    expect(await card().getByText('Online now').count()).toBe(1);
    await shop.page.goto('about:blank');
    await card()
      .getByText(/Last seen/)
      .waitFor({ timeout: 30_000 });
    await card().getByText('Last page').waitFor();
    await shop.page.goto(shopUrl('&shelf=lamps'));
    await card().getByText('Online now').waitFor();
  }, 60_000);

  it('shows that he writes, at the end of the timeline and in the list, until it is there', async () => {
    await tab.launcher.waitFor();
    if (!(await tab.panel.isVisible())) await tab.launcher.click();
    await tab.field.pressSequentially('And the plate');
    await timeline().getByText('Dewi Lestari is typing…').waitFor();
    await caseRow(desk.page, 'is typing…').waitFor();
    await tab.field.press('Enter');
    await messageOf(desk.page, 'And the plate').waitFor();
    await timeline().getByText('is typing…').waitFor({ state: 'detached' });
    await caseRow(desk.page, 'And the plate').waitFor();
    // He begins and gives up: nobody is told for ever.
    await tab.field.pressSequentially('Hm');
    await timeline().getByText('Dewi Lestari is typing…').waitFor();
    await tab.field.fill('');
    await timeline().getByText('is typing…').waitFor({ state: 'detached' });
  });

  it('shows his pictures, and how far an answer has come', async () => {
    await tab.panel
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'crack.png', mimeType: 'image/png', buffer: png });
    await tab.write('It looks like this');
    await desk.page.getByRole('button', { name: 'Enlarge crack.png' }).waitFor();
    await tab.launcher.click();
    await composer(desk.page).fill('Both are there.');
    await composer(desk.page).press('Control+Enter');
    await tick('Both are there.', 'Delivered').waitFor();
    await tab.launcher.click();
    await tick('Both are there.', 'Read').waitFor();
  });

  it('shows an answer that went on by mail as one, with what became of the mail', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.now() / 1_000) + 3_600;
    const signed = `${part({ alg: 'HS256' })}.${part({ sub: '7', aud: chatId, exp, email: address })}`;
    const jwt = `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
    await shop.page.evaluate((token) => window.Loket?.identify(token), jwt);
    await card().getByText('signed in on your website').waitFor({ timeout: 90_000 });
    await shop.page.goto('about:blank');
    await composer(desk.page).fill('We have packed them.');
    await composer(desk.page).press('Control+Enter');
    const mark = timeline().getByText(`Also sent by e-mail to ${address}`);
    await mark.waitFor();
    const line = mark.locator('..');
    await line.getByRole('img', { name: 'Sent', exact: true }).waitFor();
    expect(await messageOf(desk.page, 'We have packed them.').count()).toBe(1);
    await tick('We have packed them.', 'Sent').waitFor();

    const sent = sink.mails.find(({ raw }) => raw.includes('We have packed them.'))!;
    const id = /^message-id:\s*(<[^>]+>)/im.exec(sent.raw)![1]!;
    await admin.ingestRaw(
      mailId,
      mail({
        from: `Dewi <${address}>`,
        to: 'halo@toko.example',
        subject: 'Re: your order',
        text: 'Wonderful, thank you!',
        inReplyTo: id,
        references: [id],
      }),
    );
    await messageOf(desk.page, 'Wonderful, thank you!').waitFor();
    // The same after a reload, from the server's hand.
    await desk.page.reload();
    await messageOf(desk.page, 'Wonderful, thank you!').waitFor();
    expect(await messageOf(desk.page, 'Wonderful, thank you!').count()).toBe(1);
    expect(await messageOf(desk.page, 'We have packed them.').count()).toBe(1);
    await mark.waitFor();
    expect(await listCases(admin)).toHaveLength(1);
  }, 150_000);

  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('can be read by everyone: %s, %d pixels', async (colorScheme, width) => {
    const { page } = desk;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    if (width < 1280) await page.getByRole('button', { name: 'Customer panel' }).click();
    await card().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect([...shop.errors, ...desk.errors]).toEqual([]);
  });
});
