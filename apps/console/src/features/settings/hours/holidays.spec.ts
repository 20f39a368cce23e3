import { describe, expect, it } from '@jest/globals';
import { daysOf, fixedHolidays, spansOfHolidays, withHolidays } from './holidays.js';

describe('holidays', () => {
  it('of the calendar are those that come next', () => {
    expect(fixedHolidays('2026-08-17').map(({ date }) => date)).toEqual([
      '2026-08-17',
      '2026-12-25',
      '2027-01-01',
      '2027-05-01',
      '2027-06-01',
    ]);
  });

  it('stand once a date, in order', () => {
    const known = [{ date: '2026-12-25', name: 'Libur Natal' }];
    const all = withHolidays(known, [
      { date: '2026-12-25', name: 'Natal' },
      { date: '2026-08-17', name: 'Hari Kemerdekaan' },
    ]);
    expect(all.map(({ date, name }) => `${date} ${name}`)).toEqual([
      '2026-08-17 Hari Kemerdekaan',
      '2026-12-25 Libur Natal',
    ]);
  });

  it('in a row are one line, over the end of a month too', () => {
    const days = daysOf({ from: '2027-02-27', to: '2027-03-02', name: 'Idulfitri' });
    expect(days.map(({ date }) => date)).toEqual(['2027-02-27', '2027-02-28', '2027-03-01', '2027-03-02']);
    const all = withHolidays(days, [
      { date: '2027-03-03', name: 'Cuti bersama' },
      { date: '2027-03-05', name: 'Cuti bersama' },
    ]);
    expect(spansOfHolidays(all)).toEqual([
      { from: '2027-02-27', to: '2027-03-02', name: 'Idulfitri', at: [0, 1, 2, 3] },
      { from: '2027-03-03', to: '2027-03-03', name: 'Cuti bersama', at: [4] },
      { from: '2027-03-05', to: '2027-03-05', name: 'Cuti bersama', at: [5] },
    ]);
  });
});
