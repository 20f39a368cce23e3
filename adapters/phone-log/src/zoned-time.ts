/** A time as a clock on the wall shows it. */
export interface WallTime {
  year: number;
  /** 1 to 12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const halfDay = 12 * 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** @returns milliseconds since the epoch, or null when no calendar has such a day or no clock such a time */
export function utcOf({ year, month, day, hour, minute, second }: WallTime): number | null {
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(at);
  const real = back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  return real && year >= 1970 && year < 2200 && hour < 24 && minute < 60 && second < 61 ? at : null;
}

/**
 * What a clock in `timeZone` shows, as an instant. An hour that occurs twice is the earlier one.
 *
 * @returns milliseconds since the epoch, or null as `utcOf`
 */
export function zonedOf(wall: WallTime, timeZone: string): number | null {
  const guess = utcOf(wall);
  if (guess === null) return null;
  const [before, after] = [-halfDay, halfDay].map((by) => offsetAt(guess + by, timeZone)) as [number, number];
  if (before === after) return guess - before;
  const possible = [before, after].filter((offset) => offsetAt(guess - offset, timeZone) === offset);
  // none: the clock was put forward over this time
  return guess - (possible.length === 0 ? before : Math.max(...possible));
}

/** Milliseconds that the zone is ahead of UTC; remembered by the quarter of an hour, in which no zone changes twice. */
function offsetAt(at: number, timeZone: string): number {
  const key = `${timeZone} ${Math.floor(at / 900_000)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  const offset = shown - Math.floor(at / 1000) * 1000;
  if (offsets.size > 20_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}
