import { cities } from './customers-of-shop.mjs';
import { pembayaran } from './stories/pembayaran.mjs';
import { pesanan } from './stories/pesanan.mjs';
import { retur } from './stories/retur.mjs';
import { b2b, teknis } from './stories/teknis.mjs';

const products = ['lampu meja Kirana', 'kursi rotan Ambar', 'pot teraso Batu', 'tikar pandan Lumbung', 'rak dinding Jati', 'cangkir gerabah Senja', 'vas kaca Embun', 'sprei katun Awan', 'kipas meja Angin', 'lampu taman surya']; // prettier-ignore
const couriers = ['Kurir Kilat', 'Antar Nusa', 'Lintas Pos'];
const banks = ['Bank Nusa', 'Bank Merdeka', 'DompetKu', 'Bank Samudra'];
const days = ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];
const daysEnglish = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Stories of each team, with how often they come. */
export const stories = [
  [40, 'pesanan', pesanan],
  [22, 'pembayaran', pembayaran],
  [18, 'retur', retur],
  [14, 'teknis', teknis],
  [6, 'b2b', b2b],
];

/** A story for this customer: one of his language, and of companies where he is one. */
export function chooseStory(dice, person) {
  const [, team, told] = person.company
    ? stories[4]
    : dice.weigh(stories.slice(0, 4).map((entry) => [entry[0], entry]));
  const own = told.filter(({ language = 'id' }) => language === person.language);
  const fitting = own.length > 0 ? own : told;
  return { team, ...dice.weigh(fitting.map((story) => [story.weight, story])) };
}

/** What stands in the blanks of one talk. */
export function facts(dice, person, mate) {
  const english = person.language === 'en';
  return {
    first: person.name.split(' ')[0],
    order: `TK-${dice.between(20_000, 89_999)}`,
    product: dice.pick(products),
    amount: `Rp${dice.between(45, 890)}.000`,
    resi: `${dice.pick(['KK', 'AN', 'LP'])}${dice.between(100_000_000, 999_999_999)}`,
    courier: dice.pick(couriers),
    bank: dice.pick(banks),
    city: dice.pick(cities),
    weekday: dice.pick(english ? daysEnglish : days),
    days: String(dice.between(3, 9)),
    small: String(dice.between(2, 88)),
    many: String(dice.between(3, 20) * 12),
    mate,
  };
}

export const fill = (text, known) => text.replaceAll(/\{(\w+)\}/g, (blank, name) => known[name] ?? blank);

const shortForms = [
  [/\btidak\b/gi, ['gak', 'nggak', 'tdk', 'ga']],
  [/\bsudah\b/gi, ['udah', 'sdh', 'udh']],
  [/\bbelum\b/gi, ['blm', 'belom']],
  [/\bsaya\b/gi, ['sy', 'aku', 'saya']],
  [/\btolong\b/gi, ['tlg', 'tolong']],
  [/\byang\b/gi, ['yg']],
  [/\bdengan\b/gi, ['dgn']],
  [/\bterima kasih\b/gi, ['makasih', 'tks', 'makasi']],
  [/\bpesanan\b/gi, ['orderan', 'pesanan']],
  [/\bsampai\b/gi, ['nyampe', 'sampe']],
  [/\bkemarin\b/gi, ['kmrn', 'kemarin']],
  [/\btapi\b/gi, ['tp', 'tapi']],
  [/\buntuk\b/gi, ['utk', 'buat']],
  [/\bPermisi\b/g, ['misi kak', 'kak']],
  [/\bHalo\b/g, ['halo min', 'kak', 'haloo']],
];

/** As people type on a telephone. */
export function casual(text, dice) {
  let told = text;
  for (const [found, words] of shortForms)
    if (dice.chance(0.7)) told = told.replaceAll(found, () => dice.pick(words));
  if (dice.chance(0.7)) told = told.charAt(0).toLowerCase() + told.slice(1);
  if (dice.chance(0.6)) told = told.replace(/\.$/, '');
  if (dice.chance(0.25)) told += dice.pick([' 🙏', ' ya kak', ' kak', ' min', ' 😅', '??']);
  return told;
}

/** As people write mails. */
export function asMail(text, person, first) {
  if (person.language === 'en')
    return first
      ? `Dear Sir or Madam,\n\n${text}\n\nKind regards,\n${person.name}`
      : `${text}\n\n${person.name}`;
  if (!first) return `${text}\n\n${person.name}`;
  return `Selamat ${person.n % 2 ? 'pagi' : 'siang'},\n\n${text}\n\nTerima kasih,\n${person.name}${person.company ? `\n${person.company}` : ''}`;
}
