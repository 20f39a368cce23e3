import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { signInRulesSchema } from '@loket/contracts/second-factor.js';
import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, signedIn, visit } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, agentPassword, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';

/** A person's own affairs in the console: how he gets in, where he is in, and how he likes it. */
describe('somebody at his own settings', () => {
  let database: TestDatabase;
  let server: TestServer;
  let browser: Browser;
  let admin: ApiClient;

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await database.drop();
  });

  /** What the app on the phone shows; `steps` half minutes from now, since each code counts once. */
  const codeOf = (secret: string, steps = 0): string =>
    new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
  const password = async (page: Page, email: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Work email' }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(agentPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const inbox = (page: Page): Promise<void> => page.getByRole('navigation').first().waitFor();
  const secretOf = async (page: Page): Promise<string> =>
    (await page.getByLabel('Secret key').innerText()).replaceAll(/\s/g, '');

  it('turns a second step on, signs in with it, and with a recovery code when the phone is gone', async () => {
    const rani = await addColleague(admin, 'Rani');
    const { page, context, errors } = await signedIn(browser, server, rani);
    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Set up the second step' }).click();
    await page.getByLabel('Current password').last().fill(agentPassword);
    await page.getByRole('button', { name: 'Continue' }).click();
    const secret = await secretOf(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    // Six digits are enough: nothing has to be pressed.
    await page.getByLabel('Six-digit code of the app').fill(codeOf(secret));
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    const [recovery = ''] = await codes.allInnerTexts();
    expect(await codes.count()).toBe(10);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: 'I have kept these codes' }).check();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('10 recovery codes left').waitFor();
    expect(errors).toEqual([]);
    await context.close();

    const phone = await visit(browser, server, { width: 390, height: 844 });
    await phone.page.goto('/signin?next=/settings/profile');
    await password(phone.page, rani.email);
    await phone.page.getByRole('heading', { name: 'Second step' }).waitFor();
    expect(await accessibilityFaults(phone.page)).toEqual([]);
    await phone.page.getByLabel('Six-digit code').fill('000000');
    await phone.page.getByText('The code is wrong.').waitFor();
    await phone.page.getByLabel('Six-digit code').fill(codeOf(secret, 1));
    await phone.page.waitForURL('**/settings/profile');
    await phone.context.close();

    const lost = await visit(browser, server);
    await lost.page.goto('/signin');
    await password(lost.page, rani.email);
    await lost.page.getByRole('button', { name: 'Use a recovery code' }).click();
    await lost.page.getByLabel('Recovery code').fill(recovery.toUpperCase());
    await lost.page.getByRole('button', { name: 'Continue' }).click();
    await inbox(lost.page);

    // An admin takes it away: out at once, and told at the next sign-in.
    await admin.delete(`/agents/${rani.agent.id}/second-factor`);
    await lost.page.getByRole('heading', { name: 'Sign in to Loket' }).waitFor();
    await password(lost.page, rani.email);
    await lost.page.getByText('An admin took away your second step of signing in.').waitFor();
    await lost.context.close();
  });

  it('has to set it up first where his role asks for it', async () => {
    const siti = await addColleague(admin, 'Siti', { role: 'supervisor' });
    await admin.patch('/settings/sign-in', { secondFactorFor: ['supervisor'] }, signInRulesSchema);
    const { page, context } = await visit(browser, server);
    await page.goto('/signin');
    await password(page, siti.email);
    await page.getByRole('heading', { name: 'Set up a second step' }).waitFor();
    const secret = await secretOf(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto('/inbox/all');
    await page.getByRole('heading', { name: 'Sign in to Loket' }).waitFor();
    await password(page, siti.email);
    const next = await secretOf(page);
    expect(next).not.toBe(secret);
    await page.getByLabel('Six-digit code of the app').fill(codeOf(next));
    await page.getByRole('checkbox', { name: 'I have kept these codes' }).check();
    await page.getByRole('button', { name: 'Go to Loket' }).click();
    await inbox(page);
    await context.close();
  });

  it('ends another session, and that browser is out within a second, with all that it had loaded', async () => {
    const budi = await addColleague(admin, 'Budi');
    const here = await signedIn(browser, server, budi);
    const there = await signedIn(browser, server, budi);
    const socket = there.page.waitForEvent('websocket');
    await there.page.goto('/inbox/all');
    await inbox(there.page);
    const closed = (await socket).waitForEvent('close');
    await here.page.goto('/settings/security');
    const ended = here.page.waitForResponse(
      (answer) => answer.request().method() === 'DELETE' && answer.status() === 204,
    );
    await here.page.getByRole('button', { name: 'End all other sessions' }).click();
    await ended;
    const from = performance.now();
    await Promise.all([closed, there.page.getByRole('heading', { name: 'Sign in to Loket' }).waitFor()]);
    const ms = Math.round(performance.now() - from);
    process.stdout.write(`the other browser was out after ${String(ms)} ms\n`);
    // A second on a machine that does nothing else.
    expect(ms).toBeLessThan(5_000);
    await here.page.getByRole('heading', { name: 'Security' }).waitFor();
    await Promise.all([here.context.close(), there.context.close()]);
  });

  it('finds the console as he likes it in his next browser, in the language that he chose', async () => {
    const dewi = await addColleague(admin, 'Dewi');
    const here = await signedIn(browser, server, dewi);
    await here.page.goto('/settings/appearance');
    const loads: string[] = [];
    here.page.on('framenavigated', (frame) => loads.push(frame.url()));
    const choose = (group: string, name: string) =>
      here.page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click();
    await choose('Theme', 'Dark');
    await choose('Density of lists', 'Compact');
    await here.page.getByRole('checkbox', { name: /Single/i }).uncheck();
    await choose('Bahasa / Language', 'Indonesia');
    await here.page.getByRole('heading', { name: 'Tampilan' }).waitFor();
    expect(await here.page.locator('html').getAttribute('lang')).toBe('id');
    expect(loads).toEqual([]);
    await here.page.waitForLoadState('networkidle');
    expect(await dewi.client.get('/me', agentSchema)).toMatchObject({
      locale: 'id',
      preferences: { theme: 'dark', density: 'compact', singleKeys: false },
    });
    await here.context.close();

    const there = await signedIn(browser, server, dewi);
    await there.page.goto('/inbox/all');
    const html = there.page.locator(
      'html[data-density="compact"][data-mantine-color-scheme="dark"][lang="id"]',
    );
    await html.waitFor({ state: 'attached' });
    await inbox(there.page);
    await there.page.keyboard.press('?');
    await there.page.keyboard.press('Control+k');
    await there.page.getByRole('dialog').waitFor();
    // the help would have been the first
    expect(await there.page.getByRole('dialog').count()).toBe(1);
    await there.context.close();
  });

  it('leaves a first step out, invites several people at once, and goes on after a reload', async () => {
    await admin.patch('/me', { locale: 'en' }, agentSchema);
    const { page, context, errors } = await signedIn(browser, server);
    await page.goto('/setup');
    await page.getByRole('heading', { name: 'Where do customers reach you?' }).waitFor();
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('heading', { name: 'Who answers customers?' }).waitFor();
    await page
      .getByRole('textbox', { name: 'Email addresses' })
      .fill('tono@toko.example, Wati <wati@toko.example>');
    await page.getByRole('button', { name: 'Invite 2 people' }).click();
    await page.getByRole('region', { name: '2 people invited' }).getByText('wati@toko.example').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Who answers customers?' }).waitFor();
    await page.goto('/inbox/all');
    await page
      .getByRole('region', { name: 'First steps' })
      .getByRole('link', { name: /^First steps/ })
      .click();
    await page.getByRole('heading', { name: 'Write as a customer' }).waitFor();
    expect(await page.getByRole('button', { name: /Connect a channel/ }).innerText()).toContain('Left out');
    expect(errors).toEqual([]);
    await context.close();
  });
});
