import { describe, expect, it } from '@jest/globals';
import { webhookDelayMs } from './webhook-delay.js';

describe('webhookDelayMs', () => {
  it.each([
    ['first', 1, 0.5, 5_000],
    ['first, least', 1, 0, 4_000],
    ['first, most', 1, 0.999999, 6_000],
    ['second', 2, 0.5, 30_000],
    ['third', 3, 0.5, 120_000],
    ['fourth', 4, 0.5, 600_000],
    ['after a day', 30, 0.5, 3_600_000],
    ['after a year', 9_000, 0.5, 3_600_000],
  ])('%s', (_, attempts, random, expected) => {
    expect(webhookDelayMs(attempts, random)).toBeCloseTo(expected, -1);
  });
});
