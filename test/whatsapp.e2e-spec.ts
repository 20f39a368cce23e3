import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { channelPageSchema, channelSchema } from '@loket/contracts/channels.js';
import { customerSchema } from '@loket/contracts/customers.js';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, listCases, readCase, readMessages, signInAdmin } from './support/desk.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';
import { stubChromium } from './support/stub-chromium.js';
import { until } from './support/until.js';
import { WhatsAppWebStub } from './support/whatsapp-web-stub/whatsapp-web-stub.js';

const soon = { timeout: 15_000 };
const siti = { address: '6281234567890@c.us', digits: '6281234567890' };
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC';

/** A linked phone, from pairing to one case with the same customer's mail: two browsers, and a third that WhatsApp runs in. */
describe('WhatsApp by a linked phone', () => {
  let database: TestDatabase;
  let stub: WhatsAppWebStub;
  let folder: string;
  let server: TestServer;
  let browser: Browser;
  let admin: ApiClient;
  let boss: Visitor;
  let ayu: Visitor;
  let mailbox: string;

  beforeAll(async () => {
    [database, browser, stub, folder] = await Promise.all([
      freshDatabase(),
      openBrowser(),
      WhatsAppWebStub.start(),
      mkdtemp(join(tmpdir(), 'loket-whatsapp-')),
    ]);
    server = await startServer({
      databaseUrl: database.url,
      env: { CHROMIUM_PATH: await stubChromium(stub, folder) },
    });
    admin = await signInAdmin(server);
    const config = { address: 'bantuan@toko.example', trustedAuthservIds: ['mx.toko.example'] };
    mailbox = (await admin.createChannel({ kind: 'email', name: 'Surel', config })).id;
    boss = await signedIn(browser, server, await addColleague(admin, 'Dewi Lestari', { role: 'admin' }));
    ayu = await signedIn(browser, server, await addColleague(admin, 'Ayu Pratiwi'));
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await stub.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const onlyCase = async () => {
    const [found, ...more] = await listCases(admin);
    expect(more).toEqual([]);
    if (!found) throw new Error('there is no case');
    return readCase(admin, found.id);
  };
  const receive = (message: Partial<Parameters<WhatsAppWebStub['receive']>[0]>): string =>
    stub.receive({ from: siti.address, pushname: 'Siti Rahma', ...message });
  let photo: string;

  it('is paired by an admin who scans the code in the console', async () => {
    const { page } = boss;
    await page.goto('/settings/channels/new');
    await page.getByRole('link', { name: /WhatsApp/ }).click();
    await page.getByRole('radio', { name: /Linked phone/ }).check();
    await page.getByRole('textbox', { name: 'Channel name' }).fill('WA toko');
    await page.getByRole('button', { name: 'Save & link the phone' }).click();
    const dialog = page.getByRole('dialog', { name: 'Link a phone: WA toko' });
    await dialog.getByRole('button', { name: 'Show the QR code' }).click();
    await dialog.getByText('Tick this before you link the phone.').waitFor();
    await dialog.getByRole('checkbox', { name: /I understand the risk/ }).check();
    await dialog.getByRole('button', { name: 'Show the QR code' }).click();
    const code = dialog.getByRole('img', { name: 'QR code to link the phone' });
    await code.waitFor({ timeout: 30_000 });
    const shown = () => code.locator('path').first().getAttribute('d');
    const before = await shown();
    expect(before?.length).toBeGreaterThan(500);
    await stub.call('rotate');
    await until(async () => (await shown()) !== before);
    expect(await accessibilityFaults(page)).toEqual([]);
    await stub.pair();
    await dialog.getByText('The phone is linked').waitFor({ timeout: 30_000 });
    await dialog.getByText('Linked to 0811-0000-0001').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const channels = await until(
      async () => (await admin.get('/channels', channelPageSchema)).items,
      (items) => items.some(({ kind, status }) => kind === 'whatsapp' && status === 'connected'),
    );
    expect(channels).toHaveLength(2);
    // The code is a key to the account: it stands nowhere but on that page.
    expect(server.log()).not.toContain('2@');
  }, 90_000);

  it('brings a customer’s photo to the open inbox by itself', async () => {
    await ayu.page.goto('/inbox/all');
    await ayu.page.getByRole('heading', { name: /All/ }).first().waitFor();
    photo = receive({
      type: 'image',
      caption: 'min mug pesanan RS-2409 pecah, ini fotonya',
      media: { base64: png, mimetype: 'image/png' },
    });
    await caseRow(ayu.page, 'Siti Rahma').click(soon);
    const message = messageOf(ayu.page, 'min mug pesanan RS-2409 pecah');
    await message.waitFor(soon);
    const image = message.locator('img').first();
    await until(() => image.evaluate((it) => it instanceof HTMLImageElement && it.naturalWidth === 10));
    expect(await onlyCase()).toMatchObject({ channelKinds: ['whatsapp'], messageCount: 1 });
  }, 60_000);

  it('takes the agent’s answer with quote and picture, and tells how far it came', async () => {
    const { page } = ayu;
    await messageOf(page, 'min mug pesanan RS-2409 pecah')
      .getByRole('button', { name: 'Reply to this message' })
      .click();
    await composer(page).fill('Kami ganti besok ya, seperti di gambar.');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'pengganti.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
    await page.getByText('78 B').waitFor(soon);
    await page.keyboard.press('Control+Enter');
    const sent = await until(
      () => stub.sent(),
      (all) => all.some(({ type }) => type === 'image'),
      30_000,
    );
    const words = sent.find((entry) => JSON.stringify(entry).includes('Kami ganti besok'));
    expect(words?.to).toBe(siti.address);
    expect(JSON.stringify(words?.fields)).toContain(photo.split('_')[2]);
    const answer = messageOf(page, 'Kami ganti besok ya');
    await answer.getByText('min mug pesanan RS-2409 pecah').waitFor(soon);
    await answer.getByLabel(/Delivered|Sent/).waitFor(soon);
    for (const { id } of sent) if (id !== undefined) await stub.call('ack', id, 3);
    await answer.getByLabel(/^Read/).waitFor(soon);
    const messages = await readMessages(admin, (await onlyCase()).id);
    // Its own echo on the phone is not a second message.
    expect(messages.map(({ direction, state }) => [direction, state])).toEqual([
      ['inbound', null],
      ['outbound', 'read'],
    ]);
  }, 90_000);

  it('shows what the customer edits and how he reacts, with what stood there before', async () => {
    const { page } = ayu;
    const words = receive({ body: 'alamatnya jl melati 5' });
    const message = page.getByRole('region', { name: 'Timeline' }).getByRole('article').last();
    await messageOf(page, 'alamatnya jl melati 5').waitFor(soon);
    await stub.call('edit', words, 'alamatnya jl melati 15');
    await messageOf(page, 'alamatnya jl melati 15').waitFor(soon);
    await message.getByRole('button', { name: /^Edited/i }).click();
    await page.getByText('alamatnya jl melati 5', { exact: true }).waitFor(soon);
    await page.keyboard.press('Escape');
    const [answer] = stub.sent();
    await stub.call('react', answer?.id ?? '', '👍', siti.address);
    await messageOf(page, 'Kami ganti besok ya').getByText('👍').waitFor(soon);
    await stub.call('react', answer?.id ?? '', '', siti.address);
    await messageOf(page, 'Kami ganti besok ya')
      .getByText('👍')
      .waitFor({ state: 'hidden', ...soon });
    expect(await accessibilityFaults(page)).toEqual([]);
  }, 60_000);

  it('shows what a colleague writes on the phone as ours', async () => {
    receive({ fromMe: true, body: 'ini dari hp toko, kurir jalan jam 3' });
    const message = messageOf(ayu.page, 'ini dari hp toko');
    await message.waitFor(soon);
    await message.getByText('sent from the phone').waitFor(soon);
    expect((await onlyCase()).waitingSince).toBeNull();
  }, 30_000);

  it('has the customer’s verified mail in the same case', async () => {
    const { customer, id } = await onlyCase();
    await admin.post(
      `/customers/${customer.id}/identities`,
      { kind: 'email', value: 'siti@pelanggan.example', proof: 'verified' },
      customerSchema,
    );
    const result = await admin.ingestRaw(
      mailbox,
      mail({
        from: 'Siti Rahma <siti@pelanggan.example>',
        to: 'bantuan@toko.example',
        subject: 'Mug pesanan RS-2409 pecah',
        text: 'Halo, tadi saya kirim lewat WhatsApp: mug pesanan RS-2409 pecah, kapan diganti?\n',
        headers: {
          'Authentication-Results':
            'mx.toko.example; dmarc=pass header.from=pelanggan.example; dkim=pass header.d=pelanggan.example',
        },
      }),
    );
    expect(result).toMatchObject({ caseId: id, customerId: customer.id, match: { rule: 'duplicate_text' } });
    await messageOf(ayu.page, 'tadi saya kirim lewat WhatsApp').waitFor(soon);
    expect((await onlyCase()).channelKinds.toSorted()).toEqual(['email', 'whatsapp']);
  }, 30_000);

  it('says in words that the phone has gone, and is linked again', async () => {
    stub.logOut();
    const channel = await until(
      async () => (await admin.get('/channels', channelPageSchema)).items.find((c) => c.kind === 'whatsapp'),
      (found) => found?.status === 'paused',
      30_000,
    );
    await boss.page.goto(`/settings/channels/${channel?.id ?? ''}`);
    await boss.page.getByText('The link to the phone was removed. Link the phone again.').waitFor(soon);
    await boss.page.getByRole('button', { name: 'Link anew' }).waitFor();
    const now = await admin.get(`/channels/${channel?.id ?? ''}`, channelSchema);
    expect(now.statusCode).toMatch(/^whatsapp_(logged_out|unlinked)$/);
    for (const { errors } of [boss, ayu]) expect(errors).toEqual([]);
  }, 60_000);
});
