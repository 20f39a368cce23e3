import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { channelSchema } from '@loket/contracts/channels.js';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { listCases, readMessages, reply, signInAdmin } from './support/desk.js';
import { freePort } from './support/dovecot.js';
import { HostSite } from './support/host-site.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { WidgetTab } from './support/widget.js';

/** The real chat in a real browser, on somebody's strict page, and the real server killed under it. */
describe('a chat whose server is killed', () => {
  let server: TestServer;
  let browser: Browser;
  let site: HostSite;
  let dataDir: string;
  let one: WidgetTab;
  let two: WidgetTab;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'loket-chat-offline-'));
    [server, browser] = await Promise.all([
      freePort().then((port) => startServer({ dataDir, port })),
      openBrowser(),
    ]);
    const admin = await signInAdmin(server);
    const channel = await admin.createChannel({ kind: 'webchat', name: 'Toko' });
    site = await new HostSite().start({ url: server.url, channelId: channel.id });
    const config = { allowedOrigins: [site.url], continueBy: [] };
    await admin.patch(`/channels/${channel.id}`, { config, version: channel.version }, channelSchema);
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    one = new WidgetTab(await context.newPage());
    two = new WidgetTab(await context.newPage());
    for (const tab of [one, two]) await tab.page.goto(site.url);
  }, 90_000);

  afterAll(async () => {
    await browser.close();
    await site.stop();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const kill = (): Promise<unknown> => server.kill('SIGKILL');
  const revive = async (): Promise<void> => {
    server = await startServer({ dataDir, port: server.port });
  };
  const stored = async () => {
    const admin = await signInAdmin(server);
    const cases = await listCases(admin);
    expect(cases).toHaveLength(1);
    return { admin, caseId: cases[0]!.id, messages: await readMessages(admin, cases[0]!.id) };
  };
  const idle = async (tab: WidgetTab): Promise<boolean> =>
    (await tab.page.getByTitle(/Waiting|Sending/).count()) === 0;
  const all: string[] = [];
  const write = async (tab: WidgetTab, words: string): Promise<void> => {
    all.push(words);
    await tab.write(words);
  };

  it('keeps what is written meanwhile in either tab, also over a reload, and sends it once and in order', async () => {
    for (const tab of [one, two]) await tab.open();
    await write(one, 'before');
    await one.panel
      .getByTitle(/Sent|Delivered/)
      .first()
      .waitFor();
    await two.bubble('before').waitFor();
    await kill();
    await write(one, 'first, offline');
    await two.bubble('first, offline').waitFor();
    await write(two, 'second, offline');
    await one.bubble('second, offline').waitFor();
    await one.page.reload();
    await one.bubble('second, offline').waitFor();
    await write(one, 'third, offline');
    await two.bubble('third, offline').waitFor();
    await revive();
    await two.untilOnline(async () => (await idle(two)) && (await stored()).messages.length === all.length);
    expect((await stored()).messages.map(({ text }) => text)).toEqual(all);
  }, 120_000);

  it('sends nothing twice when the server dies while it is being written to', async () => {
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 6; n++) {
        if (n === 3) void kill();
        await write(one, `round ${String(round)} message ${String(n)}`);
      }
      await kill();
      await revive();
      await one.untilOnline(() => idle(one));
    }
    const { messages } = await stored();
    expect(messages.map(({ text }) => text)).toEqual(all);
    expect(new Set(messages.map(({ externalId }) => externalId)).size).toBe(all.length);
  }, 180_000);

  it('shows the same in both tabs afterwards, and what came from the desk meanwhile, unread until it is seen', async () => {
    const { admin, caseId } = await stored();
    for (const tab of [one, two]) await tab.page.getByRole('button', { name: 'Minimise' }).click();
    await reply(admin, caseId, { text: 'We are back.' });
    for (const tab of [one, two]) {
      await tab.online();
      await until(
        async () => (await tab.launcher.getAttribute('aria-label')) === 'Open chat, 1 unread message',
      );
    }
    await one.page.bringToFront();
    await one.open();
    await until(async () => (await two.launcher.getAttribute('aria-label')) === 'Open chat');
    await two.open();
    for (const tab of [one, two]) await until(async () => (await tab.texts()).length === all.length + 1);
    expect(await one.texts()).toEqual([...all, 'We are back.']);
    expect(await two.texts()).toEqual(await one.texts());
    await until(async () => (await stored()).messages.at(-1)?.state === 'read');
  }, 60_000);

  it('rings once for all tabs when he has asked for it, and not while he looks', async () => {
    const { admin, caseId } = await stored();
    for (const { page } of [one, two]) {
      await page.evaluate(() => {
        const ear = { notes: 0, settled: 0, looks: false };
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (when?: number) {
          ear.notes += 1;
          start.call(this, when);
        };
        const request = navigator.locks.request.bind(navigator.locks) as (
          ...args: unknown[]
        ) => Promise<void>;
        Object.defineProperty(navigator.locks, 'request', {
          value: (...args: [string]) =>
            request(...args).finally(() => {
              if (args[0].endsWith(':ring')) ear.settled += 1;
            }),
        });
        // a browser without a window says of every page that somebody looks at it
        document.hasFocus = () => ear.looks;
        Object.assign(document, { ear });
      });
    }
    const ears = (): Promise<Ear[]> =>
      Promise.all(
        [one, two].map(({ page }) => page.evaluate(() => (document as unknown as { ear: Ear }).ear)),
      );
    const notes = async (): Promise<number> => (await ears()).reduce((sum, ear) => sum + ear.notes, 0);
    const say = async (text: string): Promise<void> => {
      await reply(admin, caseId, { text });
      for (const tab of [one, two]) await tab.bubble(text).waitFor();
    };
    await say('Without a sound.');
    await two.page.getByRole('button', { name: 'Turn sound on' }).click();
    await one.page.getByRole('button', { name: 'Turn sound off' }).waitFor();
    // two notes: so that he hears what he has turned on
    expect(await notes()).toBe(2);
    await say('With a sound.');
    await until(async () => (await ears()).every(({ settled }) => settled === 1));
    expect(await notes()).toBe(4);
    await one.page.evaluate(() => ((document as unknown as { ear: Ear }).ear.looks = true));
    await say('While he looks.');
    await until(async () => (await ears()).every(({ settled }) => settled === 2));
    expect(await notes()).toBe(4);
  }, 60_000);
});

interface Ear {
  notes: number;
  settled: number;
  looks: boolean;
}
