import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, signedIn } from './support/browser.js';
import { signInAdmin } from './support/desk.js';
import { slowness } from './support/page-clock.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { startServer, type TestServer } from './support/server.js';

/** What the console may weigh before it shows anything: gzipped bytes of script. */
const budget = 300_000;
/** What it may take where nothing else runs. */
const usableMs = 1_500;

const dist = new URL('../apps/console/dist/', import.meta.url);

/** The entry of the built page and everything that it imports without being asked, as a browser would fetch it. */
function firstLoad(): Map<string, number> {
  const sizes = new Map<string, number>();
  const html = readFileSync(new URL('index.html', dist), 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path = '']) => path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sizes.has(path)) continue;
    const file = new URL(path, dist);
    const code = readFileSync(file, 'utf8');
    sizes.set(path, gzipSync(code).byteLength);
    // `import{a}from"./x.js"` and `import"./x.js"`, not `import("./x.js")`
    for (const [, to = ''] of code.matchAll(/\bimport\s*(?:[\w*${},\s]*?\bfrom\s*)?["'](\.[^"']+\.js)["']/g))
      waiting.push(new URL(to, file).href.slice(dist.href.length));
  }
  return sizes;
}

describe('the first load of the console', () => {
  it('is less than 300 kB of script, and without what only few screens need', () => {
    const sizes = firstLoad();
    expect(sizes.size).toBeGreaterThan(1);
    const sum = [...sizes.values()].reduce((a, b) => a + b, 0);
    process.stdout.write(
      `first load of the console: ${String(Math.round(sum / 1000))} kB of script, gzipped\n`,
    );
    expect(sum).toBeLessThan(budget);
    const code = [...sizes.keys()].map((path) => readFileSync(new URL(path, dist), 'utf8')).join('\n');
    // signs of zod, of the numbering plans of all countries, and of the socket
    expect(['ZodError', '"BR"', 'EIO'].filter((sign) => code.includes(sign))).toEqual([]);
  });

  describe('in a browser', () => {
    let database: TestDatabase;
    let server: TestServer;
    let browser: Browser;
    beforeAll(async () => {
      [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
      server = await startServer({ databaseUrl: database.url });
      const admin = await signInAdmin(server);
      const { id } = await admin.createChannel({ kind: 'email', name: 'Mail' });
      const sender = { kind: 'email' as const, value: 'ani@customer.example' };
      await admin.ingest(id, { externalId: 'first', sender, sentAt: new Date().toISOString(), text: 'Halo' });
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      await server.stop();
      await database.drop();
    });

    it('gets it compressed', async () => {
      const [[path] = ['']] = [...firstLoad()].toSorted(([, a], [, b]) => b - a);
      const { headers } = await fetch(`${server.url}/${path}`, { headers: { 'accept-encoding': 'gzip' } });
      expect(headers.get('content-encoding')).toBe('gzip');
      expect(headers.get('cache-control')).toContain('immutable');
      expect(headers.get('content-type')).toMatch(/javascript/);
    });

    it('shows the inbox soon from a cold cache', async () => {
      const times: number[] = [];
      let busy = 1;
      for (let round = 0; round < 3; round++) {
        const { page, context } = await signedIn(browser, server);
        await page.goto('/inbox/all', { waitUntil: 'commit' });
        await page.getByRole('option').first().waitFor();
        times.push(await page.evaluate(() => performance.now()));
        busy = Math.max(busy, await slowness(page));
        await context.close();
      }
      const [best = Infinity] = times.toSorted((a, b) => a - b);
      const figures = times.map((ms) => `${String(Math.round(ms))} ms`).join(', ');
      const beside = `the machine is ${busy.toFixed(1)} times slower than alone`;
      process.stdout.write(`inbox usable from a cold cache after ${figures}; ${beside}\n`);
      expect(best).toBeLessThan(usableMs * busy);
    });
  });
});
