import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Channel, channelSchema, connectionReportSchema } from '@loket/contracts/channels.js';
import { simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseList, caseRow, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, type Colleague, listCases, readMessages, signInAdmin } from './support/desk.js';
import { mail } from './support/mail.js';
import { PostOffice } from './support/post-office.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

const desk = 'bantuan@toko.example';
const customer = 'sari@pelanggan.example';

/** The main job, on real mailboxes and in a real browser: in, seen, taken, answered, answered back. */
describe('a customer writes to the desk', () => {
  let office: PostOffice;
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let channel: Channel;
  let browser: Browser;
  let ayu: Colleague & Visitor;
  let bima: Colleague & Visitor;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loket-journey-'));
    [office, database, browser] = await Promise.all([
      PostOffice.open([
        { address: desk, password: 'rahasia toko' },
        { address: customer, password: 'rahasia sari' },
      ]),
      freshDatabase(),
      openBrowser(),
    ]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    const enter = async (name: string): Promise<Colleague & Visitor> => {
      const colleague = await addColleague(admin, name);
      const visitor = await signedIn(browser, server, colleague);
      await visitor.page.goto('/inbox/all');
      await visitor.page.getByText('All caught up').waitFor();
      return { ...colleague, ...visitor };
    };
    ayu = await enter('Ayu Pratiwi');
    bima = await enter('Bima Saputra');
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await Promise.all([office.close(), database.drop()]);
    await rm(folder, { recursive: true, force: true });
  });

  it('connects its mailbox after a test that says what works', async () => {
    const config = office.channelConfig(desk);
    const test = (given: object) =>
      admin.post('/channels/test', { kind: 'email', config: given }, connectionReportSchema);
    const good = await test(config);
    expect(good).toMatchObject({ ok: true });
    expect(good.steps.map(({ step, ok }) => [step, ok])).toEqual([
      ['imap_connect', true],
      ['imap_login', true],
      ['imap_mailbox', true],
      ['smtp_connect', true],
      ['smtp_login', true],
    ]);
    const bad = await test({ ...config, imap: { ...config.imap, password: 'salah' } });
    expect(bad.ok).toBe(false);
    expect(bad.steps.find(({ ok }) => !ok)).toMatchObject({ step: 'imap_login', code: 'imap_auth_failed' });

    channel = await admin.createChannel({ kind: 'email', name: 'Surel toko', config });
    expect(JSON.stringify(channel)).not.toContain('rahasia');
    await until(
      () => admin.get(`/channels/${channel.id}`, channelSchema),
      ({ status }) => status === 'connected',
    );
  });

  const question = {
    from: `Sari Dewi <${customer}>`,
    to: desk,
    messageId: '<tanya-1@pelanggan.example>',
    subject: 'Mug retak waktu diterima',
    text: 'Selamat pagi,\n\nmug pesanan 8812 retak. Bisa diganti?\n\nSari',
  };
  const file = { name: 'nota penggantian (revisi).pdf', bytes: randomBytes(70_000) };
  let number: number;
  let caseId: string;

  it('is seen by both agents without a reload', async () => {
    await office.send(customer, desk, mail(question));
    for (const { page } of [ayu, bima]) {
      const row = caseRow(page, question.subject);
      await row.waitFor();
      const said = await row.innerText();
      for (const words of ['Sari Dewi', 'mug pesanan 8812 retak']) expect(said).toContain(words);
      await row.getByLabel('Unassigned').waitFor();
    }
    const [summary] = await listCases(admin);
    expect(summary).toMatchObject({ subject: question.subject, status: 'open', channelKinds: ['email'] });
    number = summary?.number ?? 0;
    caseId = summary?.id ?? '';
    await until(
      () => office.unseen(desk),
      (unseen) => unseen === 0,
    );
  });

  it('is taken by one, and the other sees it', async () => {
    await caseRow(bima.page, question.subject).click();
    await caseRow(ayu.page, question.subject).click();
    await messageOf(ayu.page, 'mug pesanan 8812 retak').waitFor();
    await ayu.page.getByRole('button', { name: 'Unassigned' }).click();
    await ayu.page.getByRole('option', { name: 'Ayu Pratiwi' }).click();
    await bima.page.getByRole('button', { name: 'Assigned to Ayu Pratiwi. Assign to…' }).waitFor();
    await bima.page.getByText('Ayu Pratiwi took this case').waitFor();
  });

  it('is answered with a file, which lands in the mailbox in its thread', async () => {
    const path = join(folder, file.name);
    await writeFile(path, file.bytes);
    const { page } = ayu;
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Attach files' }).click(),
    ]);
    await chooser.setFiles(path);
    await page.getByRole('button', { name: `Remove ${file.name}` }).waitFor();
    await composer(page).fill('Selamat pagi Sari,\n\ntentu kami ganti. Notanya terlampir.');
    await page.getByRole('button', { name: 'Send & wait', exact: false }).first().click();

    await messageOf(bima.page, 'tentu kami ganti').waitFor();
    for (const visitor of [ayu, bima]) {
      await messageOf(visitor.page, 'tentu kami ganti')
        .getByRole('img', { name: 'Sent', exact: true })
        .waitFor();
      await visitor.page.getByRole('button', { name: 'Status: Waiting on customer' }).waitFor();
    }

    const [raw = ''] = await until(
      () => office.inbox(customer),
      (mails) => mails.length === 1,
    );
    const got = await simpleParser(raw);
    const [sent] = (await readMessages(admin, caseId)).filter((m) => m.direction === 'outbound');
    expect(got.messageId).toBe(`<${sent?.externalId ?? ''}>`);
    expect(got.inReplyTo).toBe(question.messageId);
    expect([got.references].flat()).toEqual([question.messageId]);
    expect(got.subject).toBe(`Re: ${question.subject} [#${String(number)}]`);
    expect(got.from?.value).toEqual([{ address: desk, name: 'Surel toko' }]);
    expect(got.text).toContain('tentu kami ganti. Notanya terlampir.');
    expect(got.headers.has('auto-submitted')).toBe(false);
    const [attachment] = got.attachments;
    expect(attachment?.filename).toBe(file.name);
    expect(sha256(attachment?.content)).toBe(sha256(file.bytes));
  });

  const quotes: [string, { text: string; html?: string; fresh: string }][] = [
    [
      'as Gmail does',
      {
        fresh: 'Terima kasih banyak, saya tunggu kirimannya.',
        text: 'Terima kasih banyak, saya tunggu kirimannya.\n\nOn Fri, 20 Nov 2026 at 10:00, Surel toko <bantuan@toko.example> wrote:\n> Selamat pagi Sari,\n>\n> tentu kami ganti. Notanya terlampir.\n',
        html: '<div dir="ltr">Terima kasih banyak, saya tunggu kirimannya.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri, 20 Nov 2026 at 10:00, Surel toko &lt;bantuan@toko.example&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex"><div>Selamat pagi Sari,<br><br>tentu kami ganti. Notanya terlampir.</div></blockquote></div>',
      },
    ],
    [
      'as an Indonesian client does',
      {
        fresh: 'Mugnya sudah sampai, utuh.',
        text: 'Mugnya sudah sampai, utuh.\n\nPada Jum, 20 Nov 2026 pukul 10.00 Surel toko <bantuan@toko.example> menulis:\n> Selamat pagi Sari,\n>\n> tentu kami ganti. Notanya terlampir.\n',
      },
    ],
  ];

  it.each(quotes)('writes back quoting %s: same case, quote folded', async (_, { fresh, ...body }) => {
    const [sent] = (await readMessages(admin, caseId)).filter((m) => m.direction === 'outbound');
    const ours = `<${sent?.externalId ?? ''}>`;
    const answer = mail({
      from: question.from,
      to: desk,
      subject: `Re: ${question.subject} [#${String(number)}]`,
      inReplyTo: ours,
      references: [question.messageId, ours],
      ...body,
    });
    await office.send(customer, desk, answer);
    for (const { page } of [ayu, bima]) {
      const message = messageOf(page, fresh);
      await message.waitFor();
      expect(await message.innerText()).not.toContain('tentu kami ganti');
      await message.getByRole('button', { name: 'Quote' }).click();
      await message.getByText('tentu kami ganti').waitFor();
      await message.getByRole('button', { name: 'Hide quote' }).click();
      await message.getByText('tentu kami ganti').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Status: Open' }).waitFor();
    }
    const last = (await readMessages(admin, caseId)).at(-1);
    expect(last).toMatchObject({ text: fresh, quoted: expect.stringContaining('tentu kami ganti') });
    expect(await listCases(admin)).toHaveLength(1);
    await caseRow(bima.page, fresh).waitFor();
  });

  it('is found again by number and by words', async () => {
    const { page } = bima;
    await page.getByRole('button', { name: 'Search in the list' }).click();
    const box = page.getByRole('searchbox', { name: 'Search in the list' });
    for (const words of [`#${String(number)}`, 'kirimannya', 'sari dewi', customer]) {
      await box.fill(words);
      await page.waitForURL((url) => url.searchParams.get('q') === words);
      await caseRow(page, question.subject).waitFor();
    }
    await box.fill('zebra');
    await page.getByText('Nothing for “zebra”').waitFor();
    await page.getByRole('button', { name: 'Close search' }).click();
    await caseRow(page, question.subject).waitFor();
  });

  it('reads the same in Indonesian, as the browser asks', async () => {
    const { page, context, errors } = await signedIn(browser, server, undefined, { locale: 'id-ID' });
    await page.goto(`/inbox/all/${String(number)}`);
    await page.getByRole('listbox', { name: 'Daftar kasus' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('id');
    await page.getByRole('button', { name: 'Status: Terbuka' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(
      /\b(?:Reply|Unassigned|Send|Open|Waiting)\b|\w+\.\w+\.\w+_/,
    );
    expect(errors).toEqual([]);
    await context.close();
  });

  it.each(['light', 'dark'] as const)('can be read by everyone, in the %s theme', async (theme) => {
    const { page } = ayu;
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('menuitemradio', { name: theme, exact: false }).click();
    await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor();
    await caseList(page).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('leaves no error in any console', () => {
    expect([...ayu.errors, ...bima.errors]).toEqual([]);
  });
});

function sha256(bytes: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
}
