import { describe, expect, it } from '@jest/globals';
import { fromMinute, snoozeTimes, toMinute } from './snooze-times.js';

const zone = 'Asia/Jakarta';
const at = (now: string, timeZone = zone) =>
  snoozeTimes(new Date(now), timeZone).map((time) => `${time.name} ${toMinute(time.at, timeZone)}`);

describe('when a case may come back', () => {
  it('on a working morning, by the clock of whoever asks', () => {
    // a Wednesday, 09.41 in Jakarta
    expect(at('2026-11-18T02:41:00Z')).toEqual([
      'later 2026-11-18T12:00',
      'tomorrow 2026-11-19T09:00',
      'monday 2026-11-23T09:00',
      'week 2026-11-25T09:00',
    ]);
    expect(snoozeTimes(new Date('2026-11-18T02:41:00Z'), zone)[1]?.at.toISOString()).toBe(
      '2026-11-19T02:00:00.000Z',
    );
  });

  it('is not today when the day is over', () => {
    expect(at('2026-11-18T09:30:00Z')[0]).toBe('tomorrow 2026-11-19T09:00');
    // already Thursday there
    expect(at('2026-11-18T18:30:00Z')[1]).toBe('tomorrow 2026-11-20T09:00');
  });

  it('says Monday only when that is neither tomorrow nor in a week', () => {
    for (const now of ['2026-11-22T03:00:00Z', '2026-11-23T03:00:00Z'])
      expect(at(now).some((line) => line.startsWith('monday'))).toBe(false);
    expect(at('2026-12-31T03:00:00Z')).toContain('monday 2027-01-04T09:00');
  });

  it('is nine o’clock also after the clocks were changed', () => {
    expect(at('2026-10-24T10:00:00Z', 'Europe/Berlin')).toContain('tomorrow 2026-10-25T09:00');
  });

  it('reads a time as it is written on that wall', () => {
    expect(fromMinute('2026-11-19T09:00', zone)?.toISOString()).toBe('2026-11-19T02:00:00.000Z');
    expect(fromMinute('2026-11-19', zone)).toBeNull();
  });
});
