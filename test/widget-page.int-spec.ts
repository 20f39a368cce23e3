import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser } from './support/browser.js';
import { until } from './support/until.js';
import { WidgetScene } from './support/widget.js';
import { xssPayloads } from './support/xss-payloads.js';

// How the built widget stands in somebody else's page: weight, policy, names, languages, sizes, keyboard, screen reader.

/** without a policy, which axe's own styles would break */
const noPolicy = (): string => '';

describe('widget.js', () => {
  it('weighs less than 35 kB with everything in it, compressed', () => {
    expect(gzipSync(readFileSync('apps/widget/dist/widget.js'), { level: 6 }).length).toBeLessThan(35_000);
  });
});

describe('the chat in a page', () => {
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

  it('works under a policy without inline script, inline style, eval and untrusted markup, and leaves one name', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const context = await scene.profile();
    await context.addInitScript(() => {
      const known = new Set(Object.getOwnPropertyNames(window));
      Object.defineProperty(document, 'added', {
        value: () => Object.getOwnPropertyNames(window).filter((name) => !known.has(name)),
      });
    });
    const tab = await scene.tab(context);
    await tab.open();
    await tab.write('hello');
    await until(() => desk.said().length === 1);
    await tab.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: pixel });
    await tab.panel.getByRole('button', { name: 'Remove a.png' }).waitFor();
    await tab.page.getByRole('button', { name: 'Send' }).click();
    await tab.panel.getByRole('img', { name: 'a.png' }).waitFor();
    desk.say('hello too');
    await tab.bubble('hello too').waitFor();
    const colour = await tab.launcher.evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(colour).toBe('rgb(11, 99, 116)');
    expect(tab.errors).toEqual([]);
    const added = await tab.page.evaluate(() => (document as unknown as { added(): string[] }).added());
    expect(added).toEqual(['Loket']);
    expect(await tab.page.evaluate(() => document.body.lastElementChild?.localName)).toBe('loket-chat');

    await tab.page.evaluate(() => window.Loket!.destroy());
    expect(await tab.page.evaluate(() => [document.querySelector('loket-chat'), 'Loket' in window])).toEqual([
      null,
      false,
    ]);
    await until(() => desk.sockets.length === 0);
  });

  it('shows what others write as text and nothing else', async () => {
    scene = await WidgetScene.open(browser, { title: '<img src=x onerror=__xss()>' }, noPolicy);
    const { desk } = scene;
    const context = await scene.profile();
    const runs: string[] = [];
    await context.exposeFunction('__xss', () => runs.push('ran'));
    context.on('request', (request) => {
      if (request.url().includes('CANARY')) runs.push(request.url());
    });
    const tab = await scene.tab(context);
    await tab.open();
    await tab.write('<script>__xss()</script>');
    const name = '"><svg onload=__xss()>';
    const evil = desk.hold('<b onclick=__xss()>.pdf', 'application/pdf', Buffer.from('x'));
    desk.setAgent({ name, picture: null });
    desk.types(name);
    await tab.panel.getByText(`${name} is typing…`).waitFor();
    for (const text of xssPayloads) desk.say(text, { name, attachments: [evil] });
    desk.say('javascript:__xss() data:text/html,x https://good.example/a?b=1, mailto:a@b.example');
    await tab.bubble('javascript:__xss() data').waitFor();
    const markup = await tab.panel.evaluate((panel) => ({
      bad: panel.querySelectorAll(
        'script, iframe, object, embed, style, base, [onload], [onerror], [onclick]',
      ).length,
      links: [...panel.querySelectorAll('.words a')].map((a) => [
        a.getAttribute('href'),
        a.getAttribute('rel'),
      ]),
    }));
    expect(markup.bad).toBe(0);
    for (const [href, rel] of markup.links) {
      expect(href).toMatch(/^(https?|mailto):/);
      expect(rel).toContain('noopener');
    }
    expect(markup.links.map(([href]) => href)).toEqual(
      expect.arrayContaining(['https://good.example/a?b=1', 'mailto:a@b.example']),
    );
    expect(runs).toEqual([]);
    expect(tab.errors).toEqual([]);
    expect(await tab.texts()).toEqual(expect.arrayContaining(['<script>__xss()</script>']));
  });

  it('is accessible, closed and open, on a desk and on a phone, and with the form before the chat', async () => {
    const config = { continueBy: ['email' as const], colour: '#ffd54a' };
    scene = await WidgetScene.open(browser, config, noPolicy);
    const { desk } = scene;
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      const tab = await scene.tab(await scene.profile({ viewport }));
      expect(await accessibilityFaults(tab.page)).toEqual([]);
      await tab.open();
      await tab.write('hello https://example.org');
      desk.say('an answer https://example.org');
      await tab.bubble('an answer').waitFor();
      await tab.panel.getByRole('textbox', { name: 'E-mail address' }).waitFor();
      expect(await accessibilityFaults(tab.page)).toEqual([]);
      await tab.page.context().close();
    }
    desk.config = {
      ...desk.config,
      theme: 'dark',
      consentText: { en: 'We keep this chat.' },
      preChat: [
        { id: 'name', kind: 'name', label: { en: 'Name' }, required: true },
        { id: 'topic', kind: 'choice', label: { en: 'Topic' }, options: ['Order', 'Other'] },
      ],
    };
    const tab = await scene.tab(await scene.profile());
    await tab.launcher.click();
    await tab.panel.getByRole('button', { name: 'Start chat' }).click();
    expect(await accessibilityFaults(tab.page)).toEqual([]);
  });

  it('goes by the keyboard: Escape closes and gives focus back, on a phone Tab stays in the sheet', async () => {
    scene = await WidgetScene.open(browser);
    const tab = await scene.tab(await scene.profile({ viewport: { width: 390, height: 700 } }));
    await tab.launcher.focus();
    await tab.page.keyboard.press('Enter');
    await tab.panel.waitFor();
    expect(await tab.panel.getAttribute('aria-modal')).toBe('true');
    const size = await tab.panel.boundingBox();
    expect(size).toEqual({ x: 0, y: 0, width: 390, height: 700 });
    const seen = new Set<string>();
    for (let i = 0; i < 9; i++) {
      await tab.page.keyboard.press('Tab');
      seen.add(await focused(tab.page));
    }
    expect([...seen].sort()).toEqual(
      ['Attach files', 'Emoji', 'Messages', 'Minimise', 'Send', 'Turn sound on', 'Write a message'].sort(),
    );
    await tab.page.keyboard.press('Escape');
    await until(async () => (await focused(tab.page)) === 'Open chat');

    await tab.page.setViewportSize({ width: 1200, height: 800 });
    await tab.page.keyboard.press('Enter');
    await tab.panel.waitFor();
    expect(await tab.panel.getAttribute('aria-modal')).toBe('false');
    expect(await focused(tab.page)).toBe('Write a message');
    await tab.page.getByRole('button', { name: 'Emoji' }).click();
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.keyboard.press('Enter');
    expect(await tab.field.inputValue()).toBe('😄');
    expect(await focused(tab.page)).toBe('Write a message');
  });

  it('speaks the language of the page, or another that it is told', async () => {
    scene = await WidgetScene.open(browser, { greeting: { id: 'Selamat datang' } });
    scene.site.html = 'lang="id-ID"';
    const tab = await scene.tab(await scene.profile());
    await tab.page.getByRole('button', { name: 'Buka obrolan' }).click();
    await tab.page.getByRole('textbox', { name: 'Tulis pesan' }).waitFor();
    await tab.panel.getByText('Selamat datang').waitFor();
    await tab.panel.getByText('Kami membalas, biasanya dalam 6 menit').waitFor();
    await tab.page.evaluate(() => window.Loket!.setLanguage('en'));
    await tab.field.waitFor();
    await tab.panel.getByText('We answer, usually within 6 minutes').waitFor();

    scene.site.attributes = 'data-language="en"';
    const other = await scene.tab(await scene.profile());
    await other.page.getByRole('button', { name: 'Open chat' }).waitFor();
  });

  it('mirrors on a page that is written from right to left', async () => {
    scene = await WidgetScene.open(browser);
    scene.site.html = 'lang="ar" dir="rtl"';
    const tab = await scene.tab(await scene.profile({ viewport: { width: 1000, height: 700 } }));
    await tab.open();
    await tab.page.mouse.move(900, 10);
    await until(async () => (await tab.launcher.boundingBox())!.x === 20);
    expect((await tab.panel.boundingBox())!.x).toBe(20);
  });

  it('can be told what to do before it is there, and tells what happens', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const context = await scene.profile();
    await context.addInitScript(() => {
      const log: unknown[] = [];
      Object.assign(document, { log });
      document.addEventListener('DOMContentLoaded', () => {
        const wait = setInterval(() => {
          if (!window.Loket) return;
          clearInterval(wait);
          for (const event of ['ready', 'open', 'close', 'unread'] as const) {
            window.Loket.on(event, (value) => log.push(value === undefined ? event : [event, value]));
          }
          window.Loket.open();
        }, 5);
      });
    });
    const tab = await scene.tab(context);
    await tab.panel.waitFor();
    await until(() => desk.sockets.length === 1);
    await tab.page.evaluate(() => window.Loket!.close());
    desk.say('hello?');
    const log = (): Promise<unknown[]> =>
      tab.page.evaluate(() => (document as unknown as { log: unknown[] }).log);
    await until(async () => (await log()).length >= 4);
    expect(await log()).toEqual(['open', 'ready', 'close', ['unread', 1]]);
  });

  it('forgets who was there when the site says so', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    await tab.write('private words');
    await until(() => desk.said().length === 1);
    await tab.page.evaluate(() => window.Loket!.identify(null));
    await tab.bubble('private words').waitFor({ state: 'detached' });
    await until(() => desk.sockets.length === 1);
    await tab.write('somebody new');
    await until(() => desk.said().length === 2);
    expect(new Set(desk.messages.map(({ visitorId }) => visitorId)).size).toBe(2);

    // another browser of the person who is known by that name
    const identify = (page: Page): Promise<void> =>
      page.evaluate(() => window.Loket!.identify(`x.${btoa('{"sub":"anna"}')}.x`));
    await identify(tab.page);
    const elsewhere = await scene.tab(await scene.profile());
    await elsewhere.open();
    await elsewhere.write('from another browser');
    await identify(elsewhere.page);
    await elsewhere.bubble('somebody new').waitFor();
    await elsewhere.bubble('from another browser').waitFor({ state: 'detached' });
    expect(desk.packets.filter(({ event }) => event === 'identify').length).toBeGreaterThan(0);
  });
});

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Name of what has the focus, in the page or in the chat. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const host = document.activeElement;
    const inner = host?.shadowRoot?.activeElement ?? host;
    return inner?.getAttribute('aria-label') ?? inner?.textContent ?? '';
  });
}
