import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Result as AxeResult } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ApiClient } from './client.js';
import type { TestServer } from './server.js';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** A real Chromium without a window. One per test file is plenty; close it in `afterAll`. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = places.find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error(
      'There is no Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** what the page wrote to the console as an error, and exceptions nobody caught */
  errors: string[];
}

export interface VisitorOptions {
  locale?: 'id-ID' | 'en-GB';
  width?: number;
  height?: number;
  ignoreHTTPSErrors?: boolean;
  /** answers can be taken back for some seconds, as people have it; otherwise they leave at once */
  undoSend?: boolean;
}

/** A fresh profile: nobody is signed in. */
export async function visit(
  browser: Browser,
  server: TestServer,
  options: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: options.locale ?? 'en-GB',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    ignoreHTTPSErrors: options.ignoreHTTPSErrors ?? false,
  });
  context.setDefaultTimeout(15_000);
  if (!options.undoSend) await context.addInitScript(sendAtOnce);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return { context, page, errors };
}

function sendAtOnce(): void {
  try {
    localStorage['loket-undo-send'] ??= '0';
  } catch {
    // a sandboxed frame has no storage, and nothing to send
  }
}

/** A fresh profile of somebody signed in, without going through the form. Nothing is opened yet. */
export async function signedIn(
  browser: Browser,
  server: TestServer,
  who: { email: string; password: string } = { email: server.adminEmail, password: server.adminPassword },
  options: VisitorOptions = {},
): Promise<Visitor> {
  const client = new ApiClient(server.url);
  await client.signIn(who.email, who.password);
  const visitor = await visit(browser, server, options);
  const cookies = client
    .cookieHeader()
    .split('; ')
    .map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: server.url, httpOnly: true };
    });
  await visitor.context.addCookies(cookies);
  return visitor;
}

/**
 * What axe finds wrong with the page as it stands: WCAG 2.2 A and AA.
 *
 * @param rules only these; for a second look at the same page in other colours
 */
export async function accessibilityFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate(source);
  }
  await settled(page);
  const violations = await page.evaluate(async (only) => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: AxeResult[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: tags };
    // of what is fine nothing is told, which spares most of the time
    return (await axe.run({ runOnly, resultTypes: ['violations'] })).violations;
  }, rules);
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${v.help}: ${node.html.slice(0, 300)}`));
}

/** Colours on their way from one theme to the other are nobody's to judge: waits for some frames in which nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moves = (animation: Animation): boolean =>
      animation.playState === 'running' && animation.effect?.getComputedTiming().endTime !== Infinity;
    for (let still = 0; still < 10;) {
      await new Promise(requestAnimationFrame);
      still = document.getAnimations().some(moves) ? 0 : still + 1;
    }
  });
}
