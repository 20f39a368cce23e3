import { entity, type Entity } from './entity.js';
import { numbersIn } from './entity-numbers.js';

const email = /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gi;
const link = /\b(?:https?:\/\/|www\.)[^\s<>"'()[\]]{3,500}/gi;
const bareLink =
  /\b(?:[a-z0-9-]{1,63}\.){1,3}(?:com|co\.id|id|net|org|io|app|shop|store)(?:\/[^\s<>"'()[\]]{0,300})?/gi;
const indonesianPhone = /(?<![\w.#-])(?:\+?62|0)[ -]?8\d(?:[ .-]?\d){6,11}(?![\w-])/g;
const otherPhone = /(?<![\w.#-])\+\d(?:[ .-]?\d){7,14}(?![\w-])/g;
const currency =
  /(?<![a-z0-9])(?:rp\.?|idr|usd|us\$|\$|sgd|rm|eur|€)\s?\d[\d.,]{0,15}(?:\s?(?:ribu|rb|juta|jt|k)(?![a-z]))?/gi;
const multiplied = /(?<![\w.,/#-])\d{1,4}(?:[.,]\d{1,3})?\s?(?:ribu|rb|juta|jt|k)(?![a-z0-9])/gi;
const grouped = /(?<![\w.,/#-])\d{1,3}(?:\.\d{3}){1,3}(?:,\d{2})?(?![\w/-]|\.\d)/g;
const numericDate = /(?<![\w.,/#-])(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?![\w/-])/g;
const isoDate = /(?<![\w.,/#-])(\d{4})-(\d{2})-(\d{2})(?![\w/-])/g;
const months = 'jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|okt|oct|nov|des|dec';
const dayMonth = new RegExp(
  `(?<![\\w.,/#-])(\\d{1,2})(?:st|nd|rd|th)?\\s{1,3}(${months})[a-z]{0,7}\\b`,
  'gi',
);
const monthDay = new RegExp(`\\b(${months})[a-z]{0,7}\\s{1,3}(\\d{1,2})(?:st|nd|rd|th)?(?![\\w.,/])`, 'gi');
const monthAlone =
  /\b(januari|january|februari|february|maret|march|april|mei|juni|june|juli|july|agustus|august|september|oktober|october|november|desember|december)\b/gi;
const plate = /(?<![\w-])([A-Z]{1,2})[ -]?(\d{1,4})[ -]?([A-Z]{1,3})(?![\w-])/g;
const plateLabel = /\b(?:plat|nopol|mobil|motor|kendaraan|polisi|car|plate)/i;
const monthNumber: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  mei: 5,
  may: 5,
  jun: 6,
  jul: 7,
  agu: 8,
  agt: 8,
  aug: 8,
  sep: 9,
  okt: 10,
  oct: 10,
  nov: 11,
  des: 12,
  dec: 12,
};
/** "kamar 305", "lantai 8", "unit 12C": which of several */
const place =
  /\b(kamar|room|lantai|floor|lt|unit|blok|block|tower|gate|terminal|kelas|class|bab|chapter|gudang|loket)\s{1,3}(?:no\.?\s{0,2})?([a-z]?\d{1,4}[a-z]?|[a-z])\b/gi;
const placeNames: Readonly<Record<string, string>> = {
  room: 'kamar',
  floor: 'lantai',
  lt: 'lantai',
  block: 'blok',
  class: 'kelas',
  chapter: 'bab',
};
/** say where a reader came from, not what he looks at */
const tracking = /^(?:utm_|fbclid|gclid|igsh|igshid|ref$|ref_|mc_|spm|si$|trk|source$)/;
const mostEntities = 60;

/**
 * Everything that a clean text names. Also gives the text with all of it blanked out (same length), so that a digit of
 * an amount is not taken for a word.
 */
export function entitiesIn(clean: string): { entities: Entity[]; rest: string } {
  const entities: Entity[] = [];
  let rest = clean;
  const take = (pattern: RegExp, of: (match: RegExpExecArray) => Entity | null): void => {
    let found = false;
    for (const match of rest.matchAll(pattern)) {
      const one = of(match);
      if (!one) continue;
      found = true;
      entities.push(one);
      if (entities.length > mostEntities) break;
    }
    if (found) rest = rest.replace(pattern, (text: string) => ' '.repeat(text.length));
  };
  if (clean.includes('@')) take(email, (m) => entity('email', m[0].toLowerCase()));
  if (clean.includes('.')) {
    if (/https?:|www\./i.test(clean)) take(link, (m) => linkOf(m[0]));
    take(bareLink, (m) => linkOf(m[0]));
  }
  for (const [, kind = '', which = ''] of rest.matchAll(place)) {
    const name = kind.toLowerCase();
    entities.push(entity('place', `${placeNames[name] ?? name} ${which.toLowerCase()}`));
    if (entities.length > mostEntities) break;
  }
  if (!/\d/.test(rest)) {
    for (const [name] of rest.matchAll(monthAlone)) entities.push(monthOf(name));
    if (/ERR_|[A-Z]{6}/.test(rest)) entities.push(...numbersIn(rest));
    return { entities: unique(entities), rest };
  }
  take(indonesianPhone, (m) => entity('phone', phoneOf(m[0])));
  if (rest.includes('+')) take(otherPhone, (m) => entity('phone', phoneOf(m[0])));
  take(currency, (m) => amountOf(m[0]));
  take(multiplied, (m) => amountOf(m[0]));
  take(isoDate, (m) => dateOf(m[2], m[3]));
  take(numericDate, (m) => dateOf(m[2], m[1]));
  take(dayMonth, (m) => dateOf(m[2], m[1]));
  take(monthDay, (m) => dateOf(m[1], m[2]));
  for (const [name] of rest.matchAll(monthAlone)) entities.push(monthOf(name));
  take(grouped, (m) => amountOf(m[0]));
  if (plateLabel.test(rest)) take(plate, (m) => entity('plate', `${m[1]}${m[2]}${m[3]}`));
  entities.push(...numbersIn(rest));
  return { entities: unique(entities), rest };
}

function unique(entities: readonly Entity[]): Entity[] {
  const seen = new Set<string>();
  return entities.filter(({ type, value }) => {
    const key = `${type} ${value}`;
    return value !== '' && !seen.has(key) && seen.add(key);
  });
}

function linkOf(raw: string): Entity {
  let text = raw.replace(/^https?:\/\//i, '').replace(/^www\./i, '');
  text = text.replace(/[.,;:!?]{1,20}$/, '');
  const [before = ''] = text.split('#');
  const question = before.indexOf('?');
  const query = question < 0 ? '' : before.slice(question + 1);
  const place = question < 0 ? before : before.slice(0, question);
  const slash = place.indexOf('/');
  const host = (slash < 0 ? place : place.slice(0, slash)).toLowerCase();
  const path = slash < 0 ? '' : place.slice(slash).replace(/\/$/, '');
  const kept = query
    .split('&')
    .filter((part) => part !== '' && !tracking.test(part.toLowerCase()))
    .sort((a, b) => (a < b ? -1 : 1));
  if (path === '' && kept.length === 0) return entity('domain', host);
  return entity('url', `${host}${path}${kept.length > 0 ? `?${kept.join('&')}` : ''}`);
}

function phoneOf(raw: string): string {
  const digits = raw.replace(/\D/g, '');
  return `+${digits.startsWith('0') ? `62${digits.slice(1)}` : digits.replace(/^620+/, '62')}`;
}

function amountOf(raw: string): Entity | null {
  const text = raw.toLowerCase();
  const unit = /usd|\$/.test(text)
    ? 'USD'
    : /sgd/.test(text)
      ? 'SGD'
      : /rm/.test(text)
        ? 'MYR'
        : /eur|€/.test(text)
          ? 'EUR'
          : 'IDR';
  const times = /juta|jt/.test(text) ? 1_000_000 : /ribu|rb|k/.test(text) ? 1_000 : 1;
  const figures = text.replace(/[^\d.,]/g, '').replace(/^[.,]+|[.,]+$/g, '');
  const tail = /[.,](\d{1,3})$/.exec(figures)?.[1];
  const decimals = tail !== undefined && (tail.length < 3 || (times > 1 && figures.length < 5));
  const whole = decimals ? figures.slice(0, -(tail.length + 1)) : figures;
  const value = Number(`${whole.replace(/\D/g, '')}${decimals ? `.${tail}` : ''}`) * times;
  return Number.isFinite(value) && value > 0
    ? entity('amount', `${unit} ${Math.round(value * 100) / 100}`)
    : null;
}

/** "tagihan bulan Maret": the month alone */
function monthOf(name: string): Entity {
  const month = monthNumber[name.slice(0, 3).toLowerCase()] ?? 0;
  return entity('date', String(month).padStart(2, '0'));
}

function dateOf(month: string | undefined, day: string | undefined): Entity | null {
  const m = monthNumber[month?.toLowerCase() ?? ''] ?? Number(month);
  const d = Number(day);
  if (!(m >= 1 && m <= 12 && d >= 1 && d <= 31)) return null;
  return entity('date', `${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
}
