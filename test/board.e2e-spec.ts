import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { noticePageSchema } from '@loket/contracts/notices.js';
import { teamSchema } from '@loket/contracts/teams.js';
import pg from 'pg';
import type { Browser, Locator, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow, composer } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import {
  addColleague,
  type Colleague,
  readCase,
  readMessages,
  readTimeline,
  signInAdmin,
} from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

const soon = { timeout: 10_000 };
type Person = Colleague & Visitor;

/** Two agents and their supervisor, each at a screen of his own. */
describe('a supervisor at the live board', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let browser: Browser;
  let ayu: Person;
  let bima: Person;
  let maya: Person;
  const channels = { webchat: '', whatsapp: '' };
  let sent = 0;

  const sari = { kind: 'visitor', value: 'v-77', name: 'Sari Dewi', proof: 'claimed' } as const;
  const lina = {
    kind: 'whatsapp',
    value: '+6281234567890',
    name: 'Lina Hartati',
    proof: 'verified',
  } as const;
  const write = (kind: keyof typeof channels, sender: typeof sari | typeof lina, text: string) =>
    admin.ingest(channels[kind], {
      externalId: `m-${String(sent++)}`,
      sender,
      sentAt: new Date().toISOString(),
      text,
      thread: { conversation: sender.value },
    });
  const open = async ({ page }: Person, { caseNumber }: IntakeResult, view = 'all'): Promise<void> => {
    await page.goto(`/inbox/${view}/${String(caseNumber)}`);
    await page.getByRole('region', { name: 'Timeline' }).getByRole('article').first().waitFor();
  };
  const toast = (page: Page, words: string | RegExp): Locator =>
    page.getByRole('status').filter({ hasText: words });
  const lane = (name: string): Locator => maya.page.getByRole('region', { name, exact: true });
  const card = (where: Locator, { caseNumber }: IntakeResult): Locator =>
    where.getByRole('button', { name: `#${String(caseNumber)} ` });
  const other = (who: Person): Person => (who === ayu ? bima : ayu);
  const ownerOf = async (one: IntakeResult): Promise<Person | null> => {
    const { assignee } = await readCase(admin, String(one.caseId));
    return [ayu, bima].find(({ agent }) => agent.id === assignee?.id) ?? null;
  };

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    channels.webchat = (await admin.createChannel({ kind: 'webchat', name: 'Situs', config: {} })).id;
    channels.whatsapp = (await admin.createChannel({ kind: 'whatsapp', name: 'WA', config: {} })).id;
    const enter = async (name: string, role?: 'supervisor'): Promise<Person> => {
      const colleague = await addColleague(admin, name, { ...(role && { role }) });
      return { ...colleague, ...(await signedIn(browser, server, colleague)) };
    };
    [ayu, bima] = [await enter('Ayu Pratiwi'), await enter('Bima Saputra')];
    maya = await enter('Maya Wijaya', 'supervisor');
    const memberIds = [ayu.agent.id, bima.agent.id];
    await admin.post('/teams', { name: 'Retur', memberIds, channelIds: [channels.webchat] }, teamSchema);
    await admin.post(
      '/teams',
      {
        name: 'Cepat',
        memberIds,
        channelIds: [channels.whatsapp],
        routing: { distribution: 'round_robin', silentMinutes: 30 },
      },
      teamSchema,
    );
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  let mug: IntakeResult;
  let winner: Person;

  it('two agents take a case at once: one has it, the other is told who was quicker', async () => {
    mug = await write('webchat', sari, 'Mug pecah');
    await Promise.all([open(ayu, mug), open(bima, mug)]);
    // neither goes out before both are on their way
    let [both, release] = [0, () => {}];
    const ready = new Promise<void>((resolve) => (release = resolve));
    for (const { page } of [ayu, bima]) {
      await page.route('**/assignee', async (route) => {
        if (++both === 2) release();
        await ready;
        await route.continue();
      });
    }
    await Promise.all([ayu.page.keyboard.press('i'), bima.page.keyboard.press('i')]);
    const owner = await until(
      () => ownerOf(mug),
      (found) => found !== null,
    );
    winner = owner!;
    await toast(winner.page, 'is now yours').waitFor(soon);
    const late = `${winner.agent.name} was quicker and has #${String(mug.caseNumber)} now.`;
    await toast(other(winner).page, late).waitFor(soon);
    const assigned = `Assigned to ${winner.agent.name}. Assign to…`;
    await other(winner).page.getByRole('button', { name: assigned }).waitFor(soon);
    for (const { page } of [ayu, bima]) await page.unroute('**/assignee');
  }, 30_000);

  it('a case is dragged away while its agent types: he keeps what he wrote, and is told who did it and why', async () => {
    const loser = winner;
    const heir = other(winner);
    await open(loser, mug, 'mine');
    await heir.page.goto('/inbox/mine');
    await maya.page.goto('/board');
    await card(lane(loser.agent.name), mug).waitFor(soon);
    await composer(loser.page).pressSequentially('Sedang saya cek ke gudang');
    await until(async () => {
      const drafts = await (await loser.client.send('GET', `/cases/${String(mug.caseId)}/drafts`, {})).text();
      return drafts.includes('Sedang saya cek ke gudang');
    });

    await drag(maya.page, card(lane(loser.agent.name), mug), lane(heir.agent.name));
    const dropped = performance.now();
    // nobody waits for a reason: everybody is told of the move itself
    const notice = loser.page.getByRole('alert').filter({ hasText: `${heir.agent.name} has this case now.` });
    await Promise.all([
      notice.getByText('Moved by Maya Wijaya.').waitFor(soon),
      loser.page.locator('[role=option][data-gone]', { hasText: 'Mug pecah' }).waitFor(soon),
      caseRow(heir.page, 'Mug pecah').waitFor(soon),
    ]);
    const followed = Math.round(performance.now() - dropped);
    process.stdout.write(`both agents' screens followed the drop after ${String(followed)} ms\n`);
    await card(lane(heir.agent.name), mug).waitFor(soon);
    expect((await ownerOf(mug))?.agent.id).toBe(heir.agent.id);
    await loser.page.getByText(`gave it from ${loser.agent.name} to ${heir.agent.name}`).waitFor(soon);
    await notice.getByText('Your draft is kept as a note.').waitFor(soon);
    // once is enough: what is told in place needs no card, and it counts as read
    await until(async () => {
      const { items } = await loser.client.get('/me/notices', noticePageSchema);
      return items.some(({ kind, read, case: { id } }) => kind === 'taken' && read && id === mug.caseId);
    });
    const cards = loser.page.getByRole('region', { name: 'New notifications' });
    expect(await cards.getByRole('article').count()).toBe(0);

    // and learns why when that is said
    await maya.page.getByRole('button', { name: 'To balance the load' }).click();
    await notice.getByText('Reason from Maya Wijaya: To balance the load').waitFor(soon);
    const told = 'Maya Wijaya gave the reason for the move: To balance the load';
    await loser.page.getByText(told).waitFor(soon);
    await loser.page
      .getByRole('article')
      .filter({ hasText: loser.agent.name })
      .getByText('Sedang saya cek ke gudang')
      .waitFor(soon);

    // and back
    await toast(maya.page, `1 case moved to ${heir.agent.name}. To balance the load`).waitFor(soon);
    await maya.page.keyboard.press('z');
    await card(lane(loser.agent.name), mug).waitFor(soon);
    expect((await ownerOf(mug))?.agent.id).toBe(loser.agent.id);
    await notice.waitFor({ state: 'hidden', ...soon });
  }, 40_000);

  it('a whisper reaches the agent, and neither his colleague nor the customer', async () => {
    await open(other(winner), mug);
    await card(lane(winner.agent.name), mug).focus();
    await maya.page.keyboard.press('w');
    const dialog = maya.page.getByRole('dialog', { name: `Whisper to ${winner.agent.name}` });
    await dialog.getByRole('textbox').fill('Tawarkan penggantian dulu');
    await maya.page.keyboard.press('Control+Enter');
    await toast(maya.page, 'sees your note').waitFor(soon);
    await winner.page.getByText('Tawarkan penggantian dulu').waitFor(soon);
    const { client, page } = other(winner);
    // something that he does see, and that came later
    await write('webchat', sari, 'Apakah sudah ada kabar?');
    await page.getByRole('article').filter({ hasText: 'Apakah sudah ada kabar?' }).waitFor(soon);
    expect(await page.getByText('Tawarkan penggantian dulu').count()).toBe(0);
    expect(JSON.stringify(await readTimeline(client, String(mug.caseId)))).not.toContain('Tawarkan');
    const messages = await readMessages(admin, String(mug.caseId));
    expect(messages.filter(({ direction }) => direction === 'outbound')).toEqual([]);
  }, 30_000);

  it('an agent who says nothing loses the case to a colleague, and sees why', async () => {
    const parcel = await write('whatsapp', lina, 'Resi tidak bergerak');
    const silent = (await until(
      () => ownerOf(parcel),
      (found) => found !== null,
      20_000,
    ))!;
    await open(silent, parcel, 'mine');
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query(
      `UPDATE cases SET waiting_since = now() - interval '31 minutes', assigned_at = now() - interval '31 minutes'
       WHERE id = $1`,
      [parcel.caseId],
    );
    await client.end();
    await until(
      () => ownerOf(parcel),
      (found) => found === other(silent),
      30_000,
    );
    const alert = silent.page.getByRole('alert').filter({ hasText: 'has this case now' });
    await alert.getByText(other(silent).agent.name).waitFor(soon);
    const why = `Loket took it back from ${silent.agent.name} for the team: no answer for too long`;
    await silent.page.getByText(why).waitFor(soon);
    await card(lane(other(silent).agent.name), parcel).waitFor(soon);
  }, 60_000);

  it('a team is loaded evenly in one step, and as it was in another', async () => {
    const { page } = maya;
    const many: IntakeResult[] = [];
    const ask = (n: number) =>
      admin.ingest(channels.webchat, {
        externalId: `many-${String(n)}`,
        sender: { ...sari, value: `v-${String(n)}` },
        sentAt: new Date().toISOString(),
        text: 'Retur',
      });
    for (let n = 0; n < 6; n++) many.push(await ask(n));
    for (const { caseId } of many) {
      const { version } = await readCase(admin, String(caseId));
      await admin.send('PUT', `/cases/${String(caseId)}/assignee`, {
        body: { agentId: ayu.agent.id, version },
      });
    }
    await card(lane(ayu.agent.name), many[5]!).waitFor(soon);
    const holders = async () => Promise.all(many.map(async (one) => (await ownerOf(one))?.agent.name));
    await page.getByRole('button', { name: 'Rebalance' }).click();
    const plan = page.getByRole('complementary', { name: 'Rebalance preview' });
    await plan.getByRole('combobox', { name: 'Team' }).click();
    await page.getByRole('option', { name: 'Retur' }).click();
    await plan.getByRole('button', { name: /^Move \d cases?$/ }).click();
    await toast(page, /cases? moved to Bima Saputra/).waitFor(soon);
    await until(async () => (await holders()).includes(bima.agent.name));
    const taken = many[(await holders()).indexOf(bima.agent.name)]!;
    await card(lane(bima.agent.name), taken).waitFor(soon);
    await ayu.page.getByRole('alert').filter({ hasText: 'To balance the load' }).first().waitFor(soon);
    await page.keyboard.press('z');
    await toast(page, 'Undone.').waitFor(soon);
    await card(lane(ayu.agent.name), taken).waitFor(soon);
    expect(await holders()).toEqual(many.map(() => ayu.agent.name));
  }, 40_000);

  it('cases move by keyboard alone, and the board hinders nobody, in either theme or on a phone', async () => {
    const { page } = maya;
    const from = lane(winner.agent.name);
    await card(from, mug).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('combobox').fill(other(winner).agent.name.slice(0, 4));
    await page.getByRole('option', { name: other(winner).agent.name }).waitFor(soon);
    await page.keyboard.press('Enter');
    await card(lane(other(winner).agent.name), mug).waitFor(soon);
    await until(async () => (await ownerOf(mug)) === other(winner));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Rebalance' }).click();
    await page.getByRole('complementary', { name: 'Rebalance preview' }).waitFor();
    await card(lane(other(winner).agent.name), mug).press(' ');
    await page.getByRole('complementary', { name: 'Case on the board' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/board');
    await page.getByRole('button', { name: other(winner).agent.name }).click();
    await page.getByRole('button', { name: 'Mug pecah' }).click();
    await page.getByRole('button', { name: 'Take over' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  }, 60_000);

  it('had no errors on their pages', () => {
    const errors = [...ayu.errors, ...bima.errors, ...maya.errors];
    // the loser of the race was refused
    expect(errors.filter((error) => !error.includes('409'))).toEqual([]);
  });
});

async function drag(page: Page, what: Locator, to: Locator): Promise<void> {
  const [from, there] = [await what.boundingBox(), await to.boundingBox()];
  if (!from || !there) throw new Error('what is dragged has to be in view');
  await page.mouse.move(from.x + 30, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(from.x + 45, from.y + 40, { steps: 3 });
  await page.mouse.move(there.x + there.width / 2, there.y + there.height / 2, { steps: 8 });
  await page.getByText('Drop here').waitFor();
  await page.mouse.up();
}
