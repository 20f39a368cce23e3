import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseSchema } from '@loket/contracts/cases.js';
import { customerSchema } from '@loket/contracts/customers.js';
import { caseOperationSchema } from '@loket/contracts/operations.js';
import { suggestionCountsSchema } from '@loket/contracts/suggestions.js';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow, messageOf, showArrivals } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import {
  addColleague,
  type Colleague,
  listCases,
  readCase,
  readMessages,
  signInAdmin,
} from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

const soon = { timeout: 10_000 };
/** Milliseconds within which a colleague sees what the server has confirmed. */
const atOnce = 2000;

/** Merging, splitting and taking back, by two agents who look at the same cases. */
describe('two agents at one desk', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let browser: Browser;
  let ayu: Colleague & Visitor;
  let bima: Colleague & Visitor;
  const channels = { email: '', whatsapp: '', webchat: '' };
  let sent = 0;

  const sari = {
    kind: 'email',
    value: 'sari@pelanggan.example',
    name: 'Sari Dewi',
    proof: 'verified',
  } as const;
  const sariOnWhatsapp = { ...sari, kind: 'whatsapp', value: '+6281234567890' } as const;

  const write = (
    kind: keyof typeof channels,
    sender: Parameters<ApiClient['ingest']>[1]['sender'],
    text: string,
    more: { subject?: string; conversation?: string } = {},
  ): Promise<IntakeResult> =>
    admin.ingest(channels[kind], {
      externalId: `m-${String(sent++)}`,
      sender,
      sentAt: new Date().toISOString(),
      text,
      ...(more.subject && { subject: more.subject }),
      ...(more.conversation && { thread: { conversation: more.conversation } }),
    });

  const dialog = (page: Page) => page.getByRole('dialog');
  const toast = (page: Page, words: string | RegExp) => page.getByRole('status').filter({ hasText: words });
  const openCase = async (page: Page, number: number | null) => {
    await page.goto(`/inbox/all/${String(number)}`);
    await page.getByRole('region', { name: 'Timeline' }).getByRole('article').first().waitFor();
  };
  const at = (page: Page, number: number | null) =>
    page.waitForURL(new RegExp(`/inbox/all/${String(number)}$`), soon);

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    channels.email = (
      await admin.createChannel({ kind: 'email', name: 'Surel', config: { address: 'bantuan@toko.example' } })
    ).id;
    channels.whatsapp = (await admin.createChannel({ kind: 'whatsapp', name: 'WA', config: {} })).id;
    channels.webchat = (await admin.createChannel({ kind: 'webchat', name: 'Situs', config: {} })).id;
    const enter = async (name: string): Promise<Colleague & Visitor> => {
      const colleague = await addColleague(admin, name);
      return { ...colleague, ...(await signedIn(browser, server, colleague)) };
    };
    ayu = await enter('Ayu Pratiwi');
    bima = await enter('Bima Saputra');
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  let mug: IntakeResult;
  let postage: IntakeResult;

  it('merge by keyboard: the colleague’s list and open case follow', async () => {
    mug = await write('email', sari, 'Mug pesanan RS-2409 pecah waktu saya buka paketnya.', {
      subject: 'Mug pecah',
    });
    await admin.post(
      `/customers/${String(mug.customerId)}/identities`,
      {
        kind: 'whatsapp',
        value: sariOnWhatsapp.value,
        proof: 'verified',
      },
      customerSchema,
    );
    postage = await write('email', sari, 'Berapa ongkos kirim lampu Senja ke Makassar untuk dua unit?', {
      subject: 'Ongkir ke Makassar',
    });
    expect(postage.caseId).not.toBe(mug.caseId);
    await Promise.all([openCase(ayu.page, postage.caseNumber), openCase(bima.page, postage.caseNumber)]);
    await caseRow(bima.page, 'Ongkir ke Makassar').waitFor();

    await ayu.page.keyboard.press('m');
    const form = dialog(ayu.page);
    await form.getByRole('option', { name: 'Mug pecah' }).waitFor();
    await form.getByRole('region', { name: 'Result' }).getByText('Mug pecah').first().waitFor();
    const merge = form.getByRole('button', { name: `Merge into #${String(mug.caseNumber)}` });
    await until(() => merge.isEnabled());
    await ayu.page.keyboard.press('Enter');
    await ayu.page.keyboard.press('Enter');

    await toast(ayu.page, `#${String(postage.caseNumber)} merged into`).waitFor(soon);
    const confirmed = Date.now();
    await at(bima.page, mug.caseNumber);
    await caseRow(bima.page, 'Ongkir ke Makassar').waitFor({ state: 'hidden', ...soon });
    expect(Date.now() - confirmed).toBeLessThan(atOnce);
    await at(ayu.page, mug.caseNumber);
    await caseRow(ayu.page, 'Ongkir ke Makassar').waitFor({ state: 'hidden', ...soon });
    await bima.page
      .getByText(`#${String(postage.caseNumber)} was merged into #${String(mug.caseNumber)}.`)
      .waitFor(soon);
    for (const { page } of [ayu, bima]) {
      await messageOf(page, 'ongkos kirim lampu').waitFor(soon);
      await page.getByText(`Ayu Pratiwi merged #${String(postage.caseNumber)} into this case`).waitFor(soon);
    }
    expect((await readCase(admin, String(postage.caseId))).id).toBe(mug.caseId);
  }, 30_000);

  it('take the merge back from the toast', async () => {
    await ayu.page.keyboard.press('z');
    await at(ayu.page, postage.caseNumber);
    await toast(ayu.page, 'Undone').waitFor(soon);
    await caseRow(ayu.page, 'Ongkir ke Makassar').waitFor(soon);
    await messageOf(ayu.page, 'ongkos kirim lampu').waitFor(soon);
    await messageOf(bima.page, 'ongkos kirim lampu').waitFor({ state: 'hidden', ...soon });
    await bima.page.getByText('Ayu Pratiwi undid a merge').waitFor(soon);
    await showArrivals(bima.page);
    await caseRow(bima.page, 'Ongkir ke Makassar').waitFor();
    expect((await readCase(admin, String(postage.caseId))).id).toBe(postage.caseId);
  }, 30_000);

  it('say that a join was automatic, why, and take it back in place', async () => {
    await write('email', sari, 'Sudah selesai, terima kasih, urusan ongkirnya saya batalkan.', {
      subject: `Ongkir ke Makassar #${String(postage.caseNumber)}`,
    });
    const { version } = await readCase(admin, String(postage.caseId));
    await admin.patch(`/cases/${String(postage.caseId)}`, { status: 'resolved', version }, caseSchema);
    const again = await write(
      'whatsapp',
      sariOnWhatsapp,
      'kak tadi saya email soal mug pesanan RS-2409 yang pecah waktu paket dibuka, gimana ya?',
      { conversation: '6281234567890@s' },
    );
    expect(again.match?.rule).toBe('duplicate_text');
    await openCase(ayu.page, mug.caseNumber);
    await openCase(bima.page, mug.caseNumber);
    const marker = ayu.page.getByRole('region', { name: 'Joined automatically' });
    await marker.getByRole('button', { name: 'Why here?' }).click();
    await marker.getByText('The same order number').waitFor();
    await marker.getByRole('button', { name: 'Undo' }).click();
    await messageOf(ayu.page, 'kak tadi saya email').waitFor({ state: 'hidden', ...soon });
    await messageOf(bima.page, 'kak tadi saya email').waitFor({ state: 'hidden', ...soon });
    await ayu.page.getByText(/Ayu Pratiwi split 1 message out into #\d+/).waitFor(soon);

    await ayu.page.keyboard.press('z');
    await messageOf(ayu.page, 'kak tadi saya email').waitFor(soon);
    await messageOf(bima.page, 'kak tadi saya email').waitFor(soon);
    expect(await readMessages(admin, String(mug.caseId))).toHaveLength(2);
  }, 30_000);

  it('split a conversation out, with both results shown before', async () => {
    await messageOf(ayu.page, 'kak tadi saya email')
      .getByRole('button', { name: 'More about this message' })
      .click();
    await ayu.page.getByRole('menuitem', { name: 'Split this conversation out…' }).click();
    const form = dialog(ayu.page);
    const stays = form.getByRole('region', { name: `#${String(mug.caseNumber)} keeps` });
    await stays.getByText('1 message').waitFor();
    await form.getByRole('textbox', { name: 'Title of the new case' }).fill('Tukar mug lewat WhatsApp');
    await ayu.page.keyboard.press('Control+Enter');
    await messageOf(bima.page, 'kak tadi saya email').waitFor({ state: 'hidden', ...soon });
    await caseRow(ayu.page, 'Tukar mug lewat WhatsApp').waitFor(soon);
    await showArrivals(bima.page);
    await caseRow(bima.page, 'Tukar mug lewat WhatsApp').waitFor();
  }, 30_000);

  it('lead the old number on, with a word about it', async () => {
    const split = (await listCases(admin)).find(({ subject }) => subject === 'Tukar mug lewat WhatsApp');
    const { operation } = await admin.post(
      `/cases/${String(split?.number)}/merge`,
      { into: String(mug.caseNumber) },
      caseOperationSchema,
    );
    expect(operation.moved.messages).toBe(1);
    const { page } = bima;
    await page.goto(`/inbox/all/${String(split?.number)}`);
    await at(page, mug.caseNumber);
    await page
      .getByText(`#${String(split?.number)} was merged into #${String(mug.caseNumber)}.`)
      .waitFor(soon);
    await messageOf(page, 'kak tadi saya email').waitFor(soon);
  }, 30_000);

  it('decide suggestions by keyboard, and take decisions back', async () => {
    const lina = { kind: 'email', value: 'lina.hartati@surat.example', name: 'Lina Hartati' } as const;
    await write('email', { ...lina, proof: 'verified' }, 'Kursi rotan pesanan KR-5531 patah di kaki kiri.', {
      subject: 'Kursi rotan patah',
    });
    const also = [{ kind: 'email', value: lina.value, proof: 'claimed', source: 'form' }] as const;
    const visitor = { kind: 'visitor', value: 'v-77', name: 'lina h.', proof: 'claimed' } as const;
    const words = 'halo, kursi rotan saya patah kaki kirinya, pesanan KR-5531';
    await write('webchat', { ...visitor, also: [...also] }, words, { conversation: 'v-77' });
    const counts = () => admin.get('/suggestions/counts', suggestionCountsSchema);
    await until(counts, (found) => found.case === 1 && found.customer === 1, 30_000);
    const { page } = ayu;
    await page.goto('/suggestions');
    const rows = page.getByRole('option');
    await rows.nth(1).waitFor();
    await page
      .getByRole('link', { name: /Suggestions/ })
      .getByText('2')
      .waitFor();

    // people: no, and then yes it may be
    await page.getByText('People 1').click();
    await page.getByRole('heading', { name: 'Are these the same person?' }).waitFor();
    await page.keyboard.press('x');
    await page.getByText('Nothing to decide').waitFor();
    await page.keyboard.press('z');
    await page.getByRole('heading', { name: 'Are these the same person?' }).waitFor();
    expect(await counts()).toMatchObject({ customer: 1 });
    await page.keyboard.press('x');
    await toast(page, 'It is not suggested again').waitFor();

    // cases: yes; what was dismissed before can no longer be taken back and is told to the server
    await page.getByText('All', { exact: true }).click();
    await page.getByRole('heading', { name: 'Are these the same case?' }).waitFor();
    await page.keyboard.press('y');
    await toast(page, 'Cases merged').waitFor(soon);
    await until(counts, (found) => found.case === 0 && found.customer === 0);
    await page.getByText('Nothing to decide').waitFor();
    await page.keyboard.press('z');
    await toast(page, 'Undone').waitFor(soon);
  }, 60_000);

  it('are not hindered in either theme', async () => {
    const { page } = ayu;
    await openCase(page, mug.caseNumber);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const faults = async (name: string) =>
        (await accessibilityFaults(page)).map((fault) => `${colorScheme} ${name}: ${fault}`);
      expect(await faults('case')).toEqual([]);
      await page.keyboard.press('m');
      await dialog(page).getByRole('combobox').fill('kursi rotan');
      await dialog(page).getByRole('region', { name: 'Result' }).waitFor();
      expect(await faults('merge')).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });
      await page.keyboard.press('Shift+M');
      await dialog(page).getByRole('checkbox').first().waitFor();
      expect(await faults('split')).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'More about this case' }).click();
      await page.getByRole('menuitem', { name: 'History of merges' }).click();
      await dialog(page).getByRole('listitem').first().waitFor();
      expect(await faults('history')).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });
    }
  }, 60_000);

  it('had no errors on their pages', () => {
    expect([...ayu.errors, ...bima.errors]).toEqual([]);
  });
});
