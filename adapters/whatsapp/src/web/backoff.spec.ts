import { expect, it } from '@jest/globals';
import { backoffMs } from './backoff.js';

const limits = { minMs: 5000, maxMs: 300_000 };

it.each([
  [0, 5000],
  [1, 10_000],
  [5, 160_000],
  [6, 300_000],
  [1000, 300_000],
])('waits after %i failures at most %i ms and at least half of it', (failures, full) => {
  expect(backoffMs(failures, limits, () => 0)).toBe(full);
  expect(backoffMs(failures, limits, () => 1)).toBe(full / 2);
});
