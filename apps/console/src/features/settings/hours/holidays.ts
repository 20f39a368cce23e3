import type { Holiday } from '@loket/contracts/settings.js';

/** Fixed in the calendar each year, so that nobody has to type them. Moving feasts are decreed anew every year. */
const fixedDays = [
  ['01-01', 'Tahun Baru Masehi'],
  ['05-01', 'Hari Buruh'],
  ['06-01', 'Hari Lahir Pancasila'],
  ['08-17', 'Hari Kemerdekaan'],
  ['12-25', 'Natal'],
] as const;

/** The next of each of Indonesia's fixed holidays from this day on. @param today `2026-11-22` */
export function fixedHolidays(today: string): Holiday[] {
  const year = Number(today.slice(0, 4));
  return fixedDays
    .map(([day, name]) => {
      const date = `${String(year)}-${day}`;
      return { date: date >= today ? date : `${String(year + 1)}-${day}`, name };
    })
    .toSorted(byDate);
}

/** With more days, each date once: the one that stands there keeps its name. */
export function withHolidays(holidays: readonly Holiday[], more: readonly Holiday[]): Holiday[] {
  const known = new Set(holidays.map(({ date }) => date));
  return [...holidays, ...more.filter(({ date }) => !known.has(date))].toSorted(byDate);
}

/** A holiday of one day, or of several in a row that are called the same. */
export interface HolidaySpan {
  from: string;
  to: string;
  name: string;
  /** their places in the list */
  at: number[];
}

/** Days that follow one another under one name stand together: a week of Idulfitri is one line. */
export function spansOfHolidays(holidays: readonly Holiday[]): HolidaySpan[] {
  const spans: HolidaySpan[] = [];
  for (const [at, { date, name }] of holidays.entries()) {
    const last = spans.at(-1);
    if (last && last.name === name && dayAfter(last.to) === date) {
      last.to = date;
      last.at.push(at);
    } else spans.push({ from: date, to: date, name, at: [at] });
  }
  return spans;
}

/** All days of a span. @param to not before `from`, at most a month later */
export function daysOf({ from, to, name }: Pick<HolidaySpan, 'from' | 'to' | 'name'>): Holiday[] {
  const days: Holiday[] = [];
  for (let date = from; date <= to && days.length < 31; date = dayAfter(date)) days.push({ date, name });
  return days;
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function byDate(a: Holiday, b: Holiday): number {
  return a.date < b.date ? -1 : 1;
}
