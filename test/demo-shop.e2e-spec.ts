import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, visit } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { WidgetTab } from './support/widget.js';

/** README, "First customer in five minutes": from a new server to a chat, without a mailbox. */
describe('the demo shop', () => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let admin: ApiClient;

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  it('tells a stranger to sign in, and creates nothing for him', async () => {
    const { page, context } = await visit(browser, server, { locale: 'id-ID' });
    await page.goto('/demo/shop');
    await page.getByRole('link', { name: 'Masuk ke Loket' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('id');
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  });

  it('lets only an admin create a chat', async () => {
    const { page, context } = await signedIn(browser, server, await addColleague(admin, 'Rani'));
    await page.goto('/demo/shop');
    await page.getByRole('button', { name: 'Create a web chat' }).click();
    await page.getByText('Only an admin can create a channel.').waitFor();
    await context.close();
  });

  it('has a first chat with one click, and what is written there stands in the inbox', async () => {
    const { page: inbox, context, errors } = await signedIn(browser, server);
    await inbox.goto('/setup');
    const opening = context.waitForEvent('page');
    await inbox.getByRole('link', { name: 'Coba dulu sebagai pelanggan di toko contoh' }).click();
    const page = await opening;
    await inbox.waitForURL('**/inbox/all');
    await page.goto('/demo/shop?lang=en');
    await page.getByRole('button', { name: 'Create a web chat' }).click();
    const tab = new WidgetTab(page);
    await tab.open();
    // Without a mailbox no code would come, so no address is asked for.
    await tab.write('Do you deliver to Malang?');
    await tab.panel.getByTitle(/Sent|Delivered/).waitFor();
    expect(await tab.panel.getByRole('textbox', { name: /e-mail/i }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await inbox.getByText('Do you deliver to Malang?').first().waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it('finds the only chat by itself, tells where the visitor looks, and asks which when there are several', async () => {
    const rani = await addColleague(admin, 'Sinta');
    const { page, context } = await signedIn(browser, server, rani, { width: 390, height: 844 });
    await page.goto('/demo/shop');
    await page.waitForURL(/channel=/);
    await new WidgetTab(page).launcher.waitFor();
    await page.getByRole('link', { name: /Embun vase/ }).click();
    expect(await page.title()).toBe('Embun vase · Rumah Senja');
    await page.getByRole('link', { name: 'Bahasa Indonesia' }).click();
    await page.getByRole('link', { name: /Vas Embun/ }).waitFor();
    await page.getByRole('button', { name: 'Buka obrolan' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await admin.createChannel({ kind: 'webchat', name: 'Cabang Malang' });
    await page.goto('/demo/shop');
    await page.getByRole('link', { name: 'Cabang Malang' }).click();
    await new WidgetTab(page).launcher.click();
    await page.getByRole('heading', { name: 'Cabang Malang' }).waitFor();
    await context.close();
  });
});
