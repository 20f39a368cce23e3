import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { until } from './support/until.js';
import { WidgetScene } from './support/widget.js';

// The built widget in a real Chromium, on a strict page of another origin, with the server going away under it.

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `message ${String(from + i).padStart(2, '0')}`);

describe('a chat whose server goes away', () => {
  let browser: Browser;
  let scene: WidgetScene;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    expect(scene.desk.violations).toEqual([]);
    await scene.close();
  });

  it('loses nothing, repeats nothing and keeps the order over reload, crash, restart and lost acknowledgements', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const context = await scene.profile();
    let tab = await scene.tab(context);
    await tab.open();
    for (const words of numbered(1, 2)) await tab.write(words);
    await until(() => desk.said().length === 2);

    await desk.stop();
    for (const words of numbered(3, 5)) await tab.write(words);
    await tab.page.reload();
    // the server is still away: settings of last time, and what waits, are there all the same
    await expect(tab.field.waitFor()).resolves.toBeUndefined();
    await until(async () => (await tab.texts()).length === 3);
    for (const words of numbered(6, 8)) await tab.write(words);
    await tab.page.goto('chrome://crash').catch(() => undefined);

    tab = await scene.tab(context);
    await tab.open();
    desk.breakBeforeAck = 3;
    // else the browser would learn from it what had arrived, and repeat nothing
    desk.historyDown = true;
    await desk.start();
    await tab.untilOnline(() => desk.said().length === 8);
    desk.historyDown = false;
    desk.breakBeforeAck = 2;
    for (const words of numbered(9, 10)) await tab.write(words);
    await tab.untilOnline(() => desk.said().length === 10);

    expect(desk.said()).toEqual(numbered(1, 10));
    await until(async () => (await tab.page.getByTitle(/Waiting|Sending/).count()) === 0);
    expect(await tab.texts()).toEqual(numbered(1, 10));
    expect(desk.breakBeforeAck).toBe(0);
    // three were sent again, and were known
    expect(desk.packets.filter(({ event }) => event === 'message').length).toBe(13);
    const pending = await tab.page.evaluate(
      async (name) =>
        new Promise<number>((done) => {
          const open = indexedDB.open(name);
          open.onsuccess = () => {
            const all = open.result.transaction('outbox').objectStore('outbox').count();
            all.onsuccess = () => done(all.result);
          };
        }),
      `loket:${desk.channelId}`,
    );
    expect(pending).toBe(0);
  });

  it('sends files that were attached without a connection, also after a reload', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    await tab.write('before');
    await until(() => desk.said().length === 1);
    await desk.stop();
    await tab.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'crack.png', mimeType: 'image/png', buffer: png });
    await tab.field.fill('see the crack');
    await tab.page.getByRole('button', { name: 'Send' }).click();
    await tab.page.getByRole('progressbar', { name: 'crack.png' }).waitFor();
    await tab.page.reload();
    await tab.page.getByRole('progressbar', { name: 'crack.png' }).waitFor();

    await desk.start();
    await tab.untilOnline(() => desk.said().length === 2);
    expect(desk.messages.at(-1)).toMatchObject({
      text: 'see the crack',
      attachments: [{ name: 'crack.png', mediaType: 'image/png', size: png.length }],
    });
    await tab.page
      .getByRole('link', { name: /crack\.png/ })
      .getByRole('img')
      .waitFor();
  });

  it('keeps two tabs in step, with and without a server', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const context = await scene.profile();
    const [one, two] = [await scene.tab(context), await scene.tab(context)];
    await one.open();
    await two.open();
    await one.write('from one');
    await two.bubble('from one').waitFor();
    expect(desk.sockets.length).toBe(2);
    expect(new Set(desk.sockets.map(({ data }) => (data as { visitorId: string }).visitorId)).size).toBe(1);

    await desk.stop();
    await one.write('first, offline');
    await two.bubble('first, offline').waitFor();
    await two.write('second, offline');
    await one.write('third, offline');
    await two.bubble('third, offline').waitFor();
    await desk.start();
    await two.untilOnline(() => desk.said().length === 4);
    await one.online();
    const all = ['from one', 'first, offline', 'second, offline', 'third, offline'];
    expect(desk.said()).toEqual(all);

    await until(() => desk.sockets.length === 2);
    desk.say('read in one');
    await one.page.bringToFront();
    await one.bubble('read in one').waitFor();
    await one.page.getByRole('button', { name: 'Minimise' }).click();
    await two.page.getByRole('button', { name: 'Minimise' }).click();
    desk.say('read in neither');
    await until(
      async () => (await two.launcher.getAttribute('aria-label')) === 'Open chat, 1 unread message',
    );
    await one.open();
    await until(async () => (await two.launcher.getAttribute('aria-label')) === 'Open chat');
    expect(await one.texts()).toEqual([...all, 'read in one', 'read in neither']);
  });

  it('comes again with a new token when the old one is refused, and what waits goes out', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    await tab.write('as the first visitor');
    await until(() => desk.said().length === 1);
    desk.refuseNext = 'rate_limited';
    await tab.write('kept meanwhile');
    desk.revokeTokens();
    await tab.untilOnline(() => desk.said().length === 2);
    expect(desk.said()).toEqual(['as the first visitor', 'kept meanwhile']);
    // whose history it was is not known any more
    await until(async () => (await tab.texts()).join() === 'kept meanwhile');
  });

  it('works for the life of the page where storage is blocked', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const context = await scene.profile();
    await context.addInitScript(() => {
      const blocked = (): never => {
        throw new DOMException('blocked', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'BroadcastChannel']) {
        Object.defineProperty(window, name, { get: blocked });
      }
      Object.defineProperty(navigator.locks, 'request', { value: async () => blocked() });
    });
    const tab = await scene.tab(context);
    await tab.open();
    await tab.write('one');
    await until(() => desk.said().length === 1);
    await desk.stop();
    await tab.write('two');
    await tab.write('three');
    await desk.start();
    await tab.untilOnline(() => desk.said().length === 3);
    expect(desk.said()).toEqual(['one', 'two', 'three']);
    await until(async () => (await tab.texts()).join() === 'one,two,three');
  });

  it('says why something was not taken, and lets it be tried again', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    desk.refuseNext = 'blocked';
    await tab.write('please');
    await tab.panel.getByText('Not sent: not accepted').waitFor();
    await tab.write('not held up by it');
    await until(() => desk.said().length === 1);
    await tab.panel.getByRole('button', { name: 'Try again' }).click();
    await until(() => desk.said().length === 2);
    expect(desk.said()).toEqual(['not held up by it', 'please']);
  });

  it('sends nothing of one person in the name of the next', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const context = await scene.profile();
    const [tab, other] = [await scene.tab(context), await scene.tab(context)];
    const identify = (subject: string | null): Promise<void> =>
      tab.page.evaluate(
        (sub) => window.Loket!.identify(sub && `x.${btoa(JSON.stringify({ sub }))}.x`),
        subject,
      );
    await other.open();
    await tab.open();
    await identify('anna');
    await tab.write('anna was here');
    await until(() => desk.said().length === 1);
    await desk.stop();
    await tab.write('a secret of anna');
    await other.bubble('a secret of anna').waitFor();
    await identify('budi');
    for (const each of [tab, other]) await each.panel.locator('.item').first().waitFor({ state: 'detached' });
    await tab.write('budi is here');
    await desk.start();
    await tab.untilOnline(() => desk.said().length === 2);
    await other.online();
    await until(() => desk.sockets.length === 2);
    expect(desk.said()).toEqual(['anna was here', 'budi is here']);
  });
});
