import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { tagListSchema } from '@loket/contracts/tags.js';
import { teamListSchema, teamSchema } from '@loket/contracts/teams.js';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
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
