import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseTotalSchema } from '@loket/contracts/cases.js';
import pg from 'pg';
import type { Browser, Locator, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseList, composer, messageOf } from './support/console.js';
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

const soon = { timeout: 20_000 };

/** A day's work at the list, with the keyboard alone, and many cases at once. */
describe('working through the inbox', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let browser: Browser;
  let ayu: Colleague & Visitor;
  let bima: Colleague;
  let page: Page;
  /** ids, the newest first, as the list shows them */
  const cases: string[] = [];

  const current = (): Promise<string> =>
    caseList(page).locator('[role=option][aria-selected=true]').innerText();
  const toast = (words: string | RegExp) => page.getByRole('status').filter({ hasText: words });
  /** Waits for the case of this row, as the list stood at first. @returns its id */
  const shows = async (at: number): Promise<string> => {
    const { number } = await readCase(admin, cases[at]!);
    await page.waitForURL(new RegExp(`/inbox/all/${String(number)}(\\?|$)`), soon);
    await messageOf(page, `pesanan ${String(10 - at)} belum`).waitFor(soon);
    return cases[at]!;
  };
  const next = async (at: number): Promise<string> => {
    await page.keyboard.press('j');
    return shows(at);
  };
  /** A key that opens a box is one thing, writing in it another. */
  const focused = (box: Locator): Promise<boolean> =>
    until(() => box.evaluate((element) => element === document.activeElement));
  const becomes = async (id: string, state: object): Promise<void> => {
    await until(async () => {
      const found = await readCase(admin, id);
      return Object.entries(state).every(([key, value]) => found[key as keyof typeof found] === value);
    });
  };

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const chat = await admin.createChannel({ kind: 'webchat', name: 'Situs', config: {} });
    for (let n = 1; n <= 10; n++) {
      const { caseId } = await admin.ingest(chat.id, {
        externalId: `m-${String(n)}`,
        sender: {
          kind: 'visitor',
          value: `pengunjung-${String(n)}`,
          name: `Tamu ${String(n)}`,
          proof: 'claimed',
        },
        thread: { conversation: `c-${String(n)}` },
        sentAt: new Date(Date.now() - (60 - n) * 60_000).toISOString(),
        text: `Halo, pesanan ${String(n)} belum sampai`,
      });
      cases.unshift(caseId!);
    }
    const colleague = await addColleague(admin, 'Ayu Lestari');
    bima = await addColleague(admin, 'Bima Putra');
    ayu = { ...colleague, ...(await signedIn(browser, server, colleague)) };
    page = ayu.page;
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  it('ten cases by the keyboard alone', async () => {
    await page.goto('/inbox/all');
    await caseList(page).getByRole('option').nth(9).waitFor(soon);
    let at = 0;

    // taken and done; the next one is chosen by itself
    const first = await next(at);
    await page.keyboard.press('i');
    await until(async () => (await readCase(admin, first)).assignee?.id === ayu.agent.id);
    await page.keyboard.press('e');
    await becomes(first, { status: 'resolved' });
    at = 1;
    const { number: second } = await readCase(admin, await shows(at));

    // a mistake, taken back at once
    await page.keyboard.press('e');
    await toast(`#${String(second)} done`).waitFor(soon);
    await page.keyboard.press('z');
    await becomes(cases[1]!, { status: 'open' });

    // where one stands: done has gone on to the third
    at = 2;
    await shows(at);
    await page.keyboard.press('n');
    await focused(page.getByRole('textbox', { name: 'Internal note' }));
    await page.keyboard.type('Kurir sudah ditanya');
    await page.keyboard.press('Control+Enter');
    await until(async () =>
      (await readTimeline(admin, cases[2]!)).some(
        (item) => item.type === 'note' && item.text.includes('Kurir'),
      ),
    );
    await page.keyboard.press('Escape');

    // answered; the customer's turn
    const fourth = await next(++at);
    await page.keyboard.press('r');
    await focused(composer(page));
    await page.keyboard.type('Sedang kami cek, mohon ditunggu.');
    await page.keyboard.press('Control+Enter');
    await becomes(fourth, { status: 'pending' });
    await until(async () =>
      (await readMessages(admin, fourth)).some(({ text }) => text.includes('mohon ditunggu')),
    );
    await page.keyboard.press('Escape');

    // put away until tomorrow
    const fifth = await next(at + 1);
    await page.keyboard.press('h');
    await page.getByRole('dialog').waitFor(soon);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(async () => (await readCase(admin, fifth)).snoozedUntil !== null);
    await toast('snoozed until').waitFor(soon);

    // given to a colleague
    at = 5;
    await shows(at);
    await page.keyboard.press('a');
    await focused(page.getByRole('combobox', { name: 'Assign to…' }));
    await page.keyboard.type('Bima');
    await page.keyboard.press('Enter');
    await until(async () => (await readCase(admin, cases[5]!)).assignee?.id === bima.agent.id);
    // the box of the picker has let go of the keys
    await focused(caseList(page));

    // the last four together: marked as a range, then done
    await next(++at);
    await page.keyboard.press('x');
    for (at += 1; at < 10; at++) await next(at);
    await page.keyboard.press('Shift+X');
    await page.getByRole('toolbar', { name: 'Selected cases' }).getByText('4 selected').waitFor(soon);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('e');
    await toast('4 cases changed').waitFor(soon);
    for (const id of cases.slice(6)) await becomes(id, { status: 'resolved' });
    // nobody moved a row under the hand
    expect(await caseList(page).getByRole('option').count()).toBe(10);
    expect(await current()).toContain('Tamu 1');
  });

  it('narrows the list by what is typed, and goes on by the keyboard', async () => {
    await page.goto('/inbox/all?status=all');
    await caseList(page).getByRole('option').nth(9).waitFor(soon);
    await page.keyboard.press('/');
    await page.keyboard.type('is:done pesanan');
    await page.keyboard.press('Enter');
    await page.waitForURL(/status=resolved&q=pesanan/, soon);
    await until(async () => (await caseList(page).getByRole('option').count()) === 5);
    expect(await caseList(page).locator('mark').first().innerText()).toBe('pesanan');
    await focused(caseList(page));
    await page.keyboard.press('f');
    await focused(page.getByRole('combobox', { name: 'Filter' }));
    await page.keyboard.type('ayu');
    await page.keyboard.press('Enter');
    await until(async () => (await caseList(page).getByRole('option').count()) === 1);
    await page.getByRole('button', { name: 'Remove filter Agent: Ayu Lestari' }).press('Enter');
    await until(async () => (await caseList(page).getByRole('option').count()) === 5);
  });

  it('goes on to the next case after the last answer of one, and into another view, without losing the keys', async () => {
    const shown = () => /\/inbox\/\w+\/(\d+)/.exec(page.url())?.[1];
    await page.goto('/inbox/all?status=all');
    await caseList(page).getByRole('option').nth(9).waitFor(soon);
    await page.keyboard.press('j');
    const answered = (await until(shown)) ?? '';
    await composer(page).waitFor(soon);
    await page.keyboard.press('r');
    await focused(composer(page));
    await page.keyboard.type('Sudah beres, terima kasih.');
    await page.keyboard.press('Control+Shift+Enter');
    await until(() => shown() !== answered);
    await focused(caseList(page));
    await until(async () => (await readCase(admin, answered)).status === 'resolved');
    const second = shown();
    await page.keyboard.press('ArrowDown');
    await until(() => shown() !== second);

    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.waitForURL(/\/inbox\/unassigned$/, soon);
    await focused(caseList(page));
    await page.keyboard.press('ArrowDown');
    await page.waitForURL(/\/inbox\/unassigned\/\d+$/, soon);
  });

  it('five hundred at once, and all of them back', async () => {
    const sql = new pg.Client({ connectionString: database.url });
    await sql.connect();
    await sql.query(
      `INSERT INTO cases (id, subject, customer_id, tags, channel_kinds, last_message_at, version)
       SELECT gen_random_uuid(), 'Banjir pesanan ' || n, (SELECT id FROM customers ORDER BY id LIMIT 1), '{massal}',
              '{webchat}', now() - n * interval '1 minute', 1 FROM generate_series(1, 500) n`,
    );
    await sql.end();
    const open = async () => (await admin.get('/cases/total?status=open&tag=massal', caseTotalSchema)).total;
    await page.goto('/inbox/all?tag=massal');
    await caseList(page).getByRole('option').first().waitFor(soon);
    let asked = 0;
    page.on('request', (request) => {
      if (/\/api\/v1\/(cases|bulk)/.test(request.url())) asked += 1;
    });
    await caseList(page).focus();
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: 'Select all 500' }).press('Enter');
    const bar = page.getByRole('toolbar', { name: 'Selected cases' });
    await bar.getByText('500 selected').waitFor(soon);
    await page.keyboard.press('e');
    await toast('500 cases changed').waitFor(soon);
    expect(await open()).toBe(0);
    await page.keyboard.press('z');
    await toast('500 cases are as before').waitFor(soon);
    expect(await open()).toBe(500);
    // one request to name them, one to change them, one to take it back; the rest came as events
    expect(asked).toBeLessThan(15);
    await caseList(page).focus();
    await page.keyboard.press('End');
    await caseList(page).getByRole('option').filter({ hasText: 'Banjir pesanan 500' }).waitFor(soon);
    expect(ayu.errors).toEqual([]);
  });
});
