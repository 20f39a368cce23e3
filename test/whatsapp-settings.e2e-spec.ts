import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { channelPageSchema } from '@loket/contracts/channels.js';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { signInAdmin } from './support/desk.js';
import { GraphStandIn } from './support/graph-stand-in.js';
import { startServer, type TestServer } from './support/server.js';
import { stubChromium } from './support/stub-chromium.js';
import { until } from './support/until.js';
import { WhatsAppWebStub } from './support/whatsapp-web-stub/whatsapp-web-stub.js';

/** An admin brings WhatsApp in, by either way: the real console, library and Chromium, with Meta and the phone stood in for. */
describe('WhatsApp in the settings', () => {
  let database: TestDatabase;
  let stub: WhatsAppWebStub;
  let graph: GraphStandIn;
  let folder: string;
  let server: TestServer;
  let browser: Browser;
  let admin: ApiClient;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loket-whatsapp-settings-'));
    [database, browser, stub, graph] = await Promise.all([
      freshDatabase(),
      openBrowser(),
      // slow enough to be seen
      WhatsAppWebStub.start({ syncDelayMs: 1500 }),
      GraphStandIn.start(),
    ]);
    server = await startServer({
      databaseUrl: database.url,
      env: { CHROMIUM_PATH: await stubChromium(stub, folder), WHATSAPP_GRAPH_URL: graph.url },
    });
    admin = await signInAdmin(server);
    await admin.patch('/me', { locale: 'en' }, agentSchema);
    visitor = await signedIn(browser, server);
    page = visitor.page;
  }, 60_000);

  afterEach(() => {
    expect(visitor.errors).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await Promise.all([stub.close(), graph.stop(), database.drop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const dialog = () => page.getByRole('dialog');
  const qr = () => dialog().getByRole('img', { name: 'QR code to link the phone' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const fresh = async () => {
    await page.goto('/settings/channels/new/whatsapp');
    await button('Test connection').waitFor();
  };
  const linked = async () => {
    await until(() => stub.open);
    await stub.pair();
    await dialog().getByText('Preparing the chats').waitFor();
    await dialog()
      .getByRole('heading', { name: /^Linked to/ })
      .waitFor();
  };

  it('links a phone by QR once the risk is accepted, and unlinks it', async () => {
    const answers: string[] = [];
    page.on('response', (answer) => {
      if (answer.url().endsWith('/session'))
        void answer.text().then(
          (text) => answers.push(text),
          () => {},
        );
    });
    await fresh();
    await page.getByRole('radio', { name: /^Linked phone/ }).check();
    await page.getByLabel('Channel name').fill('Toko Senja');
    await button('Save & link the phone').click();

    await button('Show the QR code').click();
    await dialog().getByText('Tick this before you link the phone.').waitFor();
    expect(answers.filter((text) => text.includes('qr_pending'))).toEqual([]);
    await dialog().getByRole('checkbox').check();
    await button('Show the QR code').click();

    await qr().waitFor({ timeout: 30_000 });
    expect(await accessibilityFaults(page)).toEqual([]);
    const first = await qr().innerHTML();
    await stub.call('rotate');
    await until(async () => (await qr().innerHTML()) !== first);

    await linked();
    await dialog().getByRole('heading', { name: 'Linked to 0811-0000-0001' }).waitFor();
    const looks = answers.length;
    await button('Done').click();
    await page.getByText('Connected', { exact: true }).waitFor();
    // nobody looks any more, but for what the new status says
    expect(answers.length - looks).toBeLessThan(4);

    const codes = answers.flatMap((text) => /"qr":"([^"]+)"/.exec(text)?.[1] ?? []);
    expect(new Set(codes).size).toBeGreaterThan(1);
    const kept = [
      server.log(),
      await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, history.state])),
      ...(await rowsOf(database, 'events', 'channels', 'channel_cursors')),
    ];
    for (const code of new Set(codes)) for (const text of kept) expect(text).not.toContain(code);

    await button('Unlink').click();
    await dialog().getByRole('button', { name: 'Unlink' }).click();
    await page.getByText('The link to the phone was removed.').waitFor();
  });

  it('links it again by a code for its number; closing calls a code off', async () => {
    await page.goto('/settings/channels');
    await page.getByRole('link', { name: 'Link Toko Senja' }).click();
    await dialog().getByRole('checkbox').check();
    await dialog().getByText('Type a code', { exact: true }).click();
    await dialog().getByLabel('WhatsApp number').fill('0811 0000 0001');
    await button('Get a code').click();
    await dialog().getByText('Code for 0811-0000-0001').waitFor({ timeout: 30_000 });
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await page.getByText('Waiting for a phone').waitFor();
    await page.getByText('No phone is linked yet.').waitFor();

    await button('Link anew').or(button('Link a phone')).click();
    await dialog().getByRole('checkbox').check();
    await button('Show the QR code').click();
    await qr().waitFor({ timeout: 30_000 });
    await linked();
  });

  it('tests the Cloud API step by step, and shows its secrets once', async () => {
    const { phoneNumberId, businessAccountId, accessToken, appSecret } = graph.account;
    await fresh();
    await page.getByLabel('Channel name').fill('Grosir');
    await page.getByLabel('Phone number ID').fill(phoneNumberId);
    await page.getByLabel('WhatsApp Business account ID').fill(businessAccountId);
    await page.getByLabel('Access token').fill(accessToken);
    await page.getByLabel('App secret').fill('of another app');
    await button('Make a token').click();
    const token = await page.getByRole('textbox', { name: 'Verify token' }).inputValue();
    expect(token).toMatch(/^[\w-]{32}$/);

    await button('Test connection').click();
    await page.getByText('This secret is not that of the token’s app.').waitFor();
    await page.getByLabel('App secret').fill(appSecret);
    await button('Test again').click();
    await page.getByText('Message templates can be read').waitFor();
    await button('Save').click();

    await page.getByRole('heading', { name: 'Connect it at Meta' }).waitFor();
    const channel = (await admin.get('/channels', channelPageSchema)).items.at(-1);
    if (!channel) throw new Error('there is no channel');
    await page.getByText(`${server.url}/api/v1/channels/${channel.id}/webhook`, { exact: true }).waitFor();
    await page.getByText(token, { exact: true }).waitFor();
    await page.getByText('Meta cannot reach that address').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    await button('Done').click();
    await page.getByText('Ready to receive').waitFor();
    expect(JSON.stringify(channel)).not.toContain(token);
    expect(await page.content()).not.toContain(token);
    const handshake = `?hub.mode=subscribe&hub.challenge=77&hub.verify_token=${token}`;
    const answer = await fetch(`${server.url}/api/v1/channels/${channel.id}/webhook${handshake}`);
    expect(await answer.text()).toBe('77');
  });
});

/** Everything that these tables hold, a text each. */
async function rowsOf(database: TestDatabase, ...tables: string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const texts = [];
    for (const table of tables)
      texts.push(JSON.stringify((await client.query(`select * from ${table}`)).rows));
    return texts;
  } finally {
    await client.end();
  }
}
