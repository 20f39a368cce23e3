import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createdTokenSchema } from '@loket/contracts/access.js';
import type { Browser, CDPSession, Page } from 'playwright-core';
import pg from 'pg';
import { openBrowser, signedIn } from './support/browser.js';
import { ApiClient } from './support/client.js';
import { caseList } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, signInAdmin } from './support/desk.js';
import { fillWithCases } from './support/many-cases.js';
import {
  framesDuring,
  heapOf,
  type Opened,
  slope,
  slowness,
  stylesAdded,
  timeToPaint,
} from './support/page-clock.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

/** LOKET_TEST_FULL=1: the size that is promised; otherwise one that fits into every run. */
const full = process.env.LOKET_TEST_FULL === '1';
const [cases, agents, perSecond, idleSeconds] = full ? [100_000, 200, 100, 300] : [4_000, 20, 25, 8];
/** Milliseconds where nothing else runs: a frame, a case with its messages in view or beside the one in view, any other. */
const most = { frame: 100, open: 100, far: 250 };
/** GET and other requests of a console that nobody touches, in a minute */
const budget = 12;

describe(`${String(cases)} cases, ${String(agents)} agents, ${String(perSecond)} events a second`, () => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let crowd: ChildProcess;
  let page: Page;
  let devtools: CDPSession;
  let feeder: ApiClient;
  let channelId: string;
  const requests: string[] = [];
  let feeding: Promise<void>;
  let fed = 0;
  let over = false;

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    const admin = await signInAdmin(server);
    channelId = (await admin.createChannel({ kind: 'email', name: 'Toko', config: {} })).id;
    const sql = new pg.Client(database.url);
    await sql.connect();
    await fillWithCases(sql, channelId, cases);
    await sql.end();
    const scopes = { name: 'crowd', scopes: ['read', 'inbound'] };
    const { token } = await admin.post('/tokens', scopes, createdTokenSchema);
    feeder = new ApiClient(server.url, token);
    crowd = fork('tools/bench/agents.mjs', [server.url, token, String(agents)]);
    await once(crowd, 'message');
    const visitor = await signedIn(browser, server, await addColleague(admin, 'Rani'));
    page = visitor.page;
    devtools = await visitor.context.newCDPSession(page);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/')) requests.push(`${request.method()} ${pathname}`);
    });
    await page.goto('/inbox/all');
    await caseList(page).getByRole('option').first().waitFor();
    feeding = feed();
    await until(() => fed >= perSecond);
  }, 300_000);

  afterAll(async () => {
    over = true;
    await feeding;
    await browser.close();
    crowd.kill();
    await server.stop();
    await database.drop();
  });

  /** Customers of all these cases write again, at an even pace; half of them open something new. */
  const feed = async (): Promise<void> => {
    const under = new Set<Promise<unknown>>();
    const begin = performance.now();
    for (let n = 0; !over; n++) {
      const due = begin + (n * 1000) / perSecond - performance.now();
      if (due > 0) await sleep(due);
      // A machine that cannot keep the pace gets what it can take.
      while (under.size >= 64) await Promise.race(under);
      const sending = write(n).finally(() => under.delete(sending));
      under.add(sending);
    }
    await Promise.all(under);
  };
  const write = async (n: number): Promise<void> => {
    const of = (n * 7919) % cases;
    const from = n % 2 === 0 ? `p${String(of + 1)}@customer.example` : `baru${String(n)}@customer.example`;
    await feeder.ingest(channelId, {
      externalId: `rush-${String(n)}@customer.example`,
      sender: { kind: 'email', value: from, proof: 'verified', evidence: [] },
      sentAt: new Date().toISOString(),
      subject: n % 2 === 0 ? `Re: Pesanan TK-${String(of + 1)}` : `Pertanyaan ${String(n)}`,
      text:
        n % 2 === 0
          ? `Pesanan TK-${String(of + 1)} bagaimana?`
          : `Apakah barang nomor ${String(n)} masih ada?`,
      thread: n % 2 === 0 ? { references: [`m${String(of + 1)}@customer.example`] } : {},
    });
    fed += 1;
  };

  it('scrolls without holding up', async () => {
    const box = (await caseList(page).boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 200);
    const frames = await framesDuring(page, async () => {
      for (let n = 0; n < (full ? 200 : 60); n++) {
        await page.mouse.wheel(0, n % 60 < 50 ? 400 : -800);
        await sleep(30);
      }
    });
    if (full) console.log(`scroll: frames p95 ${frames.p95.toFixed(0)} ms, worst ${frames.worst.toFixed(0)} ms, long tasks ${frames.long.map((ms) => ms.toFixed(0)).join(' ') || 'none'}`); // prettier-ignore
    expect(frames.p95).toBeLessThan(most.frame * (await slowness(page)));
    await page.keyboard.press('Home');
  }, 120_000);

  it('opens the next case at once', async () => {
    await caseList(page).focus();
    await page.keyboard.press('.');
    await page.keyboard.press('j');
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    const rows = caseList(page).getByRole('option');
    const restyled = await stylesAdded(page);
    const waits: Opened[] = [];
    for (let n = 0; n < (full ? 40 : 12); n++) {
      // Its neighbours have been fetched by now; a person looks at a case for a moment at the least.
      await sleep(400);
      const at = await rows.evaluateAll((all) => all.findIndex((row) => row.ariaSelected === 'true'));
      const shows = wordsOf(await rows.nth(at + 1).innerText());
      waits.push(await timeToPaint(page, 'keydown', shows, () => page.keyboard.press('j')));
    }
    const busy = await slowness(page);
    tell('open, fetched before', waits, busy);
    expect(await restyled()).toBe(0);
    expect(median(waits.map(({ message }) => message))).toBeLessThan(most.open * busy);
  }, 120_000);

  it('opens a case that nobody expected soon', async () => {
    const box = (await caseList(page).boundingBox())!;
    const waits: Opened[] = [];
    for (let n = 0; n < (full ? 20 : 6); n++) {
      await page.mouse.move(box.x + 100, box.y + 200);
      await page.mouse.wheel(0, 2_600);
      // away from the rows: a pointer that rests on one has it fetched
      await page.mouse.move(box.x + box.width + 200, box.y + 5);
      await sleep(1_000);
      const row = caseList(page).getByRole('option').filter({ visible: true }).nth(14);
      const shows = wordsOf(await row.innerText());
      waits.push(await timeToPaint(page, 'click', shows, () => row.dispatchEvent('click')));
    }
    const busy = await slowness(page);
    tell('open, not fetched before', waits, busy);
    expect(median(waits.map(({ heading }) => heading))).toBeLessThan(most.open * busy);
    expect(median(waits.map(({ message }) => message))).toBeLessThan(most.far * busy);
    await page.keyboard.press('Home');
  }, 120_000);

  it('asks little and keeps little while others work', async () => {
    // What was asked for by opening cases comes to its end first.
    await sleep(2_000);
    requests.length = 0;
    const before = fed;
    const heaps: number[] = [];
    const steps = full ? 10 : 2;
    for (let n = 0; n < steps; n++) {
      await sleep((idleSeconds * 1000) / steps);
      heaps.push(await heapOf(devtools));
    }
    const rate = (fed - before) / idleSeconds;
    if (full) console.log(`idle: ${rate.toFixed(0)} messages a second, ${(requests.length / (idleSeconds / 60)).toFixed(1)} requests a minute, heap ${heaps.map((mb) => mb.toFixed(1)).join(' ')} MB, ${tally(requests)}`); // prettier-ignore
    // A short look may meet the few that come at once before the calm.
    expect(requests.length).toBeLessThanOrEqual(full ? (budget * idleSeconds) / 60 : budget);
    expect(Math.max(...heaps)).toBeLessThan(150);
    // From the second half minute on: at this pace an hour adds less than 25 MB.
    if (full) expect(slope(heaps.slice(1)) * (3600 / (idleSeconds / steps))).toBeLessThan(25);
  }, 420_000);

  it('asks no more while a hand is at work in it', async () => {
    // a case open, and a list that may be drawn anew at any moment
    await caseList(page).focus();
    await page.keyboard.press('.');
    await page.keyboard.press('j');
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    const box = (await caseList(page).boundingBox())!;
    const wander = async (steps: number): Promise<void> => {
      for (let n = 0; n < steps; n++) {
        await page.mouse.move(box.x + 60 + ((n * 37) % 200), box.y + 40 + ((n * 53) % 320));
        await sleep(100);
      }
    };
    // whoever is pointed at is fetched, once
    await wander(20);
    await sleep(2_000);
    requests.length = 0;
    await wander(80);
    process.stdout.write(`a hand at work for 8 s: ${tally(requests)}\n`);
    const lists = requests.filter((one) => /^GET \/api\/v1\/cases(\/total)?$/.test(one));
    expect(lists).toEqual([]);
    expect(requests.length).toBeLessThanOrEqual(budget);
  }, 120_000);
});

/** What a row's case has in its heading, and what its customer wrote. */
function wordsOf(row: string): { heading: string; message: string } {
  const [heading = '', order, question = ''] = /Pesanan (TK-\d+)|Pertanyaan (\d+)/.exec(row)!;
  return { heading, message: order ?? `nomor ${question} ` };
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]!;
const median = (values: readonly number[]): number => at(values, 0.5);

function tell(what: string, waits: readonly Opened[], busy: number): void {
  const figures = (['heading', 'message'] as const).map((part) => {
    const all = waits.map((wait) => wait[part]);
    return `${part} p50 ${median(all).toFixed(0)} ms, p95 ${at(all, 0.95).toFixed(0)} ms`;
  });
  process.stdout.write(
    `${what}: ${figures.join('; ')}; the machine is ${busy.toFixed(1)} times slower than alone\n`,
  );
}

const tally = (all: readonly string[]): string =>
  JSON.stringify(
    Object.fromEntries([...new Set(all)].map((one) => [one, all.filter((other) => other === one).length])),
  );
