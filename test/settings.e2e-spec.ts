import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { tagListSchema } from '@loket/contracts/tags.js';
import { teamListSchema, teamSchema } from '@loket/contracts/teams.js';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, visit, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, type Colleague, readCase, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

const soon = { timeout: 15_000 };

/** An admin sets the desk up on its screens; an agent finds it at work. */
describe('settings of a desk', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let browser: Browser;
  let boss: Visitor;
  let rina: Colleague;
  let channelId: string;
  let caseNumber: number;

  const choose = async (page: Page, field: string, option: string) => {
    await page.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: option }).click();
    await page.keyboard.press('Escape');
  };
  const toast = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words });
  const save = async (page: Page, words: string) => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await toast(page, words).waitFor(soon);
  };

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    await admin.patch('/me', { locale: 'en' }, agentSchema);
    channelId = (
      await admin.createChannel({
        kind: 'email',
        name: 'Surel Toko',
        config: { address: 'bantuan@toko.example' },
      })
    ).id;
    rina = await addColleague(admin, 'Rina Kartika');
    await addColleague(admin, 'Budi Santoso');
    boss = await signedIn(browser, server);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  it('a team gives its cases to whoever has the most room, as its page says', async () => {
    const { page } = boss;
    for (const [name, total] of [
      ['Rina Kartika', '4'],
      ['Budi Santoso', '2'],
    ] as const) {
      await page.goto('/settings/people');
      await page.getByRole('link', { name: `Edit ${name}` }).click();
      await page.getByRole('textbox', { name: 'At most' }).fill(total);
      await save(page, `Saved for ${name}`);
    }
    await page.goto('/settings/teams');
    await page.getByRole('heading', { name: 'No teams yet' }).waitFor();
    await page.getByRole('link', { name: 'Create a team' }).click();
    await page.getByRole('button', { name: 'Create team' }).click();
    await page.getByText('Enter a name').waitFor();
    await page.getByRole('textbox', { name: 'Name of the team' }).fill('Penjualan');
    await choose(page, 'Members', 'Rina Kartika');
    await choose(page, 'Members', 'Budi Santoso');
    await choose(page, 'Channels', 'Surel Toko');
    await page.getByRole('radio', { name: 'Least loaded' }).check();
    const will = page.getByRole('region', { name: 'What will happen' });
    await will.getByText('New cases of Surel Toko come to Penjualan.').waitFor();
    await will.getByText('Together, 2 members carry 6 cases').waitFor();
    await page.getByRole('button', { name: 'Create team' }).click();
    await toast(page, 'Team Penjualan saved').waitFor(soon);
    await page.waitForURL(/settings\/teams\/[0-9a-f-]{36}$/);

    // a colleague is quicker: nobody's work is lost unseen
    const { items } = await admin.get('/teams', teamListSchema);
    const [team] = items;
    expect(team).toMatchObject({ routing: { distribution: 'least_loaded' }, members: { length: 2 } });
    await page.getByRole('textbox', { name: 'Name of the team' }).fill('Penjualan ritel');
    await admin.patch(`/teams/${team!.id}`, { name: 'Penjualan grosir' }, teamSchema);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').getByRole('button').first().click(soon);
    expect(await page.getByRole('textbox', { name: 'Name of the team' }).inputValue()).toBe(
      'Penjualan grosir',
    );
  }, 60_000);

  it('tags and canned answers are written once for everybody', async () => {
    const { page } = boss;
    await page.goto('/settings/tags');
    await page.getByRole('button', { name: 'Add a tag' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('retur');
    await page.getByRole('radio', { name: 'Blue' }).check({ force: true });
    await page.getByRole('button', { name: 'Add tag' }).click();
    await toast(page, 'Tag “retur” saved').waitFor(soon);
    expect((await admin.get('/tags', tagListSchema)).items).toMatchObject([
      { name: 'retur', colour: 'blue' },
    ]);

    await page.goto('/settings/canned-answers/new');
    await page.getByRole('textbox', { name: 'Shortcut' }).fill('ongkir');
    await page.getByRole('textbox', { name: 'Title' }).fill('Ongkos kirim');
    await page.getByText('Everybody', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Text, Indonesia' }).fill('Halo ');
    await page.getByRole('button', { name: 'Insert: Indonesia' }).click();
    await page.getByRole('menuitem', { name: 'Customer’s first name' }).click();
    await page.getByRole('region', { name: 'Preview' }).getByText('Halo Sari').waitFor();
    await page.getByRole('button', { name: 'Save answer' }).click();
    await toast(page, '/ongkir saved').waitFor(soon);
    // what the conflict before was told by
    expect(boss.errors.filter((error) => !error.includes('409'))).toEqual([]);
  }, 60_000);

  it('an agent who comes to work is given a case, and finds the tag and the answer', async () => {
    const { caseId, caseNumber: number } = await admin.ingest(channelId, {
      externalId: 'pesan-1',
      sender: { kind: 'email', value: 'sari@pelanggan.example', name: 'Sari Dewi' },
      sentAt: new Date().toISOString(),
      subject: 'Mug pecah',
      text: 'Mug yang saya terima pecah.',
    });
    caseNumber = number!;
    const agent = await signedIn(browser, server, rina);
    const { page } = agent;
    await page.goto('/inbox/mine');
    await until(async () => (await readCase(admin, caseId!)).assignee?.id === rina.agent.id, Boolean, 20_000);
    await page.goto(`/inbox/mine/${String(caseNumber)}`);
    await caseRow(page, 'Mug pecah').waitFor(soon);

    const panel = page.getByRole('button', { name: 'Add tag' }).first();
    await panel.click();
    await page
      .getByRole('combobox', { name: 'Add tag' })
      .or(page.getByRole('textbox', { name: 'Add tag' }))
      .fill('RET');
    await page.getByRole('option', { name: 'retur' }).waitFor();
    await page.keyboard.press('Enter');
    await until(
      async () => (await readCase(admin, caseId!)).tags,
      (tags) => tags.includes('retur'),
      15_000,
    );

    await page.goto('/settings/canned-answers');
    await page.getByRole('link', { name: /Ongkos kirim/ }).click();
    await page.getByText('Only supervisors and admins can change it').waitFor(soon);
    expect(await page.getByRole('link', { name: 'Teams', exact: true }).count()).toBe(0);
    expect(agent.errors).toEqual([]);
    await agent.context.close();
  }, 60_000);

  it('people are invited by links: one comes and works, the other finds his withdrawn', async () => {
    const { page } = boss;
    await page.goto('/settings/people');
    await page.getByRole('button', { name: 'Invite people' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Email addresses' }).fill('dewi@toko.example\ntono@toko');
    await dialog.getByRole('button', { name: /^Invite/ }).click();
    await dialog.getByText('Not an email address: tono@toko').waitFor(soon);
    await dialog
      .getByRole('textbox', { name: 'Email addresses' })
      .fill('Dewi Anggraini <dewi@toko.example>, tono@toko.example\nrina.kartika@loket.example');
    await dialog.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'English' }).click();
    await choose(page, 'Teams', 'Penjualan grosir');
    await dialog.getByRole('button', { name: 'Invite 3 people' }).click();
    await dialog.getByText('rina.kartika@loket.example: has an account here already').waitFor(soon);
    const share = dialog.getByRole('link', { name: 'Share by WhatsApp: tono@toko.example' });
    expect(await share.getAttribute('href')).toMatch(
      /^https:\/\/wa\.me\/\?text=.*%2Finvitation%23[\w-]{43}$/,
    );
    const [forDewi = '', forTono = ''] = await dialog.locator('code').allInnerTexts();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const waiting = page.getByRole('region', { name: 'Waiting invitations' });
    await waiting.getByText('tono@toko.example').waitFor(soon);

    const dewi = await visit(browser, server);
    await dewi.page.goto(forDewi);
    await dewi.page.getByText('Admin invites you to work here. Your role: agent.').waitFor(soon);
    await dewi.page.getByRole('textbox', { name: 'Your name' }).fill('Dewi Anggraini');
    await dewi.page.getByLabel('Choose a password').fill('payung');
    await dewi.page.getByRole('button', { name: 'Create account and sign in' }).click();
    await dewi.page.getByText('Too short: at least 10 characters').waitFor(soon);
    await dewi.page.getByLabel('Choose a password').fill('payung biru di teras');
    await dewi.page.getByRole('button', { name: 'Create account and sign in' }).click();
    await dewi.page.waitForURL('**/inbox/**', soon);
    await dewi.page.getByRole('listbox').waitFor(soon);
    // by which the browser learned at first that nobody is signed in there
    expect(dewi.errors.filter((error) => !error.includes('401'))).toEqual([]);

    // the admin's screen follows by itself
    await page.getByRole('link', { name: 'Edit Dewi Anggraini' }).waitFor(soon);
    await waiting.getByText('dewi@toko.example').waitFor({ state: 'detached', ...soon });
    const [team] = (await admin.get('/teams', teamListSchema)).items;
    expect(team?.members.map(({ name }) => name)).toContain('Dewi Anggraini');
    await waiting.getByRole('button', { name: 'Actions for tono@toko.example' }).click();
    await page.getByRole('menuitem', { name: 'Withdraw the invitation' }).click();
    await toast(page, 'The invitation for tono@toko.example was withdrawn').waitFor(soon);
    await waiting.waitFor({ state: 'detached', ...soon });

    const tono = await visit(browser, server);
    await tono.page.goto(forTono);
    await tono.page.getByText('This invitation was withdrawn.').waitFor(soon);
    await tono.page.getByRole('link', { name: 'Go to sign-in' }).click();
    await tono.page.getByRole('heading', { name: 'Sign in to Loket' }).waitFor(soon);
    await tono.context.close();
    await dewi.context.close();
  }, 60_000);

  it('a forgotten password is replaced by a link that the admin hands over', async () => {
    const { page } = boss;
    const rinas = await signedIn(browser, server, rina);
    await rinas.page.goto('/inbox/mine');
    await rinas.page.getByRole('listbox').waitFor(soon);
    const forgetful = await visit(browser, server);
    await forgetful.page.goto('/signin');
    await forgetful.page.getByRole('link', { name: 'Forgot your password?' }).click();
    await forgetful.page.getByText('Ask an admin for a link').waitFor(soon);

    await page.goto(`/settings/people/${rina.agent.id}`);
    await page.getByRole('button', { name: 'New password' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = await page.getByRole('dialog').locator('code').innerText();
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();

    await forgetful.page.goto(link);
    await forgetful.page.getByLabel('New password', { exact: true }).fill('kipas angin di dapur');
    await forgetful.page.getByRole('button', { name: 'Save and sign in' }).click();
    await forgetful.page.waitForURL('**/inbox/**', soon);
    await forgetful.page.getByRole('listbox').waitFor(soon);
    // whoever else was in with the old one is out
    await rinas.page.getByRole('heading', { name: 'Sign in to Loket' }).waitFor(soon);
    await rinas.page.goto(link);
    await rinas.page.getByText('This link has been used.').waitFor(soon);
    await forgetful.context.close();
    await rinas.context.close();
  }, 60_000);

  it('fits a phone, and is read by those who do not see it', async () => {
    const phone = await signedIn(browser, server, undefined, { width: 390, height: 844 });
    const { page } = phone;
    const fits = async (path: string, heading: string) => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor(soon);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([path, beyond]).toEqual([path, 0]);
    };
    await fits('/settings/people', 'People');
    await fits('/settings/tags', 'Tags');
    await fits('/settings/canned-answers', 'Canned answers');
    await fits('/settings/hours', 'Business hours');
    await page.getByRole('button', { name: /fixed national holidays/ }).click();
    await save(page, 'Business hours saved');
    expect(await accessibilityFaults(page)).toEqual([]);
    await fits('/settings/teams', 'Teams');
    await page.getByRole('link', { name: 'Edit Penjualan grosir' }).click();
    await page.getByText('Out of company hours and on holidays, cases wait').waitFor(soon);
    expect(await accessibilityFaults(page)).toEqual([]);
    await phone.context.close();
  }, 60_000);
});
