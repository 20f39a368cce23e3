import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { timelineNoteSchema } from '@loket/contracts/cases.js';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, signedIn, visit, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import {
  addColleague,
  type Colleague,
  listCases,
  readCase,
  readMessages,
  readTimeline,
  reply,
  signInAdmin,
} from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';
import { WidgetTab } from './support/widget.js';

const soon = { timeout: 20_000 };
type Person = Colleague & Visitor;

/** Two agents and a supervisor at their own screens, a customer at his: what happens to one is seen by the others. */
describe('a day at the desk', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let admin: ApiClient;
  let browser: Browser;
  let ayu: Person;
  let bima: Person;
  let maya: Person;
  let shop: Visitor;
  let chat: WidgetTab;
  let mailId: string;
  let mug: IntakeResult;
  let sent = 0;

  const write = (text: string, of = 'sari'): Promise<IntakeResult> =>
    admin.ingest(mailId, {
      externalId: `m-${String(sent++)}@pelanggan.example`,
      sender: { kind: 'email', value: `${of}@pelanggan.example`, name: `Ibu ${of}`, proof: 'verified' },
      sentAt: new Date().toISOString(),
      subject: `Pesanan ${of}`,
      text,
      thread: { references: [`${of}@pelanggan.example`] },
    });
  const openCase = async ({ page }: Person, number: number | null, view = 'all'): Promise<void> => {
    await page.goto(`/inbox/${view}/${String(number)}`);
    await page
      .getByRole('region', { name: /^(Timeline|Lini masa)$/ })
      .getByRole('article')
      .first()
      .waitFor(soon);
  };
  const strip = (page: Page, words: string | RegExp): Locator =>
    page.getByRole('alert').filter({ hasText: words });
  const assignTo = async (page: Page, whom: string, why?: string): Promise<void> => {
    await page.getByRole('button', { name: /Assign to…$/ }).click();
    const box = page.getByRole('dialog');
    if (why) await box.getByRole('textbox').last().fill(why);
    await box.getByRole('combobox').fill(whom);
    await box.getByRole('option', { name: whom }).first().waitFor(soon);
    await box.getByRole('combobox').press('Enter');
  };

  beforeAll(async () => {
    [database, browser, sink] = await Promise.all([freshDatabase(), openBrowser(), SmtpSink.start()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const config = { address: 'bantuan@toko.example', smtp };
    mailId = (await admin.createChannel({ kind: 'email', name: 'Surel', config })).id;
    const enter = async (name: string, role?: 'supervisor'): Promise<Person> => {
      const colleague = await addColleague(admin, name, { ...(role && { role }) });
      return { ...colleague, ...(await signedIn(browser, server, colleague)) };
    };
    [ayu, bima, maya] = await Promise.all([
      enter('Ayu Pratiwi'),
      enter('Bima Saputra'),
      enter('Maya Wijaya', 'supervisor'),
    ]);
    mug = await write('Mug saya pecah');
  }, 90_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await sink.stop();
    await database.drop();
  });

  it('warns once of what a colleague answered meanwhile, and sends when told to', async () => {
    await Promise.all([openCase(ayu, mug.caseNumber), openCase(bima, mug.caseNumber)]);
    await composer(ayu.page).pressSequentially('Boleh minta fotonya, Bu?');
    await composer(bima.page).fill('Kami kirim yang baru hari ini.');
    await bima.page.keyboard.press('Control+Enter');
    await strip(ayu.page, /Bima Saputra answered at/).waitFor(soon);
    await ayu.page.keyboard.press('Control+Enter');
    const again = ayu.page.getByRole('button', { name: 'Send anyway', exact: true });
    await again.first().waitFor(soon);
    const words = async (): Promise<string[]> =>
      (await readMessages(admin, String(mug.caseId))).map(({ text }) => text);
    expect(await words()).toEqual(['Mug saya pecah', 'Kami kirim yang baru hari ini.']);
    await again.first().click();
    await until(words, (all) => all.length === 3);
    // and not for the next one, which nobody came before
    await composer(ayu.page).fill('Nomor resinya menyusul.');
    await ayu.page.keyboard.press('Control+Enter');
    await until(words, (all) => all.includes('Nomor resinya menyusul.'));
    expect(await again.count()).toBe(0);
  }, 60_000);

  it('changes the language of one screen without loading it again, while news goes on', async () => {
    const { page } = bima;
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    await composer(page).pressSequentially('Sampai besok');
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('menuitem', { name: 'Bahasa Indonesia' }).click();
    await page.getByRole('listbox', { name: 'Daftar kasus' }).waitFor(soon);
    await write('Sudah saya kirim fotonya');
    await page.getByRole('article').filter({ hasText: 'Sudah saya kirim fotonya' }).waitFor(soon);
    expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
    expect(await page.getByRole('textbox', { name: 'Balasan', exact: true }).inputValue()).toBe(
      'Sampai besok',
    );
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('id');
    // the other screen has not been touched
    await messageOf(ayu.page, 'Sudah saya kirim fotonya').waitFor(soon);
    await page.getByRole('textbox', { name: 'Balasan', exact: true }).fill('');
  }, 60_000);

  it('keeps what is being written by whom a case is taken from', async () => {
    await openCase(ayu, mug.caseNumber);
    await ayu.page.keyboard.press('i');
    await until(async () => (await readCase(admin, String(mug.caseId))).assignee?.id === ayu.agent.id);
    await openCase(ayu, mug.caseNumber, 'mine');
    await Promise.all([openCase(maya, mug.caseNumber), bima.page.goto('/inbox/mine')]);
    await composer(ayu.page).pressSequentially('Sebentar, saya tanyakan dulu ke');
    await assignTo(maya.page, 'Bima Saputra', 'Ayu istirahat');
    const taken = strip(ayu.page, 'Bima Saputra has this case now');
    await taken.getByText('Reason from Maya Wijaya: Ayu istirahat').waitFor(soon);
    const notes = async () =>
      (await readTimeline(admin, String(mug.caseId)))
        .filter((item) => item.type === 'note')
        .map((item) => timelineNoteSchema.parse(item));
    const kept = await until(notes, (all) => all.some(({ text }) => text.endsWith('dulu ke')));
    expect(kept.every(({ draft, agent }) => draft && agent.id === ayu.agent.id)).toBe(true);
    await until(async () => (await composer(ayu.page).inputValue()) === '');
    await caseRow(ayu.page, 'Pesanan sari').and(ayu.page.locator('[data-gone]')).waitFor(soon);
    await bima.page.getByRole('option').filter({ hasText: 'Pesanan sari' }).waitFor(soon);
    // what he writes from now on is nobody's draft but his own
    await ayu.page.reload();
    await ayu.page.getByRole('listbox').or(ayu.page.getByRole('heading')).first().waitFor(soon);
    expect(await caseRow(ayu.page, 'Pesanan sari').count()).toBe(0);
  }, 60_000);

  it('whispers where no customer hears it', async () => {
    const { id } = await admin.createChannel({ kind: 'webchat', name: 'Toko', config: {} });
    shop = await visit(browser, server);
    chat = new WidgetTab(shop.page);
    await shop.page.goto(`${server.url}/demo/shop?channel=${id}&lang=en`);
    await chat.launcher.click();
    const start = chat.panel.getByRole('button', { name: 'Start chat' });
    await start.or(chat.field).first().waitFor(soon);
    if (await start.isVisible()) await start.click();
    await chat.write('Apakah bisa tukar warna?');
    const [found] = await until(
      () => listCases(admin, 'status=all&kind=webchat'),
      (all) => all.length === 1,
    );
    await openCase(ayu, found!.number);
    await ayu.page.keyboard.press('i');
    await openCase(maya, found!.number);
    await maya.page.getByRole('button', { name: 'Assigned to Ayu Pratiwi. Assign to…' }).waitFor(soon);
    await maya.page.getByRole('button', { name: 'More about this case' }).click();
    await maya.page.getByRole('menuitem', { name: 'Whisper to Ayu Pratiwi…' }).click();
    await maya.page.getByRole('dialog').getByRole('textbox').fill('Tawarkan ongkir gratis');
    await maya.page.keyboard.press('Control+Enter');
    await messageOf(ayu.page, 'Tawarkan ongkir gratis').waitFor(soon);
    // what the customer does hear came later
    await reply(ayu.client, found!.id, { text: 'Bisa, Bu.' });
    await chat.panel.getByText('Bisa, Bu.').waitFor(soon);
    expect(await shop.page.content()).not.toContain('Tawarkan');
    expect(await chat.panel.getByText('Tawarkan').count()).toBe(0);
    await shop.context.close();
  }, 60_000);

  it('works one case on a phone: opened, answered, done, and back', async () => {
    const lamp = await write('Lampunya tidak menyala', 'lina');
    const { page, context, errors } = await signedIn(browser, server, ayu, { width: 390, height: 844 });
    await page.goto('/inbox/all');
    await caseRow(page, 'Pesanan lina').click();
    await messageOf(page, 'Lampunya tidak menyala').waitFor(soon);
    await composer(page).click();
    await composer(page).pressSequentially('Kami ganti, Bu.');
    await page.getByRole('button', { name: /^Send/ }).first().click();
    await messageOf(page, 'Kami ganti, Bu.').waitFor(soon);
    await page.getByRole('button', { name: /^Status/ }).click();
    await page.getByRole('menuitemradio', { name: /^Done/ }).click();
    await until(async () => (await readCase(admin, String(lamp.caseId))).status === 'resolved');
    await page.waitForURL(/\/inbox\/all(\?|$)/, soon);
    await caseRow(page, 'Pesanan sari').waitFor(soon);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it('had no errors on their pages', () => {
    const errors = [...ayu.errors, ...bima.errors, ...maya.errors];
    // whom the server told that a colleague was quicker
    expect(errors.filter((error) => !error.includes('409'))).toEqual([]);
  });
});
