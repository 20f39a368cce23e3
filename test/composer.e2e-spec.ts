import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cannedAnswerSchema } from '@loket/contracts/canned-answers.js';
import { caseSchema, timelineNoteSchema } from '@loket/contracts/cases.js';
import { heldReplyListSchema } from '@loket/contracts/held-replies.js';
import { simpleParser, type ReadMail } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, type Colleague, readCase, readTimeline, reply, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';

/** Writing to a customer by mail, and about him to colleagues: nothing is lost, and nothing goes that should not. */
describe('the box one writes in', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let admin: ApiClient;
  let browser: Browser;
  let ayu: Colleague & Visitor;
  let bima: Colleague;
  let channelId: string;
  let caseId: string;
  let number: number;

  let told = 0;
  const write = (text: string) =>
    admin.ingest(channelId, {
      externalId: `m-${String(told++)}@pelanggan.example`,
      sender: { kind: 'email', value: 'sari@pelanggan.example', name: 'Sari Dewi', proof: 'verified' },
      sentAt: new Date().toISOString(),
      subject: 'Mug pecah',
      text,
      thread: { references: ['m-0@pelanggan.example'] },
    });
  const openCase = async (page: Page) => {
    await page.goto(`/inbox/all/${String(number)}`);
    await messageOf(page, 'Mug saya pecah').waitFor();
  };
  const note = (page: Page) => page.getByRole('textbox', { name: 'Internal note' });
  const toast = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words });
  const strip = (page: Page, words: string | RegExp) => page.getByRole('alert').filter({ hasText: words });
  const mailWith = async (words: string): Promise<ReadMail> => {
    const mail = await until(() => sink.mails.find(({ raw }) => raw.includes(words)));
    return simpleParser(String(mail?.raw));
  };

  beforeAll(async () => {
    [database, browser, sink] = await Promise.all([freshDatabase(), openBrowser(), SmtpSink.start()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const config = { address: 'bantuan@toko.example', smtp };
    channelId = (await admin.createChannel({ kind: 'email', name: 'Toko Senja', config })).id;
    const colleague = await addColleague(admin, 'Ayu Pratiwi');
    ayu = { ...colleague, ...(await signedIn(browser, server, colleague, { undoSend: true })) };
    bima = await addColleague(admin, 'Bima Saputra');
    await admin.post(
      '/canned-answers',
      {
        ...{ shortcut: 'ganti', title: 'Penggantian barang', scope: 'all' },
        texts: { en: 'Dear {{customer.firstName}}, we replace it. Order {{order.number}}.' },
      },
      cannedAnswerSchema,
    );
    const first = await write('Mug saya pecah waktu dibuka.');
    caseId = String(first.caseId);
    number = Number(first.caseNumber);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await Promise.all([sink.stop(), database.drop()]);
  });

  it('fills a canned answer, and stops once for a blank that nobody knows', async () => {
    const { page } = ayu;
    await openCase(page);
    await composer(page).click();
    await page.keyboard.type('/gan');
    const list = page.getByRole('listbox', { name: 'Canned answers' });
    await list.getByRole('option', { name: /Penggantian barang/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await until(
      () => composer(page).inputValue(),
      (text) => text === 'Dear Sari, we replace it. Order {{order.number}}.',
    );
    await page.keyboard.press('Control+Enter');
    await strip(page, '{{order.number}} is not filled in.').waitFor();
    await page.getByRole('button', { name: 'Fill in' }).click();
    await page.keyboard.type('RS-2409');
    expect(await composer(page).inputValue()).toBe('Dear Sari, we replace it. Order RS-2409.');
  });

  it('gives an answer back that was sent by mistake, and sends it once when it is meant', async () => {
    const { page } = ayu;
    await page.keyboard.press('Control+Enter');
    await toast(page, 'Answer sent').getByRole('button', { name: /Undo/ }).click();
    await until(
      () => composer(page).inputValue(),
      (text) => text.includes('RS-2409'),
    );
    const held = await admin.get(`/cases/${caseId}/held-replies`, heldReplyListSchema);
    expect(held.items).toEqual([]);
    await composer(page).fill('Dear Sari, a new mug leaves today.');
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByRole('list', { name: 'Not sent yet' }).getByText('a new mug leaves today').waitFor();
    expect((await mailWith('a new mug leaves today')).html).toBe(false);
    await messageOf(page, 'a new mug leaves today').waitFor();
    expect(sink.mails).toHaveLength(1);
    expect((await readCase(admin, caseId)).status).toBe('resolved');
  }, 40_000);

  it('keeps a draft for every browser of its writer', async () => {
    const { page } = ayu;
    await composer(page).fill('Written at the desk');
    await page.locator('[data-kept="server"]').waitFor();
    const other = await signedIn(browser, server, ayu);
    await openCase(other.page);
    await until(
      () => composer(other.page).inputValue(),
      (text) => text === 'Written at the desk',
    );
    await composer(other.page).fill('Written at the desk, then on the sofa');
    await other.page.locator('[data-kept="server"]').waitFor();
    await other.context.close();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await until(
      () => composer(page).inputValue(),
      (text) => text === 'Written at the desk, then on the sofa',
    );
  });

  it('says who answered meanwhile, and sends only when told to all the same', async () => {
    const { page } = ayu;
    await composer(page).fill('Which colour would you like?');
    await reply(bima.client, caseId, { text: 'Warna apa, Bu?' });
    await strip(page, /Bima Saputra answered at/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Send anyway', exact: true }).waitFor();
    expect(await composer(page).inputValue()).toBe('Which colour would you like?');
    await page.getByRole('button', { name: 'Send anyway', exact: true }).click();
    await page.getByRole('list', { name: 'Not sent yet' }).getByText('Which colour').waitFor();
    await page.getByRole('list', { name: 'Not sent yet' }).getByRole('button', { name: 'Undo' }).click();
    await until(
      () => composer(page).inputValue(),
      (text) => text === 'Which colour would you like?',
    );
  });

  it('sends later, tells when the customer wrote before that, and gives it back', async () => {
    const { page } = ayu;
    await composer(page).fill('It arrives tomorrow.');
    await page.getByRole('button', { name: 'Send options' }).click();
    await page.getByRole('menuitem', { name: 'Send later…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /In an hour/ })
      .click();
    const held = page.getByRole('list', { name: 'Not sent yet' });
    await held.getByText('It arrives tomorrow.').waitFor();
    await write('Warna biru saja.');
    await held.getByText('The customer has written since.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await held.getByRole('button', { name: 'Edit' }).click();
    await until(
      () => composer(page).inputValue(),
      (text) => text === 'It arrives tomorrow.',
    );
    await held.waitFor({ state: 'detached' });
    expect(sink.mails.some(({ raw }) => raw.includes('It arrives tomorrow'))).toBe(false);
  });

  it('sends bold words and lists as HTML with the same in plain text', async () => {
    const { page } = ayu;
    await composer(page).fill('');
    await page.getByRole('button', { name: 'Formatting' }).click();
    await page.getByRole('toolbar', { name: 'Formatting' }).waitFor();
    await composer(page).click();
    await page.keyboard.type('It is ');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('blue');
    await page.keyboard.press('Control+b');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- one mug');
    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog');
    await preview.getByText(`Re: Mug pecah [#${String(number)}]`).waitFor();
    await preview.frameLocator('iframe').locator('strong', { hasText: 'blue' }).waitFor();
    await page.keyboard.press('Escape');
    await preview.waitFor({ state: 'detached' });
    await composer(page).click();
    await page.keyboard.press('Control+Enter');
    const again = page.getByRole('button', { name: 'Send anyway', exact: true });
    const sent = page.getByRole('list', { name: 'Not sent yet' });
    await again.or(sent).first().waitFor();
    if (await again.isVisible()) await again.click();
    await sent.getByRole('button', { name: 'Undo' }).waitFor();
    const mail = await mailWith('multipart/alternative');
    expect(mail.text?.trim()).toBe('It is blue\n\n- one mug');
    expect(mail.html).toContain('<strong>blue</strong>');
    expect(mail.html).toContain('<li>');
  }, 30_000);

  it('names a colleague in a note, and whispers to one', async () => {
    const { page } = ayu;
    await page.getByRole('button', { name: /^Note/ }).click();
    await note(page).fill('');
    await page.keyboard.type('@bim');
    await page.getByRole('listbox', { name: 'Colleagues' }).getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('tolong cek stok');
    await page.keyboard.press('Control+Enter');
    await messageOf(page, 'tolong cek stok').locator('b', { hasText: '@Bima Saputra' }).waitFor();
    await page.getByRole('button', { name: 'For the whole team' }).click();
    await page.getByRole('option', { name: 'Bima Saputra', exact: true }).click();
    await note(page).fill('Dia pelanggan lama');
    await page.keyboard.press('Control+Enter');
    await messageOf(page, 'Dia pelanggan lama').getByText('only you and Bima Saputra see this').waitFor();
    const notes = async (client: ApiClient) =>
      (await readTimeline(client, caseId)).filter((item) => item.type === 'note');
    const seen = await until(
      () => notes(bima.client),
      ({ length }) => length > 1,
    );
    expect(seen.map((item) => timelineNoteSchema.parse(item))).toMatchObject([
      { text: '@Bima Saputra tolong cek stok', mentions: [{ name: 'Bima Saputra' }], to: null },
      { text: 'Dia pelanggan lama', to: { name: 'Bima Saputra' } },
    ]);
    expect(await notes(admin)).toHaveLength(1);
    await page.getByRole('button', { name: /^Note/ }).click();
  });

  it('keeps what one was writing as a note when the case is taken, and says so', async () => {
    const { page } = ayu;
    const assign = async (client: ApiClient, agentId: string) => {
      const { version } = await readCase(admin, caseId);
      return client.put(`/cases/${caseId}/assignee`, { agentId, version }, caseSchema);
    };
    await assign(ayu.client, ayu.agent.id);
    await composer(page).fill('I was about to say this');
    await assign(bima.client, bima.agent.id);
    const told = strip(page, 'Bima Saputra took this case over from you.');
    await told.getByText('Your draft is kept as a note.').waitFor();
    await messageOf(page, 'I was about to say this').getByText('draft, never sent').waitFor();
    await until(
      () => composer(page).innerText(),
      (text) => text.trim() === '',
    );
    // the answer that was held back for Bima’s
    expect(ayu.errors.filter((text) => !text.includes('409'))).toEqual([]);
  });
});
