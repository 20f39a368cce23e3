import { isKnownName } from '../names/name-frequencies.js';
import { readName } from '../names/read-name.js';
import { isCard, withoutContacts, zonesOf, type WrittenMessage } from './message-zones.js';

/** A name that the writer gives himself. */
export interface SelfName {
  /** cleaned of titles and decoration */
  name: string;
  where: 'signature' | 'text';
}

/** `saya Budi Santoso dari PT Maju`, `nama saya Rina`, `my name is …`, `this is …` */
const introduction =
  /(?<!\p{L})(?:perkenalkan,?\s(?:nama\s)?saya|nama\s(?:saya|sy|aku|lengkap)(?:\sadalah)?|saya(?:\sdengan)?|sy|ini(?:\sdengan)?|dengan|my name is|i am|i'm|this is)[\s,:]{1,3}((?:\p{L}[\p{L}.'-]{0,24}[ ,]{0,2}){1,5})/giu;
const maxWords = 5;

/** What ends a name in a sentence, or shows that none began. */
const otherWords = new Set(
  `mau ingin akan sudah udah belum tidak tdk gak ga nggak bukan juga hanya cuma bisa dapat sedang lagi masih pernah dari dr dengan
   yang yg di ke pada untuk utk dan atau serta pelanggan customer pembeli user pengguna nasabah member pemilik order pesan beli
   membeli memesan minta mohon tolong tanya bertanya butuh perlu coba mencoba kirim transfer bayar tunggu menunggu terima menerima
   lupa hilang kecewa bingung sangat telah baru kemarin tadi hari saya aku kami no nomor hp wa email alamat pesanan barang produk
   produknya masalah kendala error kenapa gimana bagaimana apa apakah ada selaku sebagai pakai salah orang a an the not very
   still from at trying writing having unable looking waiting interested happy sorry here contacting calling facing getting
   regarding about to and my your our order invoice cs admin toko bagian tim staff mengalami lanjut komplain complain hormat ini itu
   nya sus suster dok dokter reg regis registrasi id kode akun sekali banget siap oke ok baik pagi siang sore malam halo hai hi
   pak bu kak mas mbak gan sis min terus jadi kan kok dong ya yah nih loh aja saja terkait mengenai tentang`.match(
    /\S+/g,
  ),
);

/**
 * The name under a message, or the one by which the writer introduces himself.
 * @returns null when none is given
 */
export function selfNameIn(message: WrittenMessage): SelfName | null {
  const { body, signature } = zonesOf(message);
  const signed = signedName(signature, message.region);
  if (signed !== null) return { name: signed, where: 'signature' };
  for (const match of body.matchAll(introduction)) {
    const name = introduced(match[1] ?? '');
    if (name !== null) return { name, where: 'text' };
  }
  const last = lastWords.exec(body.trimEnd().slice(-120))?.[1];
  const name = last === undefined ? null : knownName(last);
  return name === null ? null : { name, where: 'text' };
}

/** `…, tolong dibuka. eko budi prasetyo`: chats are signed so, in small letters. */
const lastWords = /[.,!?\n]\s{1,3}(\p{L}[\p{L}.']{1,24}(?:\s\p{L}[\p{L}.']{0,24}){1,3})$/u;

/** Two words or more, each a known name. */
function knownName(words: string): string | null {
  if (words.split(' ').some(isOtherWord)) return null;
  const { kind, tokens, text } = readName(words);
  const known = tokens.filter(({ key }) => isKnownName(key)).length;
  return kind === 'person' && known > 1 && known === tokens.length ? text : null;
}

/** The first line of a signature that is a person's name; posts, companies and contacts come below it. */
export function signedName(signature: readonly string[], region: string): string | null {
  for (const line of signature.slice(0, 4)) {
    if (!isCard(line, region)) continue;
    const words = withoutContacts(line, region);
    if (/\d/.test(words) || words.split(/[\s,|/]+/).some(isOtherWord)) continue;
    const name = readName(words);
    if (name.kind !== 'person' || name.tokens.length > maxWords) continue;
    // `makasih sus`: a small word that is no known name is not one here either.
    const capitals = words.match(/(?<!\p{L})\p{Lu}\p{L}{2}/gu)?.length ?? 0;
    if (capitals > 0 || name.tokens.some(({ key }) => isKnownName(key))) return name.text;
  }
  return null;
}

/** `yaa`, `yaaa` as `ya` */
function isOtherWord(word: string): boolean {
  const lower = word.toLowerCase().replace(/[^\p{L}]{1,9}$/u, '');
  return otherWords.has(lower) || otherWords.has(lower.replace(/(.)\1+/gu, '$1'));
}

/** `saya Budi Santoso, HP 0812…`: whoever gives his name and a number in one breath gives his own. */
const justIntroduced =
  /(?<!\p{L})(?:nama\s(?:saya|sy|aku)|saya|sy|my name is|i am|i'm|this is)[\s,:]{1,3}((?:\p{L}[\p{L}.'-]{0,24} ?){1,4})[\s,(/:-]{0,4}(?:(?:no|nomor|nomer|hp|wa|whatsapp|telp|phone|email)[\s.:]{1,3}){0,3}$/iu;

export function endsInIntroduction(before: string): boolean {
  const words = justIntroduced.exec(before)?.[1];
  if (words === undefined) return false;
  const said = words
    .trim()
    .split(/\s+/)
    .filter((word) => !contactNouns.has(word.toLowerCase().replace(/\.$/, '')));
  return !said.some(isOtherWord) && introduced(said.join(' ')) !== null;
}

const contactNouns = new Set(['no', 'nomor', 'nomer', 'hp', 'wa', 'whatsapp', 'telp', 'phone', 'email']);

function introduced(words: string): string | null {
  const name: string[] = [];
  for (const word of words.split(/[\s,]+/)) {
    const lower = word.toLowerCase().replace(/\.$/, '');
    if (word === '' || (isOtherWord(word) && !(name.length === 0 && /^(?:pak|bu|mas|mbak|kak)$/.test(lower))))
      break;
    name.push(word);
  }
  const read = readName(name.join(' '));
  if (read.kind !== 'person') return null;
  // In small letters any word may follow `saya`; only a known name is one.
  const sure = read.tokens.some(({ key }) => isKnownName(key)) && name.length <= 4;
  const capital = name.length >= 2 && name.every((word) => /^\p{Lu}/u.test(word));
  return sure || capital ? read.text : null;
}
