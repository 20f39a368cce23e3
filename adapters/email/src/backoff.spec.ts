import { describe, expect, it } from '@jest/globals';
import { backoffMs, pause } from './backoff.js';

describe('backoffMs', () => {
  const limits = { minMs: 1000, maxMs: 300_000 };
  it.each([
    [0, 1, 1000],
    [0, 0, 500],
    [3, 1, 8000],
    [3, 0.5, 6000],
    [8, 1, 256_000],
    [9, 1, 300_000],
    [100_000, 0, 150_000],
  ])('after %d failures, random %d: %d ms', (failures, random, expected) => {
    expect(backoffMs(failures, limits, random)).toBe(expected);
  });
});

describe('pause', () => {
  it('ends early, quietly and at once when told to', async () => {
    const stop = new AbortController();
    const start = Date.now();
    const waiting = pause(60_000, stop.signal);
    stop.abort();
    await waiting;
    await pause(60_000, stop.signal);
    expect(Date.now() - start).toBeLessThan(5_000);
  });
});
