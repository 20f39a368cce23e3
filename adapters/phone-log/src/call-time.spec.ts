import { describe, expect, it } from '@jest/globals';
import { dayOrderOf, readTime, type TimeReading } from './call-time.js';

const jakarta: TimeReading = { timeZone: 'Asia/Jakarta', order: 'day_first' };
const iso = (text: string, reading: Partial<TimeReading> = {}): string | null => {
  const at = readTime(text, { ...jakarta, ...reading });
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z');
};

describe('times of calls', () => {
  it.each([
    '2026-11-22 14:30:05',
    '2026-11-22T14:30:05',
    '2026-11-22T07:30:05Z',
    '2026-11-22T14:30:05+07:00',
    '2026-11-22T14:30:05+0700',
    '2026-11-22 07:30:05.123 UTC',
    '2026/11/22 14:30:05',
    '22/11/2026 14:30:05',
    '22/11/2026 14.30.05',
    '22-11-2026 14:30:05',
    '22.11.2026 14.30.05',
    '22/11/26 14:30:05',
    '22/11/2026, 14.30.05',
    '22/11/2026 2:30:05 PM',
    '22/11/2026  02:30:05 p.m.',
    '22 November 2026 14:30:05',
    '22 Nop 2026 14.30.05',
    'Minggu, 22 November 2026 pukul 14.30.05 WIB',
    '22 Nov 2026 15:30:05 WITA',
    '22-Nov-2026 14:30:05',
    'November 22, 2026 2:30:05 PM',
    'Sun, 22 Nov 2026 07:30:05 +0000',
    '1795332605',
    '1795332605000',
    '\u00a022/11/2026\u00a014:30:05 ',
  ])('%j', (text) => {
    expect(iso(text)).toBe('2026-11-22T07:30:05Z');
  });

  it.each([
    ['22/11/2026', '2026-11-21T17:00:00Z'],
    ['5 Agustus 2026', '2026-08-04T17:00:00Z'],
    ['5 Agt 2026 8.05', '2026-08-05T01:05:00Z'],
    ['17 Mei 2026 00:00', '2026-05-16T17:00:00Z'],
    ['1 Des 2026 12:00 AM', '2026-11-30T17:00:00Z'],
    ['46348.604224537', '2026-11-22T07:30:05Z'],
    ['29/02/2028 10:00', '2028-02-29T03:00:00Z'],
  ])('%j: %j', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it('follow the column where the month stands first, and the zone that is set', () => {
    expect(iso('03/04/2026 10:00')).toBe('2026-04-03T03:00:00Z');
    expect(iso('03/04/2026 10:00', { order: 'month_first' })).toBe('2026-03-04T03:00:00Z');
    expect(iso('2026-07-01 10:00', { timeZone: 'Europe/Berlin' })).toBe('2026-07-01T08:00:00Z');
    expect(iso('2026-12-01 10:00', { timeZone: 'Europe/Berlin' })).toBe('2026-12-01T09:00:00Z');
    // the hour that is skipped, and the one that comes twice
    expect(iso('2026-03-29 02:30', { timeZone: 'Europe/Berlin' })).toBe('2026-03-29T01:30:00Z');
    expect(iso('2026-10-25 02:30', { timeZone: 'Europe/Berlin' })).toBe('2026-10-25T00:30:00Z');
    expect(iso('2026-11-22 14:30', { timeZone: 'UTC' })).toBe('2026-11-22T14:30:00Z');
  });

  it.each([
    '',
    'kemarin',
    '31/02/2026 10:00',
    '2026-13-01',
    '22/11/2026 25:00',
    '22/11/2026 14:60',
    '22/11/2026 13:00 PM',
    '201',
    '2026',
    '08123456789012',
    '22/11/2026 14:30 XYZ',
    '11/22/2026',
    '1/2-2026',
    '-1',
  ])('are none: %j', (text) => {
    expect(iso(text)).toBeNull();
  });

  it.each([
    [['03/04/2026', '22/11/2026'], 'day_first'],
    [['03/04/2026', '11/22/2026'], 'month_first'],
    [['03/04/2026', ''], null],
    [['13/04/2026', '04/13/2026'], null],
    [['2026-11-22'], null],
  ])('of %j stand %j', (texts, order) => {
    expect(dayOrderOf(texts)).toBe(order);
  });
});
