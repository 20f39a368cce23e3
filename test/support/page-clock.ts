import type { CDPSession, Page } from 'playwright-core';

declare global {
  interface Window {
    loketFrames?: { frames: number[]; long: number[]; stop: boolean };
    loketOpened?: Opened | null;
    loketStyles?: number;
  }
}

export interface Frames {
  /** milliseconds between two paints */
  p95: number;
  worst: number;
  /** milliseconds of tasks that held the page for 50 ms or more */
  long: number[];
}

/** Notes every frame and every long task of the page while `work` goes on. By the page's own clock. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const told = { frames: [] as number[], long: [] as number[], stop: false };
    window.loketFrames = told;
    const observer = new PerformanceObserver((list) => {
      told.long.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ entryTypes: ['longtask'] });
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      told.frames.push(now - last);
      last = now;
      if (told.stop) observer.disconnect();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await work();
  const { frames, long } = await page.evaluate(() => {
    const told = window.loketFrames!;
    told.stop = true;
    return told;
  });
  const sorted = frames.toSorted((a, b) => a - b);
  return { p95: sorted[Math.floor(sorted.length * 0.95)] ?? NaN, worst: sorted.at(-1) ?? NaN, long };
}

export interface Opened {
  /** milliseconds from the time stamp of the key or click to the frame after which its heading was painted */
  heading: number;
  /** the same for the words of its message */
  message: number;
}

/**
 * Waits for what a key or a click opens, by the clock of the page.
 *
 * @param shows words of the heading and of the message that stand there then
 * @param act presses the key or clicks
 */
export async function timeToPaint(
  page: Page,
  on: 'keydown' | 'click',
  shows: { heading: string; message: string },
  act: () => Promise<void>,
): Promise<Opened> {
  await page.evaluate(
    ({ on, shows }) => {
      window.loketOpened = null;
      const has = (where: string, words: string): boolean =>
        [...document.querySelectorAll(where)].some(({ textContent }) => textContent.includes(words));
      window.addEventListener(
        on,
        ({ timeStamp }) => {
          const opened = { heading: 0, message: 0 };
          const after = (part: keyof typeof opened, then: () => void): void => {
            // A task posted in a frame runs after it was painted.
            const painted = new MessageChannel();
            painted.port1.onmessage = () => {
              opened[part] ||= performance.now() - timeStamp;
              then();
            };
            requestAnimationFrame(() => painted.port2.postMessage(null));
          };
          const look = (): void => {
            const heading = has('main h1, main h2', shows.heading);
            const whole = heading && has('main [role=region] article', shows.message);
            if (heading && opened.heading === 0) after('heading', () => undefined);
            if (whole) after('message', () => (window.loketOpened = opened));
            else requestAnimationFrame(look);
          };
          look();
        },
        { capture: true, once: true },
      );
    },
    { on, shows },
  );
  await act();
  await page.waitForFunction(() => window.loketOpened !== null);
  return page.evaluate(() => window.loketOpened!);
}

/**
 * Counts style sheets that come into the head from now on: each has the whole page styled anew.
 *
 * @returns tells how many there were
 */
export async function stylesAdded(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    window.loketStyles = 0;
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (node.nodeName === 'STYLE') window.loketStyles! += 1;
    }).observe(document.head, { childList: true });
  });
  return () => page.evaluate(() => window.loketStyles!);
}

/** How much slower than alone this machine is now: work of a few milliseconds, the usual time of it over the best one. */
export const slowness = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const times: number[] = [];
    for (let round = 0; round < 60; round++) {
      const from = performance.now();
      await new Promise((resolve) => setTimeout(resolve));
      for (let n = 0, x = 1; n < 2_000_000; n++) x = (x * 31 + n) % 65_521;
      times.push(performance.now() - from);
    }
    const sum = times.reduce((a, b) => a + b, 0);
    return sum / times.length / Math.min(...times);
  });

/** What the page keeps once everything that it can let go of is gone, in MB. */
export async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}

/** Least squares: how much is added for each step. */
export function slope(values: readonly number[]): number {
  const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
  const at = values.map((_, n) => n);
  const [x, y] = [mean(at), mean(values)];
  const over = values.reduce((sum, value, n) => sum + (n - x) * (value - y), 0);
  return over / at.reduce((sum, n) => sum + (n - x) ** 2, 0);
}
