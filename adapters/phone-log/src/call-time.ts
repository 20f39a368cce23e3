import { utcOf, zonedOf, type WallTime } from './zoned-time.js';

/** `03/04/2026`: the day first as in Indonesia and Europe, or the month as in the United States. */
export type DayOrder = 'day_first' | 'month_first';

export interface TimeReading {
  /** IANA zone of times that name none */
  timeZone: string;
  order: DayOrder;
}

/** Indonesia's own names of its zones, in hours ahead of UTC. */
const zoneHours: Record<string, number> = { wib: 7, wita: 8, wit: 9, utc: 0, gmt: 0, z: 0 };
const months = [
  'jan',
  'feb',
  'mar',
  'apr',
  'm(?:ay|ei)',
  'jun',
  'jul',
  'a(?:ug|gu|gt)',
  'sep',
  'o[ck]t',
  'no[vp]',
  'de[cs]',
];
const monthPatterns = months.map((name) => new RegExp(`^${name}`));
const monthName = `(?:${months.join('|')})[a-z]*`;

/** `14:30`, `14.30.05`, `2:30 PM`, `T14:30:05.123` */
const clock = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?:\s*([ap])\.?m\.?)?`;
const zone = String.raw`\s*(z|utc|gmt|wib|wita|wit)?\s*(?:([+-])(\d{2}):?(\d{2})?)?`;
const time = String.raw`(?:(?:t|,?\s+)(?:pukul |jam |at )?${clock}${zone})?`;
const forms = {
  year: new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`),
  day: new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${time}$`),
  named: new RegExp(String.raw`^(\d{1,2})([\s-]+)(${monthName})\.?[\s-,]+(\d{4})${time}$`),
  english: new RegExp(String.raw`^(${monthName})\.?()\s+(\d{1,2}),?\s+(\d{4})${time}$`),
};
const weekday = /^(?:sen|sel|rab|kam|jum|sab|min|mon|tue|wed|thu|fri|sat|sun)[a-z']*,?\s+/;

/**
 * Reads when a call was, as exports and people write it: ISO 8601 with or without a zone, `22/11/2026 14.30`,
 * `22-11-26 2:30 PM`, `22 November 2026 pukul 14.30 WIB`, `Nov 22, 2026`, seconds or milliseconds since 1970, and the
 * days since 1900 of spreadsheets.
 *
 * @returns milliseconds since the epoch, or null when it is no time
 */
export function readTime(text: string, reading: TimeReading): number | null {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(weekday, '');
  const number = readNumber(words, reading.timeZone);
  if (number !== undefined) return number;
  for (const [form, pattern] of Object.entries(forms)) {
    const match = pattern.exec(words);
    if (match) return readMatch(form as keyof typeof forms, match, reading);
  }
  return null;
}

/**
 * Which way a column of dates is meant, by those that can only be meant one way.
 *
 * @returns null when none of them tells; then Indonesia's way is the better guess
 */
export function dayOrderOf(texts: readonly string[]): DayOrder | null {
  let order: DayOrder | null = null;
  for (const text of texts) {
    const match = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2}/.exec(text);
    if (!match) continue;
    const [first, second] = [Number(match[1]), Number(match[2])];
    const told = first > 12 ? 'day_first' : second > 12 ? 'month_first' : null;
    if (told !== null && order !== null && told !== order) return null;
    order = told ?? order;
  }
  return order;
}

function readNumber(text: string, timeZone: string): number | null | undefined {
  if (!/^\d+(?:[.,]\d+)?$/.test(text)) return undefined;
  const value = Number(text.replace(',', '.'));
  if (/^\d{13}$/.test(text)) return value;
  if (/^\d{10}(?:[.,]\d+)?$/.test(text)) return Math.round(value * 1000);
  // 1982 to 2119 in a spreadsheet; what looks like a year or an extension stays out
  if (value < 30_000 || value > 80_000) return null;
  const wall = new Date(Math.round((value - 25_569) * 86_400) * 1000);
  return zonedOf(
    {
      year: wall.getUTCFullYear(),
      month: wall.getUTCMonth() + 1,
      day: wall.getUTCDate(),
      hour: wall.getUTCHours(),
      minute: wall.getUTCMinutes(),
      second: wall.getUTCSeconds(),
    },
    timeZone,
  );
}

function readMatch(form: keyof typeof forms, match: RegExpExecArray, reading: TimeReading): number | null {
  const [
    ,
    a = '',
    ,
    b = '',
    c = '',
    hour = '0',
    minute = '0',
    second = '0',
    half,
    name,
    sign,
    hours,
    minutes,
  ] = match;
  const wall: WallTime | null = withHalf(
    {
      ...dateOf(form, a, b, c, reading.order),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    },
    half,
  );
  if (wall === null) return null;
  if (name === undefined && sign === undefined) return zonedOf(wall, reading.timeZone);
  const at = utcOf(wall);
  const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return at === null ? null : at - ((zoneHours[name ?? 'z'] ?? 0) * 60 + ahead) * 60_000;
}

function dateOf(
  form: keyof typeof forms,
  a: string,
  b: string,
  c: string,
  order: DayOrder,
): Pick<WallTime, 'year' | 'month' | 'day'> {
  switch (form) {
    case 'year':
      return { year: Number(a), month: Number(b), day: Number(c) };
    case 'named':
      return { year: Number(c), month: monthOf(b), day: Number(a) };
    case 'english':
      return { year: Number(c), month: monthOf(a), day: Number(b) };
    case 'day': {
      const year = c.length === 2 ? 2000 + Number(c) : Number(c);
      const [day, month] = order === 'day_first' ? [a, b] : [b, a];
      return { year, month: Number(month), day: Number(day) };
    }
  }
}

function monthOf(name: string): number {
  return monthPatterns.findIndex((pattern) => pattern.test(name)) + 1;
}

function withHalf(wall: WallTime, half: string | undefined): WallTime | null {
  if (half === undefined) return wall;
  if (wall.hour < 1 || wall.hour > 12) return null;
  return { ...wall, hour: (wall.hour % 12) + (half === 'p' ? 12 : 0) };
}
