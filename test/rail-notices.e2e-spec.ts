import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseCountsSchema, caseSchema } from '@loket/contracts/cases.js';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { noticePageSchema } from '@loket/contracts/notices.js';
import { savedViewListSchema, savedViewSchema } from '@loket/contracts/saved-views.js';
import { teamSchema } from '@loket/contracts/teams.js';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, type Colleague, readCase, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

/** What a page told the operating system to show. */
interface Shown {
  shown: { title: string; body: string }[];
}

/** Two agents and a supervisor: who is there, what waits where, and what each is told. */
describe('the rail and its notices', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let browser: Browser;
  let maya: Colleague;
  let ayu: Colleague & Visitor;
  let bima: Colleague & Visitor;
  let channelId: string;
  let sent = 0;

  const write = (subject: string): Promise<IntakeResult> =>
    admin.ingest(channelId, {
      externalId: `m-${String(sent)}`,
      sender: { kind: 'email', value: `c${String(sent++)}@pelanggan.example`, name: 'Dewi Anggraini' },
      sentAt: new Date().toISOString(),
      subject,
      text: 'Mohon dibantu.',
    });
  const assign = async (by: ApiClient, caseId: string | null, agentId: string, reason?: string) => {
    const { version } = await readCase(by, String(caseId));
    const body = { agentId, version, ...(reason && { reason }) };
    await by.put(`/cases/${String(caseId)}/assignee`, body, caseSchema);
  };
  const rail = (page: Page) => page.getByRole('navigation', { name: 'Main navigation' });
  const place = (page: Page, name: string | RegExp) => rail(page).getByRole('link', { name });
  const faults = async (page: Page) => expect(await accessibilityFaults(page)).toEqual([]);

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const config = { address: 'bantuan@toko.example' };
    channelId = (await admin.createChannel({ kind: 'email', name: 'Surel', config })).id;
    maya = await addColleague(admin, 'Maya Anggun', { role: 'supervisor' });
    const enter = async (name: string): Promise<Colleague & Visitor> => {
      const colleague = await addColleague(admin, name);
      return { ...colleague, ...(await signedIn(browser, server, colleague)) };
    };
    ayu = await enter('Ayu Pratiwi');
    bima = await enter('Bima Saputra');
    // the page believes that it lies behind another window, and the system lets it show its own
    await bima.context.addInitScript(() => {
      const shown: Shown['shown'] = [];
      class FakeNotification {
        static permission = 'granted';
        static requestPermission = () => Promise.resolve('granted');
        constructor(title: string, options?: { body?: string }) {
          shown.push({ title, body: options?.body ?? '' });
        }
      }
      Object.assign(window, { Notification: FakeNotification, shown });
      document.hasFocus = () => false;
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  it('who loses a case is told while he types in another, by whom and why; who gets it opens it from there', async () => {
    const mug = await write('Mug retak');
    const vase = await write('Vas pecah');
    await assign(ayu.client, mug.caseId, ayu.agent.id);
    await ayu.page.goto(`/inbox/all/${String(vase.caseNumber)}`);
    await bima.page.goto('/inbox/mine');
    await place(bima.page, /^My inbox/).waitFor();
    await ayu.page.getByRole('region', { name: 'Timeline' }).getByRole('article').first().waitFor();
    await ayu.page.keyboard.press('n');
    await ayu.page.waitForFunction(() => document.activeElement?.matches('textarea, [contenteditable]'));
    await ayu.page.keyboard.type('Tanya gudang');
    await assign(maya.client, mug.caseId, bima.agent.id, 'Ayu cuti siang ini');

    const number = `#${String(mug.caseNumber)}`;
    const taken = ayu.page.getByRole('alert').filter({ hasText: 'moved case' });
    await taken.getByText(`Maya Anggun moved case ${number} from you to Bima Saputra`).waitFor();
    await taken.getByText('Reason: Ayu cuti siang ini').waitFor();
    await faults(ayu.page);

    const card = bima.page.getByRole('region', { name: 'New notifications' });
    await bima.page.waitForFunction(() => document.title.startsWith('(1) '));
    const windows = await until(
      () => bima.page.evaluate(() => (window as unknown as Shown).shown),
      (shown) => shown.length > 0,
    );
    expect(windows).toEqual([{ title: `Maya Anggun gave you case ${number}`, body: 'Ayu cuti siang ini' }]);
    await card.getByRole('link').click();
    await bima.page.waitForURL(/\/inbox\/all\/\d+$/);
    await bima.page.waitForFunction(() => !document.title.startsWith('('));
    await until(async () => (await bima.client.get('/me/notices', noticePageSchema)).unread === 0);

    await bima.page.getByRole('button', { name: 'Open notifications' }).click();
    const list = bima.page.getByRole('region', { name: 'Notifications', exact: true });
    await list.getByRole('link', { name: `Maya Anggun gave you case ${number}` }).waitFor();
    await faults(bima.page);
    await bima.page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
  });

  it('a break is seen by colleagues, and counts follow without a reload', async () => {
    await admin.post(
      '/teams',
      { name: 'Retur & garansi', memberIds: [ayu.agent.id], channelIds: [channelId] },
      teamSchema,
    );
    await place(ayu.page, 'Retur & garansi').waitFor();
    await write('Piring pecah');
    const there = bima.page.getByRole('region', { name: 'On duty' });
    await there.getByText('Ayu Pratiwi, Available').waitFor({ state: 'attached' });
    await ayu.page.getByRole('button', { name: /^My availability: Ayu Pratiwi Available/ }).click();
    await ayu.page.getByRole('menuitemradio', { name: /^On break/ }).click();
    await ayu.page.getByRole('button', { name: /^My availability: Ayu Pratiwi On break/ }).waitFor();
    await there.getByText('Ayu Pratiwi, On break').waitFor({ state: 'attached' });
    await place(ayu.page, /Retur & garansi\s*1$/).waitFor();
    await place(ayu.page, /My teams\s*1$/).click();
    await ayu.page.waitForURL(/\/inbox\/teams/);
  });

  it('a list is kept under a name, renamed, thrown away and brought back', async () => {
    const { page } = ayu;
    await page.goto('/inbox/unassigned?status=all');
    await page.getByRole('button', { name: 'Save this view' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save this view' });
    await dialog.getByText('Any status').waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('COD');
    await page.keyboard.press('Enter');
    await place(page, 'COD').and(page.locator('[aria-current=page]')).waitFor();
    await page.getByRole('button', { name: 'Menu for COD' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('COD lama');
    await page.keyboard.press('Enter');
    await place(page, 'COD lama').waitFor();
    await page.getByRole('button', { name: 'Menu for COD lama' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await place(page, 'COD lama').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Undo/ }).click();
    await place(page, 'COD lama').waitFor();
    const { items } = await ayu.client.get('/views', savedViewListSchema);
    expect(items).toEqual([
      expect.objectContaining({
        name: 'COD lama',
        shared: false,
        filter: { view: 'unassigned', status: 'all', sort: 'newest' },
      }),
    ]);
  });

  it('what a supervisor shares stands in every rail with its number, as he leaves it', async () => {
    const mayas = { name: 'Belum diambil', shared: true, filter: { view: 'unassigned', status: 'open' } };
    const waiting = (await maya.client.get('/cases/counts', caseCountsSchema)).unassigned;
    const { id } = await maya.client.post('/views', mayas, savedViewSchema);
    await place(ayu.page, /^Belum diambil/).waitFor();
    // numbers come when they are due; after one's own hand, at once
    const own = { name: 'Punya saya', filter: mayas.filter };
    await ayu.client.post('/views', own, savedViewSchema);
    await place(ayu.page, new RegExp(`^Punya saya ?${String(waiting)}$`)).waitFor();
    await place(ayu.page, new RegExp(`^Belum diambil.*${String(waiting)}$`)).waitFor();
    await maya.client.patch(`/views/${id}`, { name: 'Siapa mau' }, savedViewSchema);
    await place(ayu.page, /^Siapa mau/).waitFor();
    await maya.client.delete(`/views/${id}`);
    await place(ayu.page, /^Siapa mau/).waitFor({ state: 'detached' });
  });

  it('on a phone the rail comes over the page; how one is told is chosen there too', async () => {
    const { page } = ayu;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    const drawer = page.getByRole('dialog', { name: 'Loket' });
    await drawer.getByRole('link', { name: /^My teams/ }).waitFor();
    await faults(page);
    await drawer.getByRole('link', { name: 'Settings' }).click();
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Notifications' }).click();
    const sound = 'A case is given to me: Sound';
    await page.getByRole('checkbox', { name: sound }).click();
    await page.getByRole('checkbox', { name: sound, checked: false }).waitFor();
    await page.getByRole('switch', { name: 'Use quiet hours' }).click();
    await page.getByRole('switch', { name: 'Use quiet hours', checked: true }).waitFor();
    await page.getByLabel('From').fill('20:15');
    await faults(page);
    await page.reload();
    await page.getByRole('checkbox', { name: 'A case is given to me: Sound', checked: false }).waitFor();
    expect(await page.getByLabel('From').inputValue()).toBe('20:15');
    // nothing is pushed without keys, and nobody is offered what does not work
    expect(await page.getByText('Call me on this device').count()).toBe(0);
  });

  it('the worker shows what is pushed, says when there is no connection, and keeps nothing of the console', async () => {
    const { page, context } = bima;
    await context.grantPermissions(['notifications'], { origin: server.url });
    const cdp = await context.newCDPSession(page);
    const registered = new Promise<string>((done) => {
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [first] = registrations;
        if (first) done(first.registrationId);
      });
    });
    await cdp.send('ServiceWorker.enable');
    const registrationId = await registered;
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const message = { tag: 'n1', title: 'Maya gave you case #7', body: '', path: '/inbox/all/7' };
    const data = JSON.stringify(message);
    await cdp.send('ServiceWorker.deliverPushMessage', { origin: server.url, registrationId, data });
    const shown = await until(
      () =>
        page.evaluate(async () => {
          const worker = await navigator.serviceWorker.ready;
          return (await worker.getNotifications()).map(({ title, tag }) => ({ title, tag }));
        }),
      (all) => all.length > 0,
    );
    expect(shown).toEqual([{ title: 'Maya gave you case #7', tag: 'n1' }]);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toEqual(['/offline.html']);
    await context.setOffline(true);
    await page.goto('/inbox/mine').catch(() => undefined);
    await page.getByRole('heading', { name: 'Tidak ada sambungan' }).waitFor();
    await context.setOffline(false);
    await page.getByRole('link', { name: /Try again/ }).click();
    await place(page, /^My inbox/).waitFor();
  });
});
