import { entity, type Entity, type EntityType } from './entity.js';

/** What stands before a number and says what it is. */
const labels = new Map<string, EntityType>();
for (const [type, list] of Object.entries({
  order:
    'order orders orderan ordernya orderid pesanan pesananku pesanannya pesenan pemesanan booking bookingan bookingannya bookingnya pembelian transaksi transaction trx purchase po so pnr reservasi reservation kodebooking',
  invoice: 'invoice inv faktur tagihan bill billing kwitansi nota invoicenya',
  ticket: 'ticket tiket tiketnya case kasus laporan pengaduan aduan komplain report rma',
  shipment:
    'resi resinya noresi awb tracking connote airwaybill shipment waybill jne jnt j&t sicepat anteraja ninja spx tiki',
  serial: 'serial sn s/n seri imei',
  policy: 'polis policy',
  error: 'error eror errorcode err kode code http status galat',
  account:
    'rekening rek norek account akun pelanggan pelanggannya nasabah customer idpel pel member userid user langganan va anggota keanggotaan peserta kepesertaan perusahaan cif',
  phone: 'hp telp wa whatsapp hotline phone telepon handphone nohp',
}))
  for (const word of list.split(' ')) labels.set(word, type as EntityType);

/** may stand between a label and its number */
const between = new Set(
  'no nomor nomornya nmr nmer nomer number num id saya sy my ku nya adalah is are was dengan dgn ini of the yaitu yg yang berikut kode code our kami for untuk the'.split(
    ' ',
  ),
);
const numberingWords = new Set([
  'no',
  'nomor',
  'nmr',
  'nmer',
  'nomer',
  'number',
  'num',
  'id',
  'nomornya',
  'kode',
  'code',
]);
/** "order 500 pcs", "kode pos 40115", "kode promo HEMAT500" are no numbers of matters */
const units = new Set(
  'pcs buah unit box dus lusin kg gram gr hari jam minggu bulan tahun menit orang set pax meter gb mb mbps ml liter persen days day hours hour weeks week months x kali times item items pack biji lembar watt volt inch cm mm gb/s juta ribu rb jt k'.split(
    ' ',
  ),
);
const notNumbers = new Set([
  'pos',
  'promo',
  'voucher',
  'kupon',
  'otp',
  'zip',
  'pin',
  'verifikasi',
  'tahun',
  'ram',
  'ukuran',
  'size',
]);

const prefixes: readonly [RegExp, EntityType][] = [
  [/^(?:inv|fak|fp)(?=[^a-z])/i, 'invoice'],
  [/^(?:order|ord|po|so|pes|psn|trx|txn|bkg|book)(?=[^a-z])/i, 'order'],
  [/^(?:ticket|tkt|tik|tic|cs|case|rma|sr)(?=[^a-z])/i, 'ticket'],
  [/^(?:pol)(?=[^a-z])/i, 'policy'],
];
const shipments = [
  /^(?:JP|JX|JD|JT|JZ|JO|JB)\d{8,14}$/,
  /^SPXID\d{8,18}$/,
  /^(?:TLJ|CGK|SUB|BDO|JOG|MES|TGR|UPG|SRG|DPS)[A-Z]{0,4}\d{8,16}$/,
  /^(?:NLID|NVID|IDEXP|IDS|TKP|LXAD|LXRP)[A-Z]{0,6}\d{6,16}$/,
  /^00\d{10}$/,
  /^1000\d{10}$/,
  /^[A-Z]{2}\d{9}[A-Z]{2}$/,
];
const errors = [/^ERR[_-][A-Z0-9_-]{2,40}$/i, /^0X[0-9A-F]{3,16}$/i, /^E-?\d{2,6}$/, /^ERR-?\d{1,6}$/i];
const rawToken = /[A-Za-z0-9][A-Za-z0-9/._#&-]*/g;
const mostEntities = 40;

/**
 * Finds numbers of orders, invoices, tickets, shipments, devices, errors and the like: by their shape (`INV-2024-00123`,
 * `JP1234567890`), or by the word before them (`pesanan no 8877123`). Long bare numbers are kept as `number`.
 *
 * @param text clean text in which addresses, amounts and dates are blanked out
 */
export function numbersIn(text: string): Entity[] {
  const found: Entity[] = [];
  const tokens = [...text.matchAll(rawToken)].slice(0, 600);
  for (const [index, match] of tokens.entries()) {
    const raw = trimEnd(match[0]);
    const digits = countDigits(raw);
    const hash = match.index > 0 && text[match.index - 1] === '#';
    const one = digits === 0 ? wordCode(raw, tokens, index) : numbered(raw, digits, hash, tokens, index);
    if (one) found.push(one);
    if (found.length >= mostEntities) break;
  }
  return found;
}

function wordCode(raw: string, tokens: readonly RegExpExecArray[], index: number): Entity | null {
  if (/^ERR_[A-Z_]{3,40}$/.test(raw)) return entity('error', raw);
  // flight and train bookings: six capital letters
  if (/^[A-Z]{6}$/.test(raw) && labelBefore(tokens, index).type === 'order') return entity('order', raw);
  return null;
}

function numbered(
  raw: string,
  digits: number,
  hash: boolean,
  tokens: readonly RegExpExecArray[],
  index: number,
): Entity | null {
  const value = raw.toUpperCase().replace(/[^A-Z0-9_]/g, '');
  if (value.length > 40) return null;
  if (errors.some((shape) => shape.test(raw))) return entity('error', value);
  for (const [shape, type] of prefixes) {
    const head = shape.exec(raw);
    if (head && digits >= 2) return entity(type, value.slice(head[0].length));
  }
  if (shipments.some((shape) => shape.test(value))) return entity('shipment', value);
  const plain = digits === value.length;
  const next = tokens[index + 1]?.[0].toLowerCase() ?? '';
  if (plain && digits < 7 && units.has(trimEnd(next))) return null;
  const before = labelBefore(tokens, index);
  if (before.refused) return null;
  if (before.type === 'phone') return null;
  if (before.type === 'error') {
    if (plain ? digits >= 2 && digits <= 6 : digits >= 2 && value.length <= 12 && digits * 2 >= value.length)
      return entity('error', value);
  } else if (before.type !== null) {
    const year = plain && digits === 4 && /^(?:19|20)/.test(value) && !before.numbering && !hash;
    const enough = plain ? digits >= (before.numbering || hash ? 2 : 4) : digits >= 2 && value.length >= 4;
    if (enough && !year) return entity(before.type, value);
  }
  if (plain && digits === 15 && luhn(value)) return entity('serial', value);
  if (hash && digits >= 3) return entity('number', value);
  if (plain) return digits >= 6 || (before.numbering && digits >= 3) ? entity('number', value) : null;
  if (/^[A-Z]{2,6}-\d{2,8}$/.test(raw) || /^[a-z]{2,4}-\d{4,8}$/.test(raw)) return entity('number', value);
  const code = value === raw.replace(/[^A-Za-z0-9_]/g, '') && value.length >= 7 && digits >= 4;
  return code ? entity('number', value) : null;
}

interface Label {
  type: EntityType | null;
  /** "no", "nomor" stood before it */
  numbering: boolean;
  refused: boolean;
}

function labelBefore(tokens: readonly RegExpExecArray[], index: number): Label {
  let numbering = false;
  let fallback: EntityType | null = null;
  for (let i = index - 1; i >= 0 && i >= index - 4; i--) {
    const word = trimEnd(tokens[i]?.[0] ?? '').toLowerCase();
    if (notNumbers.has(word)) return { type: null, numbering: false, refused: true };
    if (word === 'kode' || word === 'code') fallback ??= 'error';
    const type = word === 'kode' || word === 'code' ? undefined : labels.get(word);
    if (type) return { type, numbering, refused: false };
    if (!between.has(word)) break;
    numbering ||= numberingWords.has(word);
  }
  return { type: fallback, numbering, refused: false };
}

function trimEnd(raw: string): string {
  let end = raw.length;
  while (end > 0 && '/._#&-'.includes(raw.charAt(end - 1))) end -= 1;
  return raw.slice(0, end);
}

function countDigits(raw: string): number {
  let count = 0;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code >= 48 && code <= 57) count += 1;
  }
  return count;
}

/** check digit of an IMEI (ISO/IEC 7812) */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
