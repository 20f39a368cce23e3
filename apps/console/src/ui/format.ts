import type { Locale } from '@loket/contracts/access.js';
import { phoneNumbers } from './phone-numbers.js';

export interface Format {
  /** 09.41 · 09:41 */
  time(at: string | Date): string;
  /** Sabtu, 21 November 2026, 09.41 */
  full(at: string | Date): string;
  /** 21 Nov 2026 */
  date(at: string | Date): string;
  /** beside a row: the time today, the weekday within six days, else the date */
  short(at: string | Date, now?: Date): string;
  /** above a day of a timeline; `today` and `yesterday` are the words to use */
  day(at: string | Date, words: { today: string; yesterday: string }, now?: Date): string;
  /** the calendar day in the agent's time zone, as `2026-11-21` */
  dayKey(at: string | Date): string;
  /** a span in its largest unit: 8 mnt · 3 jam · 2 hari */
  span(ms: number): string;
  number(value: number): string;
  /** beside a place: what is counted no further than a thousand */
  badge(value: number): string;
  percent(value: number): string;
  /** bytes, in decimal units */
  size(bytes: number): string;
  /**
   * E.164 as people write it: national for the home region, international otherwise. A visitor's id, which says nothing
   * to anybody, becomes a short name. Others unchanged, and all of them until the numbering plans are loaded
   */
  phone(value: string): string;
}

const day = 86_400_000;
const visitorId = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * Dates, figures and numbers as this person reads them.
 * @param timeZone IANA name; an unknown one falls back to Asia/Jakarta
 */
export function createFormat(locale: Locale, timeZone: string, homeRegion = 'ID'): Format {
  const tag = locale === 'id' ? 'id-ID' : 'en-GB';
  const zone = isZone(timeZone) ? timeZone : 'Asia/Jakarta';
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, ...options });
  const time = make({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const weekday = make({ weekday: 'short' });
  const dayMonth = make({ day: 'numeric', month: 'short' });
  const date = make({ day: 'numeric', month: 'short', year: 'numeric' });
  const longDay = make({ weekday: 'long', day: 'numeric', month: 'long' });
  const longDate = make({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const key = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const number = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: 'percent' });
  const of = (at: string | Date) => (typeof at === 'string' ? new Date(at) : at);
  /** whole calendar days between two instants, seen in the agent's zone */
  const daysBetween = (a: Date, b: Date) => (Date.parse(key.format(b)) - Date.parse(key.format(a))) / day;

  return {
    time: (at) => time.format(of(at)),
    full: (at) => `${longDate.format(of(at))}, ${time.format(of(at))}`,
    date: (at) => date.format(of(at)),
    dayKey: (at) => key.format(of(at)),
    short(at, now = new Date()) {
      const days = daysBetween(of(at), now);
      if (days <= 0) return time.format(of(at));
      if (days < 7) return weekday.format(of(at));
      return (days < 300 ? dayMonth : date).format(of(at));
    },
    day(at, words, now = new Date()) {
      const days = daysBetween(of(at), now);
      if (days === 0) return words.today;
      if (days === 1) return words.yesterday;
      return (days < 300 ? longDay : longDate).format(of(at));
    },
    span(ms) {
      const minutes = Math.max(0, Math.floor(ms / 60_000));
      const [value, unit] =
        minutes < 60
          ? [minutes, 'minute' as const]
          : minutes < 48 * 60
            ? [Math.floor(minutes / 60), 'hour' as const]
            : [Math.floor(minutes / 1440), 'day' as const];
      if (minutes === 0) return locale === 'id' ? '<1 mnt' : '<1 min';
      if (locale === 'id') return `${value} ${{ minute: 'mnt', hour: 'jam', day: 'hari' }[unit]}`;
      return `${value} ${{ minute: 'min', hour: 'h', day: value === 1 ? 'day' : 'days' }[unit]}`;
    },
    number: (value) => number.format(value),
    badge: (value) => (value >= 1000 ? `${number.format(1000)}+` : number.format(value)),
    percent: (value) => percent.format(value),
    size(bytes) {
      const units = ['B', 'KB', 'MB', 'GB'];
      const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
      const value = bytes / 1000 ** power;
      const digits = power > 1 && value < 100 ? 1 : 0;
      return `${value.toLocaleString(tag, { maximumFractionDigits: digits })} ${units[power]}`;
    },
    phone(value) {
      if (visitorId.test(value))
        return `${locale === 'id' ? 'Pengunjung' : 'Visitor'} ${value.slice(-4).toUpperCase()}`;
      const parsed = phoneNumbers()?.parsePhoneNumberFromString(value) ?? chatNumber(value);
      if (!parsed) return value;
      if (parsed.country === homeRegion) return parsed.formatNational().replaceAll(' ', '-');
      return parsed.formatInternational();
    },
  };
}

/** Chats write numbers without the plus. Digits that are no such number are something else. */
function chatNumber(value: string) {
  const parsed = /^[1-9]\d{7,14}$/.test(value)
    ? phoneNumbers()?.parsePhoneNumberFromString(`+${value}`)
    : undefined;
  return parsed?.isValid() ? parsed : undefined;
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
