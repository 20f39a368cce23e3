import { describe, expect, it } from '@jest/globals';
import { maxAttempts, retryDelayMs } from './retry-delay.js';

const hour = 3_600_000;

describe('retryDelayMs', () => {
  it('tries twelve times over about a day, each time later than before', () => {
    const delays = Array.from({ length: maxAttempts - 1 }, (_, i) => retryDelayMs(i + 1, 0.5) ?? 0);
    expect(maxAttempts).toBe(12);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    const total = delays.reduce((sum, ms) => sum + ms, 0);
    expect(total / hour).toBeGreaterThan(22);
    expect(total / hour).toBeLessThan(25);
  });

  it.each([
    ['first, least', 1, 0, null, 12_000],
    ['first, most', 1, 0.999999, null, 18_000],
    ['never before the other side is ready', 1, 0.5, 600_000, 600_000],
    ['later than asked when it is our turn later', 9, 0.5, 600_000, 3 * hour],
    ['gives up after the last', 12, 0.5, null, null],
    ['gives up even when asked to come back', 12, 0.5, 1_000, null],
  ])('%s', (_, attempt, random, atLeast, expected) => {
    const delay = retryDelayMs(attempt, random, atLeast);
    if (expected === null) expect(delay).toBeNull();
    else expect(delay).toBeCloseTo(expected, -1);
  });
});
