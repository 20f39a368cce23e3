import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { channelSchema } from '@loket/contracts/channels.js';
import { intakeResultSchema } from '@loket/contracts/inbound.js';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';

const secret = 'rahasia-sentral-telepon';
const sari = { name: 'Sari', email: 'sari@loket.example', password: 'kata sandi yang panjang' };

/** A missed call, the screen that pops up when he calls again, and the call that is written down meanwhile. */
describe('telephone calls in two browsers', () => {
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
    const config = { address: '021-5550100', webhook: { format: 'generic' as const, secret } };
    channelId = (await admin.createChannel({ kind: 'phone', name: 'Telepon', config })).id;
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

  /** of the call that rings */
  let callId = '';
  const telephone = async (report: object): Promise<void> => {
    const body = JSON.stringify(report);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    const answer = await fetch(`${server.url}/api/v1/channels/${channelId}/webhook`, {
      method: 'POST',
      body,
      headers: { 'x-loket-timestamp': timestamp, 'x-loket-signature': `sha256=${mac}` },
    });
    expect(answer.status).toBe(200);
  };

  it('a missed call is a task in the list and in the case', async () => {
    const missed = {
      ...{ callId: randomUUID(), direction: 'inbound', number: '0812-5550-1234', name: 'Rudi Hartono' },
      ...{ startedAt: new Date().toISOString(), outcome: 'missed', ringSeconds: 25 },
    };
    const headers = { 'content-type': 'application/vnd.loket.call+json' };
    const answer = await admin.send(
      'POST',
      `/channels/${channelId}/inbound`,
      { headers },
      JSON.stringify(missed),
    );
    const { caseNumber } = intakeResultSchema.parse(await answer.json());
    await page.goto('/inbox/all');
    await caseRow(page, 'Rudi Hartono').getByRole('img', { name: 'Call back' }).waitFor();
    await page.goto(`/inbox/all/${String(caseNumber)}`);
    await page.getByRole('article', { name: 'Incoming call, Not answered' }).waitFor();
    await page.getByRole('button', { name: /^Call back/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('his next call opens his card on both screens within a second', async () => {
    await second.page.goto('/inbox/all');
    await second.page.getByRole('navigation').first().waitFor();
    await second.page.getByText('Rudi Hartono').first().waitFor();
    const cards = [
      page.getByRole('article', { name: 'Rudi Hartono is calling' }),
      second.page.getByRole('article', { name: 'Rudi Hartono menelepon' }),
    ];
    // one of a few: the machine may be busy with something else
    for (let tries = 1; ; tries += 1) {
      callId = `pbx-${String(tries)}`;
      const began = Date.now();
      await telephone({
        ...{ callId, state: 'ringing', direction: 'inbound', number: '+6281255501234' },
        ...{ queue: 'Servis', at: new Date().toISOString() },
      });
      await Promise.all(cards.map((card) => card.waitFor()));
      const took = Date.now() - began;
      if (took < 1000) break;
      if (tries === 5) throw new Error(`the card took ${String(took)} ms`);
      await cards[0]?.getByRole('button', { name: 'Close' }).click();
      await cards[1]?.getByRole('button', { name: 'Tutup' }).click();
      await Promise.all(cards.map((card) => card.waitFor({ state: 'detached' })));
    }
    expect(await cards[0]?.innerText()).toContain('0812-5550-1234');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await accessibilityFaults(second.page)).toEqual([]);
  });

  it('is written down by who took it, with notes that are saved as he writes', async () => {
    await page.getByRole('button', { name: 'Log call' }).click();
    const dock = page.getByRole('dialog', { name: 'Log a call' });
    await dock.getByRole('button', { name: /Rudi Hartono/ }).waitFor();
    expect(await dock.getByRole('textbox', { name: 'Number' }).inputValue()).toBe('+6281255501234');
    expect(await dock.getByRole('radio', { name: /^#\d+ / }).isChecked()).toBe(true);
    await dock.getByRole('textbox', { name: 'Notes' }).fill('Paket belum sampai, minta dicek kurirnya');
    await dock.getByText('Notes are saved').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // whatever happens to the browser, the notes are there
    await page.reload();
    await page.getByRole('button', { name: 'Log a call' }).click();
    await dock.getByText('Paket belum sampai', { exact: false }).first().waitFor();
    await dock.getByRole('combobox', { name: 'Result' }).fill('Diteruskan');
    await dock.getByRole('button', { name: 'Save call' }).click();
    await dock.waitFor({ state: 'detached' });
    const card = page.getByRole('article', { name: 'Incoming call, Answered' });
    await card.getByText('Paket belum sampai').waitFor();
    await card.getByText('Diteruskan').waitFor();
    // he was spoken to
    await page.getByRole('button', { name: /^Call back/ }).waitFor({ state: 'detached' });
  });

  it('is one with what the telephone system tells of it afterwards', async () => {
    await telephone({
      ...{ callId, direction: 'inbound', number: '+6281255501234', outcome: 'answered' },
      ...{ startedAt: new Date().toISOString(), ringSeconds: 4, talkSeconds: 185, queue: 'Servis' },
    });
    const card = page.getByRole('article', { name: 'Incoming call, Answered' });
    await card.getByText('Talked 3:05').waitFor();
    expect(await card.count()).toBe(1);
    await card.getByText('Paket belum sampai').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('by hand: a number is looked up as it is typed, a new one makes a new customer', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Search cases/ }).fill('log a call');
    await page.keyboard.press('Enter');
    const dock = page.getByRole('dialog', { name: 'Log a call' });
    const number = dock.getByRole('textbox', { name: 'Number' });
    await number.pressSequentially('08125550');
    await dock.getByRole('button', { name: /Rudi Hartono/ }).waitFor();
    await number.fill('0877 1234 0000');
    await dock.getByText('Nobody is known by this number').waitFor();
    await dock.getByRole('textbox', { name: 'Name' }).fill('Maya Putri');
    await dock.getByRole('textbox', { name: 'Notes' }).fill('Tanya jam buka');
    const chooser = page.waitForEvent('filechooser');
    await dock.getByRole('button', { name: 'Recording' }).click();
    await (await chooser).setFiles({ name: 'a.wav', mimeType: 'audio/wav', buffer: silence() });
    await dock.getByRole('button', { name: 'Remove a.wav' }).waitFor();
    await dock.getByRole('button', { name: 'Save call' }).click();
    await dock.waitFor({ state: 'detached' });
    const card = page.getByRole('article', { name: 'Incoming call, Answered' });
    await card.getByText('Tanya jam buka').waitFor();
    await card.getByRole('button', { name: 'Play recording' }).click();
    await card.getByRole('group', { name: /Audio|Voice|Sound/i }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('an admin brings in the calls of before from a file', async () => {
    await page.goto(`/settings/channels/${channelId}`);
    const csv = [
      'Tanggal,Nomor Telepon,Nama,Status,Durasi',
      '20/10/2026 09:00,081233344455,Wulan,Dijawab,60',
    ];
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a CSV' }).click();
    const buffer = Buffer.from([...csv, 'kemarin,081233344456,Tono,Dijawab,5'].join('\n'));
    await (await chooser).setFiles({ name: 'lama.csv', mimeType: 'text/csv', buffer });
    const dialog = page.getByRole('dialog', { name: 'lama.csv' });
    await dialog.getByRole('cell', { name: 'Wulan' }).waitFor();
    await dialog.getByRole('img', { name: 'Would be left out' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Start import' }).click();
    await page.getByText('1 new · 0 known · 1 left out').waitFor();
    await page.getByRole('link', { name: '1 remark' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // what the form does not show stays, and so does the secret
    await page.getByRole('textbox', { name: 'Name' }).fill('Telepon toko');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'Telepon toko' }).waitFor();
    const { config } = await admin.get(`/channels/${channelId}`, channelSchema);
    expect(config).toMatchObject({ webhook: { format: 'generic', hasSecret: true }, address: '021-5550100' });
  });
});

/** A second of nothing, as a player reads it. */
function silence(): Buffer {
  const data = Buffer.alloc(8000, 128);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
