import { describe, expect, it } from '@jest/globals';
import { replyWindow } from './reply-window.js';

const last = Date.UTC(2026, 0, 5, 10);
const day = 24 * 3_600_000;

describe('the 24 hours for free text', () => {
  it.each([
    ['at once', 0, true],
    ['a second before the end', day - 1000, true],
    ['a millisecond before the end', day - 1, true],
    ['at the end', day, false],
    ['a second after the end', day + 1000, false],
    ['a clock that is behind', -5000, true],
  ])('%s', (_name, after, open) => {
    expect(replyWindow(last, last + after)).toEqual({ open, closesAt: last + day });
  });

  it('is closed to who has never written', () => {
    expect(replyWindow(null, last)).toEqual({ open: false, closesAt: null });
  });
});
