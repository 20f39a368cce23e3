import { describe, expect, it } from '@jest/globals';
import { splitBody } from './split-body.js';

/** Processor time of the cheapest of five runs, in ms: what the work costs, not what else the machine did. */
function cost(run: () => void): number {
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** Texts that make careless patterns look back again and again. */
const hostile: Record<string, (size: number) => string> = {
  words: (n) => 'kata biasa saja\n'.repeat(n / 16),
  quotes: (n) => '> kutipan\n'.repeat(n / 10),
  froms: (n) => 'From: a\n'.repeat(n / 8),
  attributions: (n) => 'On 5 Mar 2026 10:00 a@b.example\n'.repeat(n / 32),
  dashes: (n) => '-'.repeat(n),
  spaces: (n) => `${' '.repeat(n)}x`,
  lines: (n) => `${'\n'.repeat(n)}x`,
  angles: (n) => '<'.repeat(n),
};

describe('splitBody', () => {
  it.each(Object.keys(hostile))('takes time in proportion to the text: %s', (name) => {
    const text = hostile[name] ?? ((n: number) => 'x'.repeat(n));
    const split = (size: number) => (): void => {
      splitBody({ plain: text(size), html: null }, false);
    };
    cost(split(256_000));
    // Four times the text; quadratic work would cost sixteen times as much. Below 10 ms it is noise.
    const ratio = cost(split(1_024_000)) / Math.max(cost(split(256_000)), 10);
    expect(ratio).toBeLessThan(10);
  });

  it.each([
    ['jawaban\n\nOn Tue, Mar 10, 2026 at 9:00 AM A <a@b.example> wrote:\n> tanya\n> lagi\n-- \nBudi'],
    ['satu\n> dua\ntiga\n> empat\nlima\n\n-----Original Message-----\nFrom: x\nenam'],
    ['a\n\nDari: A <a@b.example>\nTerkirim: hari ini\nKepada: B\nPerihal: C\n\nb\n> c'],
    ['> hanya\n> kutipan'],
    ['Sent from my iPhone'],
    ['-- \nhanya tanda tangan'],
  ])('loses no word: %j', (plain) => {
    const { text, quoted } = splitBody({ plain, html: null }, false);
    const words = (s: string): string[] => (s.match(/[\p{L}\p{N}]+/gu) ?? []).sort();
    expect(words(`${text}\n${quoted ?? ''}`)).toEqual(words(plain));
    expect(text).not.toBe('');
  });
});
