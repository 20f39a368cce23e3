/** English, and what Indonesian programs write in their place. */
const months = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may|mei',
  'jun',
  'jul',
  'aug|agu|ags|agt',
  'sep',
  'oct|okt',
  'nov',
  'dec|des',
];
const monthPatterns = months.map((m) => new RegExp(`^(?:${m})`, 'i'));
/** Minutes east of Greenwich. RFC 5322 §4.3 and Indonesia's own. */
const zones: Record<string, number> = {
  gmt: 0,
  utc: 0,
  ut: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  wib: 420,
  wita: 480,
  wit: 540,
  cet: 60,
  cest: 120,
  bst: 60,
  ist: 330,
  jst: 540,
  sgt: 480,
  myt: 480,
};

const dateTime =
  /(?:^|[\s,])(\d{1,2})[\s-]+(\p{L}{3,12})\.?[\s-]+(\d{2,4})[,\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap]m)?\s*(?:([+-]\d{1,2}):?(\d{2})|\(?([a-z]{1,5}))?/iu;

/**
 * Reads a Date field (RFC 5322 §3.3) as written by real programs: no weekday, two-figure years, names of zones,
 * Indonesian months, comments. Without a zone it counts as UTC.
 *
 * @returns milliseconds since the epoch, or null
 */
export function parseMailDate(value: string): number | null {
  const match = dateTime.exec(value.slice(0, 200));
  if (!match) {
    // ISO 8601 and the rest; a bare local time would mean another instant on every machine.
    const parsed = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(value)
      ? Date.parse(isoWithZone(value.trim()))
      : Number.NaN;
    return Number.isNaN(parsed) ? null : parsed;
  }
  const [
    ,
    day,
    monthName = '',
    yearText = '',
    hours,
    minutes,
    seconds = '0',
    half,
    offset,
    offsetMinutes,
    zone,
  ] = match;
  const month = monthPatterns.findIndex((p) => p.test(monthName));
  if (month < 0) return null;
  let year = Number(yearText);
  if (yearText.length <= 3) year += year < 50 ? 2000 : 1900;
  let hour = Number(hours);
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const time = Date.UTC(year, month, Number(day), hour, Number(minutes), Math.min(Number(seconds), 59));
  const east = offset
    ? Number(offset) * 60 + (offset.startsWith('-') ? -1 : 1) * Number(offsetMinutes)
    : (zones[(zone ?? '').toLowerCase()] ?? 0);
  return Math.abs(east) > 24 * 60 ? time : time - east * 60_000;
}

function isoWithZone(value: string): string {
  const plain = value.replace(' ', 'T');
  return /(?:z|[+-]\d{2}:?\d{2})$/i.test(plain) ? plain : `${plain.replace(/\s.*$/, '')}Z`;
}
