import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, type Visitor, visit } from './support/browser.js';
import { caseRow, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, type Colleague, listCases, signInAdmin } from './support/desk.js';
import { pngPicture } from './support/pictures.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { WidgetTab } from './support/widget.js';

const shows = (image: Locator): Promise<unknown> =>
  until(() => image.evaluate((element: HTMLImageElement) => element.complete && element.naturalWidth > 0));

/** what cameras write into their files */
const place = 'GPS -6.2088 106.8456';

/** From the agent's own profile to the screens of colleagues and to the page of somebody's shop. */
describe("an agent's picture", () => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let rani: Colleague;
  let shop: Visitor;
  let tab: WidgetTab;
  let desk: Visitor;
  let colleague: Visitor;

  beforeAll(async () => {
    database = await freshDatabase();
    server = await startServer({ databaseUrl: database.url });
    const admin = await signInAdmin(server);
    const { id } = await admin.createChannel({ kind: 'webchat', name: 'Rumah Senja' });
    rani = await addColleague(admin, 'Rani Dewi');
    const sari = await addColleague(admin, 'Sari');
    browser = await openBrowser();
    shop = await visit(browser, server);
    desk = await signedIn(browser, server, rani);
    colleague = await signedIn(browser, server, sari);
    tab = new WidgetTab(shop.page);
    await shop.page.goto(`/demo/shop?channel=${id}&lang=en`);
    await tab.open();
    await tab.write('Is the blue mug still there?');
    await until(async () => (await listCases(admin)).length === 1);
    const [found] = await listCases(admin);
    await admin.send('PUT', `/cases/${found!.id}/assignee`, {
      body: { agentId: rani.agent.id, version: found!.version },
    });
    await colleague.page.goto('/inbox/all');
    await desk.page.goto('/settings/profile');
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  const own = (): Locator => desk.page.getByRole('region', { name: 'Picture' });
  /** her face in the list that Sari has open since before */
  const assignee = (): Locator => caseRow(colleague.page, 'blue mug').getByTitle('Rani Dewi');

  it('is cut and sent from the profile, by keyboard alone', async () => {
    const { page } = desk;
    await assignee().getByText('RD').waitFor();
    const window = page.waitForEvent('filechooser');
    await own().getByRole('button', { name: 'Choose a picture' }).press('Enter');
    const buffer = Buffer.concat([pngPicture(400, 300), Buffer.from(place)]);
    const file = { name: 'IMG_0042.png', mimeType: 'image/png', buffer };
    await (await window).setFiles(file);
    const dialog = page.getByRole('dialog', { name: 'Crop the picture' });
    const frame = dialog.getByRole('group', { name: /shown/ });
    await until(() => frame.evaluate((element) => element === document.activeElement));
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const key of ['ArrowRight', '+', 'ArrowDown']) await page.keyboard.press(key);
    const zoom = dialog.getByRole('slider', { name: 'Zoom' });
    expect(Number(await zoom.getAttribute('aria-valuenow'))).toBeGreaterThan(1);
    await dialog.getByRole('button', { name: 'Save picture' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await shows(own().getByRole('presentation'));
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('stands on the open screen of a colleague at once, small and without what the file told', async () => {
    const image = assignee().getByRole('presentation');
    await shows(image);
    const size = await image.evaluate((element: HTMLImageElement) => [
      element.naturalWidth,
      element.naturalHeight,
    ]);
    expect(size).toEqual([256, 256]);
    const path = (await image.getAttribute('src'))!;
    const answer = await rani.client.send('GET', path.replace('/api/v1', ''), {});
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(await answer.text()).not.toContain(place);
  });

  it('is shown to the visitor whom she answers, above and beside what she says', async () => {
    const { page } = desk;
    await page.goto('/inbox/all');
    await caseRow(page, 'blue mug').click();
    await composer(page).fill('It is, shall I keep it for you?');
    await composer(page).press('Control+Enter');
    await tab.bubble('It is, shall').waitFor();
    await shows(tab.panel.locator('.header .face img'));
    await shows(tab.panel.locator('.item .face img'));
    await shows(messageOf(page, 'It is, shall').getByRole('presentation'));
  });

  it('gives way to the initials everywhere once she has removed it', async () => {
    const { page } = desk;
    await page.goto('/settings/profile');
    await own().getByRole('button', { name: 'Remove' }).click();
    await own().getByText('RD', { exact: true }).waitFor();
    await assignee().getByText('RD').waitFor();
    await shop.page.reload();
    if (!(await tab.panel.isVisible())) await tab.launcher.click();
    await tab.bubble('It is, shall').waitFor();
    await tab.panel.locator('.header .face', { hasText: 'RD' }).waitFor();
    expect(await tab.panel.locator('.face img').count()).toBe(0);
    expect([...shop.errors, ...desk.errors, ...colleague.errors]).toEqual([]);
  });
});
