import { describe, expect, it } from '@jest/globals';
import { isQuiet } from './quiet-hours.js';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const night = { from: '22:00', to: '06:30', days: everyDay };
const weekend = { from: '00:00', to: '00:00', days: [6, 7] };
const friday = { from: '22:00', to: '07:00', days: [5] };

describe('isQuiet', () => {
  it.each([
    // 2026-11-20 is a Friday; Jakarta is seven hours ahead
    ['just before it begins', night, '2026-11-20T14:59:00Z', 'Asia/Jakarta', false],
    ['as it begins', night, '2026-11-20T15:00:00Z', 'Asia/Jakarta', true],
    ['after midnight', night, '2026-11-20T20:00:00Z', 'Asia/Jakarta', true],
    ['the last minute', night, '2026-11-20T23:29:00Z', 'Asia/Jakarta', true],
    ['as it ends', night, '2026-11-20T23:30:00Z', 'Asia/Jakarta', false],
    ['the same moment elsewhere', night, '2026-11-20T20:00:00Z', 'Europe/Berlin', false],
    ['a whole day', weekend, '2026-11-21T05:00:00Z', 'Asia/Jakarta', true],
    ['the second whole day', weekend, '2026-11-22T16:59:00Z', 'Asia/Jakarta', true],
    ['the day after', weekend, '2026-11-22T17:00:00Z', 'Asia/Jakarta', false],
    ['the morning after the only night', friday, '2026-11-20T23:00:00Z', 'Asia/Jakarta', true],
    ['the morning before it', friday, '2026-11-19T23:00:00Z', 'Asia/Jakarta', false],
    ['never', null, '2026-11-20T20:00:00Z', 'Asia/Jakarta', false],
  ])('%s', (_, quiet, now, zone, expected) => {
    expect(isQuiet(quiet, new Date(now), zone)).toBe(expected);
  });
});
