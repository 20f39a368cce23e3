import type { CDPSession, Page } from 'playwright-core';

declare global {
  interface Window {
    loketFrames?: { frames: number[]; long: number[]; stop: boolean };
    loketOpened?: number | null;
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

/**
 * Presses a key and waits for what it opens.
 *
 * @param shows words of the heading that stands there then
 * @returns milliseconds from the key's own time stamp to the frame after which it was painted
 */
export async function keyToPaint(page: Page, key: string, shows: string): Promise<number> {
  await page.evaluate((words) => {
    window.loketOpened = null;
    window.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const look = (): void => {
          const shown = [...document.querySelectorAll('main h1, main h2')].some((heading) =>
            heading.textContent.includes(words),
          );
          if (!shown) return void requestAnimationFrame(look);
          // A task posted in a frame runs after it was painted.
          const painted = new MessageChannel();
          painted.port1.onmessage = () => (window.loketOpened = performance.now() - timeStamp);
          requestAnimationFrame(() => painted.port2.postMessage(null));
        };
        look();
      },
      { capture: true, once: true },
    );
  }, shows);
  await page.keyboard.press(key);
  await page.waitForFunction(() => window.loketOpened !== null);
  return page.evaluate(() => window.loketOpened!);
}

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
