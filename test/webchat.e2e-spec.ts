import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { channelSchema } from '@loket/contracts/channels.js';
import { type Customer, customerPageSchema, customerSchema } from '@loket/contracts/customers.js';
import { type ReadMail, simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { openBrowser, signedIn, type Visitor, visit } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, listCases, readCase, readMessages, signInAdmin } from './support/desk.js';
import { mail } from './support/mail.js';
import { PostOffice } from './support/post-office.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { WidgetTab } from './support/widget.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const shopMail = 'halo@toko.example';
const dewi = 'dewi@customer.example';
const telephoneKey = 'kunci-sentral-telepon';

/** From the demo shop to the inbox, from there to a mailbox, back into the chat, and to the telephone: one case all the way. */
describe('a visitor of the shop', () => {
  let office: PostOffice;
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let admin: ApiClient;
  let phoneId: string;
  let shop: Visitor;
  let tab: WidgetTab;
  let desk: Visitor;
  let shopUrl: string;
  let caseId: string;

  beforeAll(async () => {
    [office, database, browser] = await Promise.all([
      PostOffice.open([
        { address: shopMail, password: 'rahasia toko' },
        { address: dewi, password: 'rahasia dewi' },
      ]),
      freshDatabase(),
      openBrowser(),
    ]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const mailbox = { kind: 'email' as const, name: 'Surel', config: office.channelConfig(shopMail) };
    const { id: mailId } = await admin.createChannel(mailbox);
    const webhook = { format: 'generic' as const, secret: telephoneKey };
    phoneId = (await admin.createChannel({ kind: 'phone', name: 'Telepon', config: { webhook } })).id;
    const { id } = await admin.createChannel({
      kind: 'webchat',
      name: 'Rumah Senja',
      config: { continuity: { on: true, afterSeconds: 2 } },
    });
    shopUrl = `/demo/shop?channel=${id}&lang=en`;
    const rani = await addColleague(admin, 'Rani');
    [shop, desk] = [await visit(browser, server), await signedIn(browser, server, rani)];
    tab = new WidgetTab(shop.page);
    await until(
      () => admin.get(`/channels/${mailId}`, channelSchema),
      ({ status }) => status === 'connected',
    );
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await Promise.all([office.close(), database.drop()]);
  });

  const mailNumber = async (n: number): Promise<ReadMail> => {
    const mails = await until(
      () => office.inbox(dewi),
      (all) => all.length >= n,
    );
    return simpleParser(mails[n - 1]!);
  };
  const customer = async (): Promise<Customer> => {
    const { customer: found } = await readCase(admin, caseId);
    return admin.get(`/customers/${found.id}`, customerSchema);
  };
  const said = ['Is the blue mug still there?', 'It is, look', 'We have sent it today.'];

  it('writes, and stands in the inbox at once', async () => {
    await desk.page.goto('/inbox/all');
    await desk.page.getByRole('heading', { name: /All/ }).first().waitFor();
    await shop.page.goto(shopUrl);
    await tab.open();
    await tab.write(said[0]!);
    await tab.panel.getByTitle('Delivered').waitFor();
    await caseRow(desk.page, 'Is the blue mug').click();
    await messageOf(desk.page, said[0]!).waitFor();
    const [found] = await listCases(admin);
    expect(found).toMatchObject({ channelKinds: ['webchat'] });
    caseId = found!.id;
    await tab.panel.getByTitle('Read').waitFor();
  });

  it('sees the agent type, and gets the answer with its picture', async () => {
    await composer(desk.page).pressSequentially(said[1]!);
    await tab.panel.getByText(/is typing…/).waitFor();
    await desk.page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'mug.png', mimeType: 'image/png', buffer: png });
    await desk.page.getByText('mug.png').first().waitFor();
    // It waits for the picture, which is still on its way up.
    await until(() => desk.page.getByRole('button', { name: /^Send & wait/ }).isEnabled());
    await composer(desk.page).press('Control+Enter');
    await tab.bubble(said[1]!).waitFor();
    const picture = tab.panel.locator('.item img').first();
    await picture.waitFor();
    await until(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth === 1));
    await until(async () => (await readMessages(admin, caseId)).at(-1)?.state === 'read');
  });

  it('leaves an address, and proves it by the code that comes there', async () => {
    await tab.panel.getByRole('textbox', { name: /e-mail/i }).fill(dewi);
    await tab.panel.getByRole('textbox', { name: /e-mail/i }).press('Enter');
    const [, code = ''] = /\b(\d{6})\b/.exec((await mailNumber(1)).text ?? '') ?? [];
    const field = tab.panel.getByRole('textbox', { name: /code/i });
    await field.fill(code);
    await field.press('Enter');
    await until(async () =>
      (await customer()).identities.some(({ value, proof }) => value === dewi && proof === 'verified'),
    );
  });

  it('goes away, and gets the next answer in his mailbox', async () => {
    await shop.page.goto('about:blank');
    await composer(desk.page).fill(said[2]!);
    await composer(desk.page).press('Control+Enter');
    expect((await mailNumber(2)).text).toContain(said[2]);
  });

  it('answers the mail into the same case, and finds it all in the chat when he is back', async () => {
    const got = await mailNumber(2);
    const to = got.replyTo?.value[0]?.address ?? got.from?.value[0]?.address ?? '';
    const answer = mail({
      from: `Dewi <${dewi}>`,
      to,
      subject: `Re: ${got.subject ?? ''}`,
      text: `Wonderful, thank you! My number is 0812-3456-7890.\n\nOn Fri, 20 Nov 2026 at 10:00, Surel <${shopMail}> wrote:\n> ${said[2]!}\n`,
      inReplyTo: got.messageId!,
      references: [got.messageId!],
    });
    await office.send(dewi, to, answer);
    await messageOf(desk.page, 'Wonderful, thank you!').waitFor();
    expect((await readMessages(admin, caseId)).at(-1)).toMatchObject({ channelKind: 'email' });
    await shop.page.goto(shopUrl);
    await tab.launcher.waitFor();
    if (!(await tab.panel.isVisible())) await tab.launcher.click();
    await tab.bubble('Wonderful, thank you!').waitFor();
    expect((await tab.texts()).map((text) => text.split('\n')[0])).toEqual([
      said[0],
      expect.stringContaining(said[1]!),
      said[2],
      'Wonderful, thank you! My number is 0812-3456-7890.',
    ]);
  });

  it('telephones from the number that he left, and the call stands in the case, with its reason', async () => {
    await desk.page.getByRole('button', { name: 'Add an address' }).click();
    await desk.page.getByText('Phone', { exact: true }).click();
    await desk.page.getByRole('textbox', { name: 'Address or number' }).fill('0812-3456-7890');
    await desk.page.getByRole('checkbox', { name: /I have checked/ }).check();
    await desk.page.getByRole('button', { name: 'Add', exact: true }).click();
    await until(async () => (await customer()).identities.some(({ kind }) => kind === 'phone'));
    await telephone({ number: '+6281234567890', outcome: 'answered', ringSeconds: 6, talkSeconds: 95 });
    const call = desk.page.getByRole('article', { name: 'Incoming call, Answered' });
    await call.getByText('Talked 1:35').waitFor();
    await call.getByRole('button', { name: 'Why here?' }).click();
    await desk.page.getByText('Few words, and the customer has only this case open').waitFor();
  });

  it('is one customer with one case, whatever he used, and nobody’s browser complained', async () => {
    const cases = await listCases(admin);
    expect(cases.map(({ id, channelKinds }) => [id, [...channelKinds].sort()])).toEqual([
      [caseId, ['email', 'phone', 'webchat']],
    ]);
    const { items } = await admin.get('/customers', customerPageSchema);
    expect(items).toHaveLength(1);
    expect((await customer()).identities.map(({ kind, proof }) => `${kind} ${proof}`).sort()).toEqual([
      'email verified',
      'phone verified',
      'visitor verified',
    ]);
    // What he said on the telephone is not for the page of a shop.
    expect((await tab.texts()).length).toBe(4);
    expect([...shop.errors, ...desk.errors]).toEqual([]);
  });

  async function telephone(report: object): Promise<void> {
    const call = {
      callId: randomUUID(),
      direction: 'inbound',
      startedAt: new Date().toISOString(),
      ...report,
    };
    const body = JSON.stringify(call);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', telephoneKey).update(`${timestamp}.${body}`).digest('hex');
    const answer = await fetch(`${server.url}/api/v1/channels/${phoneId}/webhook`, {
      method: 'POST',
      body,
      headers: { 'x-loket-timestamp': timestamp, 'x-loket-signature': `sha256=${signature}` },
    });
    expect(answer.status).toBe(200);
  }
});
