import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { caseSchema } from '@loket/contracts/cases.js';
import { incidentDetailSchema } from '@loket/contracts/incidents.js';
import { createdInvitationsSchema } from '@loket/contracts/invitations.js';
import { teamSchema } from '@loket/contracts/teams.js';
import type { Browser, Locator, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, visit, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { listCases, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';

interface Place {
  name: string;
  /** with `:case` for the number of a case, `:channel` for a mailbox, `:incident`, `:me` */
  path: string;
  /** what is there once the page stands */
  ready: (page: Page) => Locator;
  /** opens something on it, by keyboard */
  open?: (page: Page) => Promise<void>;
}

const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { level: 1, name });
const dialog = (page: Page): Locator => page.getByRole('dialog');
const row = (page: Page): Locator => page.getByRole('option').first();
/** Presses a key as somebody does who is going through the list. */
const fromList = (key: string) => async (page: Page) => {
  await page.getByRole('listbox').focus();
  await page.keyboard.press(key);
};
const timeline = (page: Page): Locator =>
  page.getByRole('region', { name: 'Timeline' }).getByRole('article').first();

/** Every page of the console, for an admin who reads English. A new page joins here. */
const places: readonly Place[] = [
  { name: 'the inbox', path: '/inbox/all', ready: row },
  { name: 'an empty view', path: '/inbox/mentions', ready: (page) => page.getByRole('heading').first() },
  { name: 'an open case', path: '/inbox/all/:case', ready: timeline },
  { name: 'suggestions', path: '/suggestions', ready: heading('Suggestions') },
  { name: 'the board', path: '/board', ready: heading('Live board') },
  { name: 'incidents', path: '/incidents', ready: heading('Incidents') },
  {
    name: 'an incident',
    path: '/incidents/:incident',
    ready: (page) => page.getByRole('main').getByRole('heading', { name: 'Gudang banjir' }),
  },
  { name: 'quarantine', path: '/quarantine', ready: heading('Quarantine') },
  { name: 'channels', path: '/settings/channels', ready: heading('Channels') },
  { name: 'kinds of channels', path: '/settings/channels/new', ready: heading('Add channel') },
  { name: 'a new mailbox', path: '/settings/channels/new/email', ready: heading(/New channel/) },
  { name: 'a new number', path: '/settings/channels/new/whatsapp', ready: heading(/New channel/) },
  { name: 'a new chat', path: '/settings/channels/new/webchat', ready: heading(/New channel/) },
  { name: 'a new line', path: '/settings/channels/new/phone', ready: heading(/New channel/) },
  { name: 'a mailbox', path: '/settings/channels/:channel', ready: heading('Surel') },
  { name: 'matching', path: '/settings/matching', ready: heading('Matching') },
  { name: 'general', path: '/settings/general', ready: heading('General') },
  { name: 'business hours', path: '/settings/hours', ready: heading('Business hours') },
  { name: 'languages', path: '/settings/languages', ready: heading('Languages') },
  { name: 'tags', path: '/settings/tags', ready: heading('Tags') },
  { name: 'canned answers', path: '/settings/canned-answers', ready: heading('Canned answers') },
  {
    name: 'a canned answer',
    path: '/settings/canned-answers/new',
    ready: (page) => page.getByRole('textbox', { name: 'Shortcut' }),
  },
  { name: 'people', path: '/settings/people', ready: heading('People') },
  { name: 'a person', path: '/settings/people/:me', ready: (page) => page.getByLabel('At most') },
  { name: 'teams', path: '/settings/teams', ready: heading('Teams') },
  { name: 'a team', path: '/settings/teams/:team', ready: (page) => page.getByLabel('Name of the team') },
  { name: 'sign-in rules', path: '/settings/sign-in', ready: heading('Sign-in rules') },
  { name: 'tokens', path: '/settings/tokens', ready: heading(/tokens/i) },
  { name: 'notices', path: '/settings/notices', ready: heading('Notifications') },
  { name: 'profile', path: '/settings/profile', ready: heading('Profile') },
  { name: 'security', path: '/settings/security', ready: heading('Security') },
  { name: 'appearance', path: '/settings/appearance', ready: heading('Appearance') },
  {
    name: 'an address that leads nowhere',
    path: '/nowhere',
    ready: (page) => page.getByRole('heading', { name: 'There is no such page' }),
  },
  { name: 'first steps: channels', path: '/setup/connect', ready: heading('Where do customers reach you?') },
  { name: 'first steps: a mailbox', path: '/setup/connect/email', ready: heading('Connect a mailbox') },
  { name: 'first steps: people', path: '/setup/invite', ready: heading('Who answers customers?') },
  { name: 'first steps: a try', path: '/setup/try', ready: heading('Write as a customer') },
];

/** What stands in front of a page. Opened by keyboard; Escape gives the focus back. */
const layers: readonly Place[] = [
  {
    name: 'the palette',
    path: '/inbox/all',
    ready: row,
    open: fromList('Control+k'),
  },
  { name: 'the help for keys', path: '/inbox/all', ready: row, open: fromList('?') },
  { name: 'merging', path: '/inbox/all/:case', ready: timeline, open: fromList('m') },
  {
    name: 'an invitation',
    path: '/settings/people',
    ready: heading('People'),
    open: (page) => page.getByRole('button', { name: 'Invite people' }).press('Enter'),
  },
  {
    name: 'a forgotten password of a colleague',
    path: '/settings/people/:me',
    ready: (page) => page.getByLabel('At most'),
    open: (page) => page.getByRole('button', { name: 'New password' }).press('Enter'),
  },
  {
    name: 'a second step',
    path: '/settings/security',
    ready: (page) => page.getByRole('button', { name: 'Set up the second step' }),
    open: (page) => page.getByRole('button', { name: 'Set up the second step' }).press('Enter'),
  },
];

describe('the console for people who see, hear or move differently', () => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let admin: ApiClient;
  let desk: Visitor;
  const parts = { case: '', channel: '', incident: '', me: '', team: '' };

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const { id: me } = await admin.patch('/me', { locale: 'en' }, agentSchema);
    const config = { address: 'bantuan@toko.example' };
    const { id } = await admin.createChannel({ kind: 'email', name: 'Surel', config });
    for (const [index, name] of ['Ani', 'Budi'].entries()) {
      await admin.ingest(id, {
        externalId: `m${String(index)}`,
        sender: { kind: 'email', value: `${name}@pelanggan.example`, name, proof: 'verified' },
        sentAt: new Date().toISOString(),
        subject: 'Mug retak',
        text: 'Halo, mug saya retak waktu sampai. Bisa diganti?',
      });
    }
    const [first] = await listCases(admin);
    const { id: incident } = await admin.post('/incidents', { title: 'Gudang banjir' }, incidentDetailSchema);
    const routing = { distribution: 'least_loaded' };
    const team = await admin.post('/teams', { name: 'Retur', memberIds: [me], routing }, teamSchema);
    await admin.put(
      `/cases/${String(first?.id)}/assignee`,
      { agentId: me, version: first?.version },
      caseSchema,
    );
    Object.assign(parts, { case: String(first?.number ?? ''), channel: id, incident, me, team: team.id });
    desk = await signedIn(browser, server);
    await desk.page.goto('/inbox/all');
    await row(desk.page).waitFor();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  /** From place to place as a link does: the page is loaded once. */
  const go = async ({ path, ready }: Place): Promise<void> => {
    const there = path.replace(/:(\w+)/, (_, part: keyof typeof parts) => parts[part]);
    await desk.page.evaluate((to) => history.pushState(null, '', to), there);
    await ready(desk.page).waitFor();
  };

  /** The whole in light; in dark what is different there. */
  const faults = async (page: Page): Promise<string[]> => {
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await accessibilityFaults(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' });
    const dark = (await accessibilityFaults(page, ['color-contrast'])).map((fault) => `dark: ${fault}`);
    return [...light, ...dark];
  };

  /** Whoever works without a mouse would have to begin at the top of the page. */
  const focusIsKept = (page: Page): Promise<unknown> =>
    page.waitForFunction(() => document.activeElement !== null && document.activeElement !== document.body);

  it.each(places)('has no faults that axe finds on $name', async (place) => {
    await go(place);
    expect(await faults(desk.page)).toEqual([]);
  });

  it.each(layers)('has none in $name, and gives the focus back', async (layer) => {
    const { page } = desk;
    await go(layer);
    await layer.open?.(page);
    await dialog(page).waitFor();
    // into what has opened, not behind it
    await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]') !== null);
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await focusIsKept(page);
  });

  it.each([
    ['the sign-in', false, '/signin', 'Sign in to Loket'],
    ['a forgotten password', false, '/forgot', 'Forgot your password'],
    ['a link that opens nothing', false, '/password#wrong', 'This link cannot be used'],
    ['the first set-up', true, '/setup', 'Welcome to Loket'],
  ])('has none on %s', async (_, required, path, title) => {
    const { page, context } = await visit(browser, server);
    await page.route('**/api/v1/setup', (route) => route.fulfill({ json: { required } }));
    await page.goto(path);
    await heading(title)(page).waitFor();
    expect(await faults(page)).toEqual([]);
    await context.close();
  });

  it('has none on an invitation, nor where it is handed over', async () => {
    const emails = ['dewi@toko.example'];
    const body = { emails, locale: 'en' };
    const { invited } = await admin.post('/invitations', body, createdInvitationsSchema);
    const { page, context } = await visit(browser, server);
    await page.goto(invited[0]!.link);
    await heading('Join Loket')(page).waitFor();
    expect(await faults(page)).toEqual([]);
    await context.close();
    await desk.page.goto('/settings/people');
    await desk.page.getByRole('button', { name: 'Actions for dewi@toko.example' }).press('Enter');
    await desk.page.getByRole('menuitem', { name: 'Make a new link' }).press('Enter');
    await dialog(desk.page).getByText('The old link no longer works').waitFor();
    expect(await faults(desk.page)).toEqual([]);
    await dialog(desk.page).getByRole('button', { name: 'Done' }).press('Enter');
    await dialog(desk.page).waitFor({ state: 'detached' });
    await focusIsKept(desk.page);
  });

  it('keeps the focus when what had it is deleted', async () => {
    const { page } = desk;
    const other = await signedIn(browser, server);
    await page.goto('/settings/security');
    await page
      .getByRole('button', { name: /^End: / })
      .first()
      .press('Enter');
    await page.getByText('That session has ended.').waitFor();
    await focusIsKept(page);
    await other.context.close();
  });

  it('holds still for whoever wants that, without the device saying so', async () => {
    const { page } = desk;
    await page.goto('/settings/appearance');
    const moving = (): Promise<string> =>
      page.getByRole('link', { name: 'Security' }).evaluate((link) => {
        link.style.transition = 'opacity 1s';
        return getComputedStyle(link).transitionDuration;
      });
    const still = page.getByRole('checkbox', { name: 'Reduce motion' });
    await still.waitFor();
    expect(await moving()).toBe('1s');
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await still.check();
    await saved;
    await page.locator('html[data-motion="reduced"]').waitFor({ state: 'attached' });
    expect(await moving()).toBe('0s');
    await page.reload();
    await still.waitFor();
    expect(await moving()).toBe('0s');
  });

  it('holds on a phone, in Indonesian', async () => {
    await admin.patch('/me', { locale: 'id' }, agentSchema);
    const { page, context } = await signedIn(browser, server, undefined, { width: 390, height: 844 });
    for (const path of ['/inbox/all', `/inbox/all/${parts.case}`, '/settings/security', '/setup/connect']) {
      await page.goto(path);
      await page.getByRole('heading').or(page.getByRole('option')).first().waitFor();
      expect([path, await accessibilityFaults(page)]).toEqual([path, []]);
      // what is wider than the screen would have to be scrolled sideways
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 390]);
    }
    await context.close();
  });
});
