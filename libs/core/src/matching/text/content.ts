import { phrases, says } from './phrases.js';
import type { Reading, Word } from './reading.js';
import { courtesy, stopWords } from './spelling.js';

/**
 * How much a message says by itself. `empty`: nothing, or only files or emoji; `low`: a greeting or a nudge; `reply`:
 * an answer that makes sense only after a question; `full`: speaks for itself.
 */
export type Content = 'empty' | 'low' | 'reply' | 'full';

const set = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean));

/** meanings (concepts and roots) that a nudge or a greeting is made of */
const hollow = set(
  `response tolong bantu bantuan help support assist assistance tunggu wait waiting info informasi information tanya question urgent penting important
   segera respon cs agent agen operator chat whatsapp email telepon lanjut lanjutan hubung hubungi contact solusi solution follow kejelasan kepastian
   proses hari kabar tindak harap harapan please customer pelanggan laporan case kasus complain check cek periksa minta request selesai resolve hallo anybody anyone
   someone online mulai start coba sabar baca read reading ignored cuek halo knock bro sister tiket ticket_event keluhan komplain message pesan ticket`,
);
/** a low message is nothing but this, and not long */
const longestLow = 14;
const longestReply = 10;

/** asks for news of something that is already known */
const nudges = set(
  `response lanjut lanjutan kabar tunggu wait waiting follow tindak kejelasan kepastian proses selesai resolve solusi solution tiket ticket case kasus laporan complain hollow respon`,
);
const nudgeWords = set(
  'update kelanjutan kelanjutannya lanjutannya gimana bagaimana progress status still any news masih belum sudah kapan when how',
);

const openers = set(
  `ok oke okay iya ya yes yep yup yeah siap baik sip noted sudah belum done benar betul right correct bukan tidak no nope sure setuju boleh jadi cocok
   ini berikut terlampir lampiran attached here sent nomornya alamatnya namanya emailnya fotonya buktinya its it silakan silahkan thanks thank terima mantap great
   perfect agreed exactly sama already understood paham mengerti aman noted. alhamdulillah that yang bisa can fine good sounds`,
);
/** meanings that an answer may hold: what was asked for is sent or done */
const answering = set(
  `proof transfer pay money response ok aman normal proses resi tracking address alamat nama name nomor number screen foto photo video email check cek coba restart
   kirim ship isi form formulir upload login open data dokumen document lampir lampiran arrive receive baik sesuai hari tanggal terlampir attached attachment sent
   paham mengerti jelas selesai otp kode code app update_app size color setuju cocok lunas bagus great good perfect mantap noted understand understood yes iya nyala`,
);

export function contentOf(
  reading: Reading,
  facts: { strongEntities: number; entities: number; blank: boolean },
): Content {
  const { written, words } = reading;
  if (written.length === 0 && facts.entities === 0) return facts.blank ? 'empty' : 'low';
  const meanings = [...words.keys()];
  const telling = meanings.filter((key) => !hollow.has(plain(key)) && !courtesy.has(key));
  const denied = meanings.some((key) => key.startsWith('!') && !hollow.has(plain(key)));
  if (facts.strongEntities === 0 && telling.length === 0 && written.length <= longestLow) {
    if (facts.entities === 0) return isAnswer(written) ? 'reply' : 'low';
    return 'reply';
  }
  if (written.length > longestReply + 4 || denied || meanings.includes('fail')) return 'full';
  if (asksSomething(written) || !(opensAsAnswer(written) || handsOver(written, facts.entities)))
    return 'full';
  const other = telling.filter((key) => !answering.has(key));
  if (other.length === 0) return 'reply';
  return other.length === 1 && words.size <= 2 && written.length <= longestReply - 4 ? 'reply' : 'full';
}

function plain(key: string): string {
  return key.startsWith('!') ? key.slice(1) : key;
}

/** greetings and forms of address aside, the first word accepts, refuses or hands over */
function opensAsAnswer(written: readonly Word[]): boolean {
  const first = written.find(({ text }) => !greeting.has(text));
  return first !== undefined && openers.has(first.text);
}

/** "resinya JP1234567890", "alamatnya …": the thing asked for, and what it is */
function handsOver(written: readonly Word[], entities: number): boolean {
  const first = written.find(({ text }) => !greeting.has(text));
  return entities > 0 && written.length <= longestReply && first !== undefined && first.text.endsWith('nya');
}

const greeting = set(
  'halo hallo hai hi hello pagi siang sore malam selamat kak kakak min admin mas mbak pak bu bapak ibu gan sis bang om dear sir madam bro saya i hai tadi nih',
);
const asking = set(
  'apa apakah bagaimana berapa kapan mengapa mana siapa how what when why where which who dimana gimana',
);

export function asksSomething(written: readonly Word[]): boolean {
  return written.some(({ text }) => asking.has(text));
}

/** "ok kak", "iya benar", "belum", "terima kasih": nothing in it but the answer itself */
function isAnswer(written: readonly Word[]): boolean {
  const content = written.filter(({ text }) => !greeting.has(text));
  const first = content[0];
  if (!first || !openers.has(first.text) || asksSomething(written)) return false;
  if (isNudge(written, null)) return false;
  return true;
}

/** "any update?", "gimana kelanjutannya", "kok belum dibalas": asks after something known */
export function isNudge(written: readonly Word[], words: ReadonlyMap<string, number> | null): boolean {
  let asks = false;
  let about = false;
  for (const { text, form } of written) {
    if (nudgeWords.has(text)) asks = true;
    if (nudges.has(form) || text === 'news') about = true;
    if (
      form === 'kelanjutan' ||
      form === 'kabar' ||
      form === 'balas' ||
      form === 'jawab' ||
      form === 'respon'
    )
      about = true;
  }
  if (words?.has('response')) about = true;
  return asks && about;
}

/** "mau tanya", "I have a question": a matter is about to be named that need not be the known one */
export function isQuestion(written: readonly Word[]): boolean {
  return written.some(
    ({ form, text }) =>
      form === 'tanya' ||
      text === 'question' ||
      text === 'inquire' ||
      text === 'enquiry' ||
      text === 'enquire' ||
      text === 'inquiry',
  );
}

const continuing = set(
  'masih lagi lanjutan melanjutkan menindaklanjuti menyambung kelanjutan tetap again still kembali sebelumnya lanjut susulan menyusul tambahan additionally',
);

/** "masih belum …", "as I said": goes on with something */
export function continues(written: readonly Word[]): boolean {
  return written.some(
    ({ text }, at) => continuing.has(text) && !(text === 'lagi' && written[at - 1]?.text === 'satu'),
  );
}

const correcting = phrases([
  'maaf salah',
  'salah tulis',
  'salah ketik',
  'salah kirim nomor',
  'maksud saya',
  'maksudnya',
  'maksudku',
  'ralat',
  'koreksi',
  'yang benar',
  'i mean',
  'i meant',
  'sorry wrong',
  'correction',
  'typo',
]);

/** "maaf salah", "I meant": takes back a number or a name rather than telling of another matter */
export function corrects(written: readonly Word[]): boolean {
  return says(written, correcting);
}

/** Indonesian or English, by their function words; null when neither shows */
export function languageOf(written: readonly Word[]): 'id' | 'en' | null {
  let id = 0;
  let en = 0;
  for (const { text } of written) {
    if (indonesian.has(text)) id += 1;
    else if (stopWords.has(text) && english.has(text)) en += 1;
  }
  if (id === en) return null;
  return id > en ? 'id' : 'en';
}

const indonesian = set(
  'yang dan di ke dari untuk dengan saya ini itu sudah belum tidak bisa apa mau ada kak min pak bu dong ya nya kok karena juga sama mana bagaimana kenapa berapa kapan tolong mohon masih lagi tapi kalau jadi tadi kemarin halo terima kasih selamat kami akun paket pesanan',
);
const english = set(
  'the a an of to in on at for from with and but is are was were have has had i my me we our you your it this that not can could would please when where what why how still been do does did will',
);
