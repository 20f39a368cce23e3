import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { type Channel, channelPageSchema, channelSchema } from '@loket/contracts/channels.js';
import { visitorCardsSchema } from '@loket/contracts/visitor-cards.js';
import { caseSchema } from '@loket/contracts/cases.js';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, visit, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { listCases, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { WidgetTab } from './support/widget.js';

/** An admin brings the chat to his site: the real console, the real widget, and a site of his own. */
describe('web chat in the settings', () => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let admin: ApiClient;
  let desk: Visitor;
  let page: Page;
  let site: Site;
  let id: string;

  beforeAll(async () => {
    [database, browser, site] = await Promise.all([freshDatabase(), openBrowser(), Site.start()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    await admin.patch('/me', { locale: 'en' }, agentSchema);
    desk = await signedIn(browser, server);
    page = desk.page;
  }, 60_000);

  afterEach(() => {
    expect(desk.errors.filter((error) => !/status of (400|409)/.test(error))).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await site.stop();
    await server.stop();
    await database.drop();
  });

  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const sites = () => page.getByRole('combobox', { name: 'Sites that may show the chat' });
  const codeWith = (words: string) => page.locator('code', { hasText: words });
  const read = (): Promise<Channel> => admin.get(`/channels/${id}`, channelSchema);
  /** what a browser does that has never been there: settings of the chat are cached for a minute */
  const stranger = async (url: string): Promise<WidgetTab & { leave: () => Promise<void> }> => {
    const { page: there, context } = await visit(browser, server);
    await there.goto(url);
    const chat = new WidgetTab(there);
    await chat.launcher.waitFor();
    return Object.assign(chat, { leave: () => context.close() });
  };
  const shop = () => stranger(`/demo/shop?channel=${id}&lang=en`);
  const save = async () => {
    const answer = page.waitForResponse((one) => one.request().method() === 'PATCH');
    await button('Save').click();
    expect((await answer).status()).toBe(200);
    await page.getByText('There are unsaved changes').waitFor({ state: 'detached' });
  };

  it('takes a name and a site; what it gives to put there lets visitors write', async () => {
    await page.goto('/settings/channels/new/webchat');
    await button('Save').click();
    await page.getByText('Enter a name, or a site.').waitFor();
    await field('Channel name').fill('Rumah Senja');
    await sites().fill(`${site.url}/contact?from=ad`);
    await sites().press('Enter');
    await page.getByText(site.url, { exact: true }).waitFor();
    await button('Save').click();
    await page.getByRole('heading', { name: 'Rumah Senja' }).waitFor();

    site.script = (await codeWith('<script src=').first().innerText()).trim();
    await page.getByText('Does the site have a Content-Security-Policy?').click();
    site.policy = (await codeWith('connect-src').innerText()).split('\n').join('; ');
    expect(await accessibilityFaults(page)).toEqual([]);
    id = (await admin.get('/channels', channelPageSchema)).items[0]!.id;
    expect((await read()).config).toMatchObject({ allowedOrigins: [site.url] });

    const chat = await stranger(site.url);
    await chat.open();
    await chat.write('Is anybody there?');
    await chat.panel.getByTitle('Delivered').waitFor();
    expect((await listCases(admin))[0]).toMatchObject({ preview: 'Is anybody there?' });
    expect(chat.errors).toEqual([]);
    await chat.leave();
  });

  it('says what is no site, also where only the server knows', async () => {
    await sites().fill('*.toko.example');
    await sites().press('Enter');
    await tab('Look').click();
    await button('Save').click();
    await page.getByText('Enter each site by itself.').waitFor();
    expect(await tab('Installing').getAttribute('aria-selected')).toBe('true');
    expect(await accessibilityFaults(page)).toEqual([]);
    await sites().press('Backspace');
    await sites().fill(`https://${`${'a'.repeat(60)}.`.repeat(5)}example`);
    await sites().press('Enter');
    await tab('Look').click();
    await button('Save').click();
    await page.getByText('This is not right yet.', { exact: false }).last().waitFor();
    expect(await tab('Installing').getAttribute('aria-selected')).toBe('true');
    await sites().press('Backspace');
    await page.getByText('There are unsaved changes').waitFor({ state: 'detached' });
  });

  it('shows a new colour at once, and the chat wears it', async () => {
    await tab('Look').click();
    await field('Colour').fill('#ffd54a');
    await page.getByText('This colour is light, so words on it are black').waitFor();
    await field('Greeting, English').fill('Welcome to the shop');
    const preview = page.getByRole('img', { name: 'Preview of the chat with Rumah Senja' });
    await preview.getByText('Welcome to the shop').waitFor();
    expect(await preview.evaluate((stage) => getComputedStyle(stage).getPropertyValue('--accent'))).toBe(
      '#ffd54a',
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    await save();

    const chat = await shop();
    const worn = await chat.launcher.evaluate((launcher) => getComputedStyle(launcher).backgroundColor);
    expect(worn).toBe('rgb(255, 213, 74)');
    await chat.open();
    await chat.panel.getByText('Welcome to the shop').waitFor();
    await chat.leave();
  });

  it('asks before the chat what is set there, in that order', async () => {
    await tab('Form').click();
    await button('Add a question').click();
    await button('Add a question').click();
    await page.getByRole('listitem', { name: 'Question 2' }).getByRole('switch').check();
    await button('Move question 2 up').click();
    await field('Consent text, English').fill('We keep what you write.');
    expect(await accessibilityFaults(page)).toEqual([]);
    await save();
    expect((await read()).config).toMatchObject({
      preChat: [
        { id: 'email', kind: 'email', required: true },
        { id: 'name', kind: 'name', required: false },
      ],
    });

    const chat = await shop();
    await chat.launcher.click();
    expect(await chat.panel.locator('.field label').allInnerTexts()).toEqual([
      'Email address',
      'Name (optional)',
    ]);
    await chat.panel.getByText('We keep what you write.').waitFor();
    await chat.leave();
  });

  it('keeps hours, files and what goes on by mail', async () => {
    await tab('Hours').click();
    await page.getByText('Certain hours').click();
    await page.getByRole('checkbox', { name: 'Saturday' }).check();
    await page.getByLabel('Saturday, to').fill('13:00');
    await page.getByLabel('Monday, from').fill('08:30');
    expect(await accessibilityFaults(page)).toEqual([]);
    await tab('Files & answers').click();
    await page.getByLabel('Largest size of one file').fill('26');
    await button('Save').click();
    await page.getByText('Enter between 0.01 and 25.').waitFor();
    await page.getByLabel('Largest size of one file').fill('2.5');
    await page.getByLabel('Wait for the visitor’s screen for').fill('5');
    expect(await accessibilityFaults(page)).toEqual([]);
    await save();
    const { config } = await read();
    expect(config).toMatchObject({
      officeHours: { timeZone: 'Asia/Jakarta' },
      files: { maxBytes: 2_500_000 },
      continuity: { on: true, afterSeconds: 5 },
    });
    const { week } = config['officeHours'] as { week: { day: number; from: string; to: string }[] };
    expect(week.map(({ day, from, to }) => `${String(day)} ${from}-${to}`)).toEqual([
      '1 08:30-17:00',
      ...[2, 3, 4, 5].map((day) => `${String(day)} 09:00-17:00`),
      '6 09:00-13:00',
    ]);
  });

  it('shows the key once; with it, and the code beside it, the site says who it is', async () => {
    await tab('Look').click();
    await field('Title of the chat').fill('Senja');
    await tab('Identity').click();
    await button('Make a key').click();
    await dialog().getByRole('button', { name: 'Make a key' }).click();
    await dialog().getByText('The key is shown only this once.', { exact: false }).waitFor();
    const key = (await dialog().locator('code').innerText()).trim();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('The key is stored and not shown again.').waitFor();
    expect(await page.content()).not.toContain(key);
    expect(await accessibilityFaults(page)).toEqual([]);
    const node = await codeWith('createHmac').innerText();
    // what was typed before is still there, and its saving is no conflict with the key
    await save();
    expect((await read()).config).toMatchObject({ title: 'Senja', identity: { on: true, hasSecret: true } });

    const jwt = await signedByNode(node, key, { id: 7, name: 'Dewi', email: 'dewi@customer.example' });
    const chat = await shop();
    await chat.page.evaluate((token) => window.Loket?.identify(token), jwt);
    await chat.launcher.click();
    await chat.panel.getByRole('textbox', { name: 'Email address' }).fill('dewi@customer.example');
    await chat.panel.getByRole('checkbox').check();
    await chat.panel.getByRole('button', { name: 'Start chat' }).click();
    await chat.write('It is me');
    const provenBy = async () => {
      const found = (await listCases(admin)).find(({ preview }) => preview === 'It is me');
      if (!found) return null;
      const { customer } = await admin.get(`/cases/${found.id}`, caseSchema);
      const { items } = await admin.get(`/customers/${customer.id}/visitors`, visitorCardsSchema);
      return items[0]?.provenBy;
    };
    await until(async () => (await provenBy()) === 'signed_identity');
    await chat.leave();
  });

  it('warns before a key is replaced', async () => {
    await button('Make a new key').click();
    await dialog().getByText('The old key stops counting at once.', { exact: false }).waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
  });

  it('asks whose settings count when somebody else was quicker', async () => {
    await tab('Look').click();
    await field('Title of the chat').fill('Mine');
    const { config } = await read();
    // the form hears of it; what it started from is no longer what is there
    await admin.patch(`/channels/${id}`, { config: { ...config, title: 'Theirs' } }, channelSchema);
    await button('Save').click();
    await button('Use theirs').click();
    expect(await field('Title of the chat').inputValue()).toBe('Theirs');
    await until(() => button('Save').isDisabled());
  });
});

/** Runs the code that the settings give for a site's server, as it stands there. */
async function signedByNode(code: string, key: string, user: object): Promise<string> {
  const program = `${code}\nprocess.stdout.write(loketJwt(${JSON.stringify(user)}));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, LOKET_VISITOR_KEY: key },
  });
  return stdout;
}

/** Somebody's site on another origin, with what he was given put into its page and its policy. */
class Site {
  script = '';
  policy = '';
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Site> {
    const server = createServer();
    const site = new Site(server);
    server.on('request', (request, response) => {
      if (request.url === '/favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; ${site.policy}`,
      });
      response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>${site.script}</html>`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
