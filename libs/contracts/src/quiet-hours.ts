import type { QuietHours } from './notice-preferences.js';

const dayMinutes = 1440;

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** ISO weekday and minute of the day on somebody's clock. */
function onClock(now: Date, timeZone: string): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? '';
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  return { day, minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** Is it quiet now? What runs over midnight belongs to the day on which it began. Server and console judge alike. */
export function isQuiet(quiet: QuietHours | null, now: Date, timeZone: string): boolean {
  if (quiet === null) return false;
  const { day, minute } = onClock(now, timeZone);
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const length = to > from ? to - from : to - from + dayMinutes;
  const begins = (of: number): boolean => quiet.days.includes(of);
  if (begins(day) && minute >= from && minute < from + length) return true;
  const before = day === 1 ? 7 : day - 1;
  return begins(before) && minute + dayMinutes < from + length;
}
