import { describe, expect, it } from '@jest/globals';
import { officeStatus } from './office-hours.js';

const week = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' }));
const jakarta = { timeZone: 'Asia/Jakarta', week };

describe('officeStatus', () => {
  it.each([
    // 2026-11-20 is a Friday; Jakarta is 7 hours ahead.
    ['in the middle of a day', jakarta, '2026-11-20T05:00:00Z', true, null],
    ['at the first minute', jakarta, '2026-11-20T01:00:00Z', true, null],
    ['at the last minute, which is none', jakarta, '2026-11-20T10:00:00Z', false, '2026-11-23T01:00:00Z'],
    ['in the early morning', jakarta, '2026-11-20T00:59:30Z', false, '2026-11-20T01:00:00Z'],
    ['on a Sunday', jakarta, '2026-11-22T05:00:00Z', false, '2026-11-23T01:00:00Z'],
    [
      'where nothing is ever open',
      { timeZone: 'Asia/Jakarta', week: [] },
      '2026-11-20T05:00:00Z',
      false,
      null,
    ],
    ['always', null, '2026-11-20T05:00:00Z', true, null],
    [
      'on a holiday, by the company’s own date',
      { ...jakarta, closedOn: new Set(['2026-11-20']) },
      '2026-11-20T05:00:00Z',
      false,
      '2026-11-23T01:00:00Z',
    ],
    [
      'where holidays follow one another for more than a week',
      {
        ...jakarta,
        closedOn: new Set(['20', '23', '24', '25', '26', '27', '30'].map((day) => `2026-11-${day}`)),
      },
      '2026-11-20T05:00:00Z',
      false,
      '2026-12-01T01:00:00Z',
    ],
    [
      'over midnight into a holiday, begun the day before',
      { timeZone: 'UTC', week: [{ day: 5, from: '22:00', to: '02:00' }], closedOn: new Set(['2026-11-21']) },
      '2026-11-21T01:59:00Z',
      true,
      null,
    ],
    [
      'on the night after a holiday on which nothing began',
      { timeZone: 'UTC', week: [{ day: 5, from: '22:00', to: '02:00' }], closedOn: new Set(['2026-11-20']) },
      '2026-11-21T01:59:00Z',
      false,
      '2026-11-27T22:00:00Z',
    ],
    [
      'over midnight',
      { timeZone: 'UTC', week: [{ day: 5, from: '22:00', to: '02:00' }] },
      '2026-11-21T01:59:00Z',
      true,
      null,
    ],
    [
      'at an odd minute',
      { timeZone: 'UTC', week: [{ day: 5, from: '08:07', to: '09:00' }] },
      '2026-11-20T00:00:00Z',
      false,
      '2026-11-20T08:07:00Z',
    ],
    [
      // Clocks go forward on 2026-03-29 at 01:00 UTC.
      'over the night in which clocks change',
      { timeZone: 'Europe/Berlin', week: [{ day: 7, from: '08:00', to: '12:00' }] },
      '2026-03-28T20:00:00Z',
      false,
      '2026-03-29T06:00:00Z',
    ],
    [
      'in a zone that nobody knows, by UTC',
      { timeZone: 'Mars/Olympus', week: [{ day: 5, from: '05:00', to: '06:00' }] },
      '2026-11-20T05:30:00Z',
      true,
      null,
    ],
  ])('%s', (_, hours, now, open, opensAt) => {
    const status = officeStatus(hours, new Date(now));
    expect([status.open, status.opensAt?.toISOString().replace('.000', '') ?? null]).toEqual([open, opensAt]);
  });
});
