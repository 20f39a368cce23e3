import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { HostSite } from './support/host-site.js';
import { until } from './support/until.js';
import { WidgetScene } from './support/widget.js';

// What a visitor and an agent have of each other, through the built widget in a real Chromium.

describe('a chat', () => {
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

  const packets = (event: string): unknown[] =>
    scene.desk.packets.filter((packet) => packet.event === event).map(({ data }) => data);

  it('shows typing, ticks, names and pictures, and tells the same of the visitor', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    await tab.field.pressSequentially('hel');
    await until(() => packets('typing').length === 1);
    await tab.write('hello');
    await tab.panel.getByTitle('Sent').waitFor();
    await until(() => packets('typing').length === 2);
    expect(packets('typing')).toEqual([{ typing: true }, { typing: false }]);
    expect(packets('page')[0]).toEqual({ url: `${scene.site.url}/`, title: 'Toko', referrer: '' });

    desk.mark('delivered');
    await tab.panel.getByTitle('Delivered').waitFor();
    desk.mark('read');
    await tab.panel.getByTitle('Read').waitFor();

    const picture = desk.hold(
      'rani.svg',
      'image/svg+xml',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    );
    desk.setAgent({ name: 'Rani', picture: picture.url });
    await tab.panel.getByText('Rani answers, usually within 6 minutes').waitFor();
    expect(await tab.panel.locator('.header img').getAttribute('src')).toBe(desk.url + picture.url);
    desk.types('Rani');
    await tab.panel.getByText('Rani is typing…').waitFor();
    const id = desk.say('hello, this is Rani');
    await tab.bubble('this is Rani').waitFor();
    await tab.panel.getByText('Rani is typing…').waitFor({ state: 'detached' });
    await until(() => packets('seen').length > 0);
    expect(packets('seen')).toEqual([{ messageId: id, state: 'read' }]);
    expect(await tab.page.getByRole('status').allInnerTexts()).toContain('Rani: hello, this is Rani');

    desk.say('went on by mail', { via: 'email' });
    await tab.panel.getByText(/by e-mail/).waitFor();
  });

  it('has a face for whoever answers: his picture, or initials when it is gone or somebody else types', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    await tab.write('hello');
    await tab.panel.getByTitle('Sent').waitFor();
    const drawn = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const { url: picture } = desk.hold('rani.svg', 'image/svg+xml', drawn);
    desk.setAgent({ name: 'Rani', picture });
    desk.say('this is Rani', { name: 'Rani', picture });
    const faces = tab.panel.locator('.item .face');
    await until(() =>
      faces.locator('img').evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth === 9),
    );
    desk.types('Budi Raharjo');
    await tab.panel.locator('.typing .face', { hasText: 'BR' }).waitFor();
    desk.setAgent({ name: 'Rani', picture: '/files/gone' });
    await tab.panel.locator('.header .face', { hasText: 'R' }).waitFor();
    desk.say('this is Budi', { name: 'Budi Raharjo', picture: '/files/gone' });
    await faces.filter({ hasText: 'BR' }).waitFor();
    expect(await tab.panel.locator('.face img').count()).toBe(1);
  });

  it('takes pasted and dropped pictures, and says what it does not take', async () => {
    scene = await WidgetScene.open(browser, { files: { types: ['image/png'], maxBytes: 1000 } });
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    const hand = (event: 'paste' | 'drop', name: string, type: string, size: number): Promise<void> =>
      tab.panel.evaluate(
        (panel, [kind, fileName, mediaType, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], fileName, { type: mediaType }));
          const target = kind === 'paste' ? panel.querySelector('textarea')! : panel;
          const init = { bubbles: true, cancelable: true };
          target.dispatchEvent(
            kind === 'paste'
              ? new ClipboardEvent('paste', { ...init, clipboardData: data })
              : new DragEvent('drop', { ...init, dataTransfer: data }),
          );
        },
        [event, name, type, size] as const,
      );
    await hand('paste', 'pasted.png', 'image/png', 10);
    await hand('drop', 'dropped.png', 'image/png', 20);
    await tab.panel.getByText('pasted.png').waitFor();
    await tab.panel.getByText('dropped.png').waitFor();
    await hand('drop', 'page.html', 'text/html', 10);
    await tab.panel.getByText('page.html: this type of file is not taken here').waitFor();
    await hand('drop', 'large.png', 'image/png', 1001);
    await tab.panel.getByText('large.png is larger than 1 kB').waitFor();
    await tab.panel.getByRole('button', { name: 'Remove pasted.png' }).click();
    await tab.panel.getByRole('button', { name: 'Send' }).click();
    await until(() => desk.messages.length === 1);
    expect(desk.messages[0]!.attachments).toMatchObject([{ name: 'dropped.png', size: 20 }]);
  });

  it('asks first what the channel asks, stores nothing before, and sends the answers with the first words', async () => {
    scene = await WidgetScene.open(browser, {
      consentText: { en: 'We keep this chat.' },
      preChat: [
        { id: 'name', kind: 'name', label: { en: 'Name' }, required: true },
        { id: 'email', kind: 'email', label: { en: 'E-mail' } },
      ],
    });
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.launcher.click();
    await tab.panel.getByRole('textbox', { name: 'Name' }).fill('Dewi');
    await tab.panel.getByRole('textbox', { name: 'E-mail' }).fill('not one');
    await tab.panel.getByRole('button', { name: 'Start chat' }).click();
    await tab.panel.getByText('This is not an e-mail address').waitFor();
    expect(desk.sockets.length).toBe(0);
    expect(
      await tab.page.evaluate(() => Object.keys(localStorage).filter((key) => !key.endsWith('config'))),
    ).toEqual([]);
    await tab.panel.getByRole('textbox', { name: 'E-mail' }).fill('dewi@example.org');
    await tab.panel.getByRole('checkbox', { name: 'I agree' }).check();
    await tab.panel.getByRole('button', { name: 'Start chat' }).click();
    await tab.field.waitFor();
    await tab.page.reload();
    await tab.write('first');
    await tab.write('second');
    await until(() => desk.messages.length === 2);
    expect(desk.messages.map(({ text, preChat }) => [text, preChat])).toEqual([
      ['first', { name: 'Dewi', email: 'dewi@example.org' }],
      ['second', undefined],
    ]);
  });

  it('offers to answer by mail, and proves the address with a code', async () => {
    scene = await WidgetScene.open(browser, { continueBy: ['email'] });
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    await tab.write('hello');
    await tab.panel.getByRole('textbox', { name: 'E-mail address' }).fill('dewi@example.org');
    await tab.panel.getByRole('button', { name: 'Save' }).click();
    await tab.panel.getByRole('textbox', { name: 'Code' }).fill('000000');
    await tab.panel.getByRole('button', { name: 'Confirm' }).click();
    await tab.panel.getByText('that code is not right, or too old').waitFor();
    await tab.panel.getByRole('textbox', { name: 'Code' }).fill(desk.code);
    await tab.panel.getByRole('button', { name: 'Confirm' }).click();
    await tab.panel.getByText('Thank you.').waitFor();
    expect(desk.claims).toEqual([{ email: 'dewi@example.org' }]);
    await tab.page.reload();
    await tab.bubble('hello').waitFor();
    expect(await tab.panel.getByRole('textbox', { name: 'E-mail address' }).count()).toBe(0);
  });

  it('has its history after a reload, and more of it when asked', async () => {
    scene = await WidgetScene.open(browser);
    const { desk } = scene;
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    await tab.write('the oldest');
    await until(() => desk.said().length === 1);
    for (let i = 1; i <= 40; i++) desk.say(`answer ${i}`);
    await tab.bubble('answer 40').waitFor();
    await tab.page.reload();
    await tab.bubble('answer 40').waitFor();
    expect((await tab.texts()).length).toBe(30);
    await until(() => inView(tab.bubble('answer 40')));
    await tab.panel.getByRole('button', { name: 'Show earlier messages' }).click();
    await tab.bubble('the oldest').waitFor({ state: 'attached' });
    expect((await tab.texts()).length).toBe(41);
    // what was read stays where it was
    expect(await inView(tab.bubble('the oldest'))).toBe(false);
  });

  it.each(['a proxy', 'the policy of the page'])('gets through where %s forbids WebSocket', async (who) => {
    const policy = (desk: string): string =>
      HostSite.policy(desk).replace(` ${desk.replace('http', 'ws')}`, '');
    scene = await WidgetScene.open(browser, {}, who === 'a proxy' ? HostSite.policy : policy);
    const { desk } = scene;
    if (who === 'a proxy') {
      await desk.stop();
      desk.httpOnly = true;
      await desk.start();
    }
    const tab = await scene.tab(await scene.profile());
    await tab.open();
    for (const words of ['one', 'two', 'three']) await tab.write(words);
    await until(() => desk.said().length === 3);
    desk.say('four');
    await tab.bubble('four').waitFor();
    expect(desk.sockets[0]!.conn.transport.name).toBe('polling');
    expect(desk.said()).toEqual(['one', 'two', 'three']);
    await tab.page.evaluate(() => window.Loket!.destroy());
    await until(() => desk.sockets.length === 0);
  });
});

/** Whether one sees all of it, in the part of the conversation that is shown. */
async function inView(bubble: Locator): Promise<boolean> {
  return bubble.evaluate((element) => {
    const inner = element.getBoundingClientRect();
    const outer = element.closest('.scroll')!.getBoundingClientRect();
    return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  });
}
