import { describe, expect, it } from '@jest/globals';
import { fromField, presetTime, presetTimes, toField } from './send-times.js';

const zone = 'Asia/Jakarta';
// Sunday, 22 November 2026, 23.30 in Jakarta
const now = new Date('2026-11-22T16:30:20Z');

describe('when an answer leaves', () => {
  it.each([
    ['hour', '2026-11-22T17:31:00.000Z'],
    ['tomorrow', '2026-11-23T01:00:00.000Z'],
    ['monday', '2026-11-23T01:00:00.000Z'],
  ] as const)('%s', (preset, at) => {
    expect(presetTime(preset, now, zone).toISOString()).toBe(at);
  });

  it('on a Monday, Monday is the next one', () => {
    const monday = new Date('2026-11-23T02:00:00Z');
    expect(presetTime('monday', monday, zone).toISOString()).toBe('2026-11-30T01:00:00.000Z');
  });

  it('on a Sunday, Monday is tomorrow, and offered once', () => {
    expect(presetTimes(now, zone).map(({ preset }) => preset)).toEqual(['hour', 'tomorrow']);
  });

  it('is by the clocks of the zone, also on the day on which they change', () => {
    const saturday = new Date('2026-10-24T12:00:00Z');
    expect(presetTime('tomorrow', saturday, 'Europe/Berlin').toISOString()).toBe('2026-10-25T07:00:00.000Z');
  });

  it('goes into a field and out of it unchanged', () => {
    const at = new Date('2026-11-23T01:00:00Z');
    expect(toField(at, zone)).toBe('2026-11-23T08:00');
    expect(fromField('2026-11-23T08:00', now, zone)).toEqual(at);
  });

  it.each(['', '2026-11-22T23:30', 'soon'])('%p is no time to come', (value) => {
    expect(fromField(value, now, zone)).toBeNull();
  });
});
