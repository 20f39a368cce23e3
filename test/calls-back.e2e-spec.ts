import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { caseSchema } from '@loket/contracts/cases.js';
import { channelSchema } from '@loket/contracts/channels.js';
import { intakeResultSchema, type IntakeResult } from '@loket/contracts/inbound.js';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

const sari = { name: 'Sari', email: 'sari@loket.example', password: 'kata sandi yang panjang' };
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** Who is to be called back, in one browser as it changes in another; and a call that was told to the wrong case first. */
describe('calling back', () => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let admin: ApiClient;
  let channelId: string;
  let first: Visitor;
  let second: Visitor;
  let page: Page;

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    await admin.patch('/me', { locale: 'en' }, agentSchema);
    await admin.post('/agents', { ...sari, role: 'agent' }, z.unknown());
    channelId = (await admin.createChannel({ kind: 'phone', name: 'Telepon', config: {} })).id;
    first = await signedIn(browser, server);
    second = await signedIn(browser, server, sari, { locale: 'id-ID', width: 390, height: 844 });
    page = first.page;
  }, 60_000);

  afterEach(() => {
    expect([...first.errors, ...second.errors]).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  const told = async (call: object): Promise<IntakeResult> => {
    const headers = { 'content-type': 'application/vnd.loket.call+json' };
    const record = { callId: randomUUID(), direction: 'inbound', outcome: 'missed', ...call };
    const path = `/channels/${channelId}/inbound`;
    const answer = await admin.send('POST', path, { headers }, JSON.stringify(record));
    return intakeResultSchema.parse(await answer.json());
  };
  const rows = (of: Page): Promise<string[]> => of.getByRole('option').allInnerTexts();

  it('those who reached nobody stand in a list, longest waiting first, with their number beside it', async () => {
    await told({ number: '0812-7000-0001', name: 'Wulan Sari', startedAt: minutesAgo(20) });
    await told({ number: '0812-7000-0002', name: 'Tono Wijaya', startedAt: minutesAgo(50) });
    await told({
      number: '0812-7000-0003',
      name: 'Ayu Lestari',
      startedAt: minutesAgo(5),
      outcome: 'answered',
    });
    await page.goto('/inbox/all');
    await page.getByRole('link', { name: /^To call back\s*2$/ }).click();
    await page.getByRole('heading', { name: /^To call back\s*2$/ }).waitFor();
    await caseRow(page, 'Tono Wijaya').waitFor();
    const [oldest, next, ...more] = await rows(page);
    expect([oldest, next].map((text) => /Tono|Wulan/.exec(text ?? '')?.[0])).toEqual(['Tono', 'Wulan']);
    expect(more).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await second.page.goto('/inbox/callback');
    await second.page.getByRole('heading', { name: /^Perlu ditelepon balik\s*2$/ }).waitFor();
    expect(await accessibilityFaults(second.page)).toEqual([]);
  });

  it('live: another missed call adds to it, a call back in another browser takes out', async () => {
    await told({ number: '0812-7000-0004', name: 'Bima Putra', startedAt: minutesAgo(1) });
    await page.getByRole('heading', { name: /^To call back\s*3$/ }).waitFor();
    await page.getByRole('button', { name: /1 new case/ }).click();
    await caseRow(page, 'Bima Putra').waitFor();
    // Sari has called back and says so on her telephone
    const call = {
      ...{ channelId, direction: 'outbound', number: '0812-7000-0002', outcome: 'answered' },
      ...{ startedAt: new Date().toISOString(), talkSeconds: 60 },
    };
    await admin.post('/calls', call, z.unknown());
    await page.getByRole('heading', { name: /^To call back\s*2$/ }).waitFor();
    await page.locator('[role="option"][data-gone]', { hasText: 'Tono Wijaya' }).waitFor();
    await second.page.getByRole('heading', { name: /^Perlu ditelepon balik\s*2$/ }).waitFor();
  });

  it('a case that is resolved leaves it', async () => {
    const missed = await told({ number: '0812-7000-0005', startedAt: minutesAgo(1) });
    await page.getByRole('heading', { name: /^To call back\s*3$/ }).waitFor();
    await admin.patch(`/cases/${missed.caseId ?? ''}`, { status: 'resolved' }, caseSchema);
    // nobody has it in view: it is counted with the others, every 20 seconds while much goes on
    await page.getByRole('heading', { name: /^To call back\s*2$/ }).waitFor({ timeout: 40_000 });
  });

  it('an admin sets the results that agents choose from', async () => {
    await page.goto(`/settings/channels/${channelId}`);
    const results = page.getByRole('combobox', { name: 'Results to choose from' });
    for (const name of ['Solved', 'Call again', 'Wrong number']) {
      await results.fill(name);
      await results.press('Enter');
    }
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await until(
      async () => (await admin.get(`/channels/${channelId}`, channelSchema)).config['dispositions'],
      (stored) => JSON.stringify(stored) === '["Solved","Call again","Wrong number"]',
    );
  });

  it('a call that the telephone system told to another case is one call, and is moved to this one', async () => {
    const said = await told({ number: '0812-7000-0009', name: 'Maya Putri', startedAt: minutesAgo(2) });
    const mine = await told({ number: '0812-7000-0001', startedAt: minutesAgo(1), outcome: 'answered' });
    const [there, here] = [said.caseNumber, mine.caseNumber].map(String);
    const call = await admin.get(`/cases/${said.caseId ?? ''}/timeline`, z.unknown());
    const callId = /"callId":"([^"]+)"/.exec(JSON.stringify(call))?.[1] ?? '';
    // as it stands in the notes of an agent who took the call up from its card
    const draft = {
      ...{ channelId, callId, direction: 'inbound', number: '0812-7000-0009', withheld: false, name: '' },
      ...{ outcome: 'answered', disposition: '', notes: 'Untuk kakaknya', startedAt: Date.now() - 60_000 },
      ...{
        stoppedAt: null,
        where: mine.caseId,
        whereNumber: mine.caseNumber,
        files: '[]',
        recording: 'null',
      },
    };
    await admin.send(
      'PUT',
      '/calls/draft',
      { headers: { 'content-type': 'application/json' } },
      JSON.stringify({ draft }),
    );
    await page.goto(`/inbox/all/${here}`);
    await page.getByRole('button', { name: 'Log a call' }).click();
    const dock = page.getByRole('dialog', { name: 'Log a call' });
    await dock.getByText('Untuk kakaknya').first().waitFor();
    const result = dock.getByLabel('Result', { exact: true });
    await result.click();
    await page.getByRole('option', { name: 'Call again' }).click();
    await dock.getByRole('button', { name: 'Save call' }).click();
    await dock.getByText(`This call stands in case #${there} already.`).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dock.getByRole('button', { name: `Move it to #${here}` }).click();
    await dock.waitFor({ state: 'detached' });
    await page.getByText(`The call was moved to #${here}`).waitFor();
    const card = page
      .getByRole('article', { name: 'Incoming call, Answered' })
      .filter({ hasText: 'Untuk kakaknya' });
    await card.getByText('Call again').waitFor();
    expect(await card.count()).toBe(1);
    // it was all of the other case, whose number leads here now
    const { number } = await admin.get(`/cases/${there}`, caseSchema);
    expect(String(number)).toBe(here);
    await page.keyboard.press('z');
    await card.waitFor({ state: 'detached' });
    expect(await admin.get(`/cases/${there}`, caseSchema)).toMatchObject({
      id: said.caseId,
      number: said.caseNumber,
    });
  });
});
