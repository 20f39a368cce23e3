import { describe, expect, it } from '@jest/globals';
import { localMinute, snoozeTimes } from './snooze-times.js';

const at = (now: string) => snoozeTimes(new Date(now)).map((time) => `${time.name} ${localMinute(time.at)}`);

describe('when a case may come back', () => {
  it('on a working morning', () => {
    // a Wednesday
    expect(at('2026-11-18T09:41:00')).toEqual([
      'later 2026-11-18T12:00',
      'tomorrow 2026-11-19T09:00',
      'monday 2026-11-23T09:00',
      'week 2026-11-25T09:00',
    ]);
  });

  it('is not today when the day is over', () => {
    expect(at('2026-11-18T16:30:00')[0]).toBe('tomorrow 2026-11-19T09:00');
    expect(at('2026-11-18T22:30:00')[0]).toBe('tomorrow 2026-11-19T09:00');
  });

  it('says Monday only when that is neither tomorrow nor in a week', () => {
    expect(at('2026-11-22T10:00:00').some((line) => line.startsWith('monday'))).toBe(false);
    expect(at('2026-11-23T10:00:00').some((line) => line.startsWith('monday'))).toBe(false);
    expect(at('2026-12-31T10:00:00')).toContain('monday 2027-01-04T09:00');
  });
});
