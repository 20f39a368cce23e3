import type { WebchatConfig } from '@loket/contracts/webchat-config.js';

type OfficeHours = Pick<NonNullable<WebchatConfig['officeHours']>, 'timeZone' | 'week'> & {
  /** days by that clock on which nothing opens, e.g. `2026-03-20`; what opened the evening before goes on */
  closedOn?: ReadonlySet<string>;
};

const minuteMs = 60_000;
/** A week, and a good many holidays in a row. */
const lookAheadDays = 8;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Whether a company is there, by its own clock and calendar. Hours that end before they begin go on over midnight.
 *
 * @param hours null = always
 * @returns `opensAt`: when it is closed, the next beginning within a week and its holidays; null when there is none
 */
export function officeStatus(hours: OfficeHours | null, now: Date): { open: boolean; opensAt: Date | null } {
  if (hours === null) return { open: true, opensAt: null };
  const clock = clockOf(hours.timeZone);
  if (isOpen(hours, clock(now))) return { open: true, opensAt: null };
  // A quarter of an hour is as fine as people set them; the minute itself is found from there. Clocks may be put forward
  // or back in between, so each moment is read on the company's own clock.
  const from = Math.floor(now.getTime() / minuteMs) * minuteMs;
  const step = 15;
  const days = lookAheadDays + Math.min(hours.closedOn?.size ?? 0, 21);
  for (let minutes = step; minutes <= days * 24 * 60; minutes += step) {
    if (!isOpen(hours, clock(new Date(from + minutes * minuteMs)))) continue;
    let first = minutes;
    while (first > minutes - step + 1 && isOpen(hours, clock(new Date(from + (first - 1) * minuteMs))))
      first--;
    return { open: false, opensAt: new Date(from + first * minuteMs) };
  }
  return { open: false, opensAt: null };
}

interface Moment {
  /** ISO, 1 = Monday */
  day: number;
  /** since midnight */
  minute: number;
  date: string;
}

function isOpen({ week, closedOn }: OfficeHours, { day, minute, date }: Moment): boolean {
  const before = day === 1 ? 7 : day - 1;
  const today = !closedOn?.has(date);
  const yesterday = !closedOn?.has(dayBefore(date));
  return week.some((span) => {
    const [from, to] = [minutesOf(span.from), minutesOf(span.to)];
    if (from < to) return today && span.day === day && minute >= from && minute < to;
    return (today && span.day === day && minute >= from) || (yesterday && span.day === before && minute < to);
  });
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 24 * 60 * minuteMs).toISOString().slice(0, 10);
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function clockOf(timeZone: string): (at: Date) => Moment {
  const format = formatOf(timeZone);
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: weekdays.indexOf(parts.get('weekday') ?? '') + 1,
      minute: (Number(parts.get('hour')) % 24) * 60 + Number(parts.get('minute')),
      date: `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`,
    };
  };
}

/** A zone that nobody knows counts as UTC: a chat must not break over its settings. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options = {
    ...({ weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
  };
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}
