import { describe, expect, it } from '@jest/globals';
import { usualWeek } from './webchat-form.js';
import { likeDay, spansOf, stretchOf, withSpan } from './week.js';

describe('office hours', () => {
  it('stand in the order of the week, whichever day is opened', () => {
    const week = withSpan(withSpan([...usualWeek], 7), 6);
    expect(week.map(({ day }) => day)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(week.at(-1)).toEqual({ day: 7, from: '09:00', to: '17:00' });
  });

  it.each([
    ['17:00', '18:00'],
    ['12:30', '13:30'],
    ['20:30', ''],
    ['02:00', ''],
  ])('that end at %s go on at %s', (to, from) => {
    const week = withSpan([{ day: 1, from: '09:00', to }], 1);
    expect(spansOf(week, 1)[1]?.span.from).toBe(from);
  });

  it('can be the same on all days that are open, and only on these', () => {
    const week = [
      { day: 1, from: '08:00', to: '12:00' },
      { day: 1, from: '13:00', to: '16:00' },
      { day: 3, from: '10:00', to: '11:00' },
    ];
    expect(likeDay(week, 1).map(({ day, from }) => `${String(day)} ${from}`)).toEqual([
      ...['1 08:00', '1 13:00', '3 08:00', '3 13:00'],
    ]);
  });

  it.each([
    ['09:00', '17:00', 'day'],
    ['22:00', '02:00', 'overnight'],
    ['00:00', '00:00', 'whole'],
    ['09:00', '', 'day'],
  ])('from %s to %s: %s', (from, to, stretch) => {
    expect(stretchOf({ day: 1, from, to })).toBe(stretch);
  });
});
