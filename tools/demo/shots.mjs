import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { fail, root } from '../shell.mjs';
import { Api } from './api.mjs';
import { admin, shop } from './shop.mjs';

// `npm run demo:shots`: pictures for the README of the demo that is running (npm run demo -- --agents-work).
// `--only board,dark` takes some of them.
const { values: args } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    into: { type: 'string', default: join(root, 'docs/images') },
    only: { type: 'string' },
  },
});
const mostBytes = 250_000;
const wide = { width: 1296, height: 810 };

const api = new Api(args.url);
await api
  .call('POST', '/session', { email: admin.email, password: shop.password })
  .catch(() => fail(`There is no demo at ${args.url}. Start it: npm run demo -- --agents-work`));

/** @returns the number of a case worth showing */
async function caseWith(query, fits = () => true) {
  const { items } = await api.get(`/cases?${query}&limit=100`);
  return (items.find(fits) ?? items[0]).number;
}
const several = await caseWith('status=all', (one) => one.channelKinds.length > 1 && one.messageCount > 3);
const suggested = (await api.get('/suggestions?kind=case&state=waiting&limit=20')).items[0];
const double = suggested?.cases?.[0]?.number ?? several;

/** What stands where, and what is done there before it is taken. */
const shots = {
  inbox: { path: `/inbox/all/${await caseWith('status=open&kind=whatsapp', (one) => one.messageCount > 2)}` },
  case: { path: `/inbox/all/${several}?status=all` },
  board: { path: '/board' },
  merge: { path: `/inbox/all/${double}?status=all`, keys: ['m'] },
  settings: { path: '/settings/channels' },
  phone: { path: '/inbox/all', viewport: { width: 390, height: 844 } },
  dark: { path: `/inbox/all/${several}?status=all`, theme: 'dark' },
};

const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (place) => place && existsSync(place),
);
if (!executablePath) fail('There is no Chromium. Install it, or set CHROMIUM_PATH.');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
mkdirSync(args.into, { recursive: true });
const wanted = args.only?.split(',') ?? Object.keys(shots);
let tooLarge = false;
try {
  for (const locale of ['en', 'id']) {
    await api.call('PATCH', '/me', { locale });
    for (const name of wanted) await take(name, locale);
  }
} finally {
  await browser.close();
  await api.call('PATCH', '/me', { locale: 'id', preferences: { theme: 'auto' } });
}
process.exit(tooLarge ? 1 : 0);

async function take(name, locale) {
  const { path, keys = [], theme = 'light', viewport = wide } = shots[name];
  // the account knows how its person likes the screen
  await api.call('PATCH', '/me', { preferences: { theme } });
  const context = await browser.newContext({ baseURL: args.url, viewport, reducedMotion: 'reduce' });
  const [key, value] = api.cookie.split('=');
  await context.addCookies([{ name: key, value, url: args.url, httpOnly: true }]);
  const page = await context.newPage();
  await page.goto(path);
  // Live pages never come to rest: what counts is that nothing is missing any more.
  await page.getByRole('main').or(page.getByRole('listbox')).first().waitFor();
  await page.waitForFunction(() => globalThis.document.querySelectorAll('[aria-busy="true"]').length === 0);
  await page.evaluate(() => globalThis.document.fonts.ready);
  await page.waitForTimeout(1500);
  for (const key of keys) {
    // what answers to the key may still be on its way
    const dialog = page.getByRole('dialog');
    for (let tries = 0; tries < 10 && !(await dialog.isVisible()); tries++) {
      await page.keyboard.press(key);
      await dialog.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await dialog.waitFor();
  }
  await page.waitForTimeout(500);
  const file = join(args.into, `${name}${locale === 'id' ? '-id' : ''}.png`);
  await page.screenshot({ path: file });
  await context.close();
  const { size } = statSync(file);
  if (size > mostBytes) tooLarge = true;
  console.log(`${file}  ${Math.round(size / 1000)} kB${size > mostBytes ? '  TOO LARGE' : ''}`);
}
