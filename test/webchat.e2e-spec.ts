import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseSchema } from '@loket/contracts/cases.js';
import { customerSchema } from '@loket/contracts/customers.js';
import type { Browser } from 'playwright-core';
import { openBrowser, signedIn, type Visitor, visit } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, listCases, readMessages, signInAdmin } from './support/desk.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink, type SunkMail } from './support/smtp-sink.js';
import { until } from './support/until.js';
import { WidgetTab } from './support/widget.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** From the demo shop to the inbox, from there to a mailbox and back into the chat: one case all the way. */
describe('a visitor of the shop', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let browser: Browser;
  let admin: ApiClient;
  let mailId: string;
  let shop: Visitor;
  let tab: WidgetTab;
  let desk: Visitor;
  let shopUrl: string;
  let caseId: string;
  const address = 'dewi@customer.example';

  beforeAll(async () => {
    database = await freshDatabase();
    sink = await SmtpSink.start();
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const config = { address: 'halo@toko.example', plusAddressing: true, smtp };
    mailId = (await admin.createChannel({ kind: 'email', name: 'Surel', config })).id;
    const { id } = await admin.createChannel({
      kind: 'webchat',
      name: 'Rumah Senja',
      config: { continuity: { on: true, afterSeconds: 2 } },
    });
    shopUrl = `/demo/shop?channel=${id}&lang=en`;
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

  const mails = (): SunkMail[] => sink.mails.filter(({ to }) => to.includes(address));
  const codeIn = ({ raw }: SunkMail): string => /\b(\d{6})\b/.exec(raw.replace(/^[\s\S]*?\r\n\r\n/, ''))![1]!;

  it('writes, and stands in the inbox at once', async () => {
    await desk.page.goto('/inbox/all');
    await desk.page.getByRole('heading', { name: /All/ }).first().waitFor();
    await shop.page.goto(shopUrl);
    await tab.open();
    await tab.write('Is the blue mug still there?');
    await tab.panel.getByTitle('Delivered').waitFor();
    await caseRow(desk.page, 'Is the blue mug').click();
    await messageOf(desk.page, 'Is the blue mug still there?').waitFor();
    const [found] = await listCases(admin);
    expect(found).toMatchObject({ channelKinds: ['webchat'] });
    caseId = found!.id;
    await tab.panel.getByTitle('Read').waitFor();
  });

  it('sees the agent type, and gets the answer with its picture', async () => {
    await composer(desk.page).pressSequentially('It is, look');
    await tab.panel.getByText(/is typing…/).waitFor();
    await desk.page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'mug.png', mimeType: 'image/png', buffer: png });
    await desk.page.getByText('mug.png').first().waitFor();
    await composer(desk.page).press('Control+Enter');
    await tab.bubble('It is, look').waitFor();
    const picture = tab.panel.locator('.item img').first();
    await picture.waitFor();
    await until(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth === 1));
    await until(async () => (await readMessages(admin, caseId)).at(-1)?.state === 'read');
  });

  it('leaves an address, and proves it by the code that comes there', async () => {
    await tab.panel.getByRole('textbox', { name: /e-mail/i }).fill(address);
    await tab.panel.getByRole('textbox', { name: /e-mail/i }).press('Enter');
    await until(() => mails().length === 1);
    const field = tab.panel.getByRole('textbox', { name: /code/i });
    await field.fill(codeIn(mails()[0]!));
    await field.press('Enter');
    const customer = async () => {
      const { customer: found } = await admin.get(`/cases/${caseId}`, caseSchema);
      return admin.get(`/customers/${found.id}`, customerSchema);
    };
    await until(async () =>
      (await customer()).identities.some(({ value, proof }) => value === address && proof === 'verified'),
    );
  });

  it('goes away, and gets the next answer by mail', async () => {
    await shop.page.goto('about:blank');
    await composer(desk.page).fill('We have sent it today.');
    await composer(desk.page).press('Control+Enter');
    await until(() => mails().length === 2);
    expect(mails()[1]!.raw).toContain('We have sent it today.');
  });

  it('answers the mail into the same case, and finds it all in the chat when he is back', async () => {
    const id = /^message-id:\s*(<[^>]+>)/im.exec(mails()[1]!.raw)![1]!;
    const back = await admin.ingestRaw(
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
    expect(back).toMatchObject({ caseId, status: 'accepted' });
    expect(await listCases(admin)).toHaveLength(1);
    await messageOf(desk.page, 'Wonderful, thank you!').waitFor();
    await shop.page.goto(shopUrl);
    await tab.launcher.waitFor();
    if (!(await tab.panel.isVisible())) await tab.launcher.click();
    await tab.bubble('Wonderful, thank you!').waitFor();
    expect((await tab.texts()).map((text) => text.split('\n')[0])).toEqual([
      'Is the blue mug still there?',
      expect.stringContaining('It is, look'),
      'We have sent it today.',
      'Wonderful, thank you!',
    ]);
    expect([...shop.errors, ...desk.errors]).toEqual([]);
  });
});
