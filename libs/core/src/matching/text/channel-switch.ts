import type { ChannelKind } from '@loket/contracts/channels.js';
import type { Word } from './reading.js';

/** The writer speaks of his own earlier contact on another channel: "tadi saya email", "as I said on the phone". */
export interface SwitchMention {
  readonly channelKind: ChannelKind;
  /** the words that say it */
  readonly span: string;
  /** the message goes on with it ("lanjutan chat tadi", "following up my call") rather than tells of it */
  readonly goesOn: boolean;
}

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** standard words (after spelling) that name a channel */
const channelWords: Readonly<Record<string, ChannelKind>> = {
  email: 'email',
  mail: 'email',
  emailed: 'email',
  mailed: 'email',
  surel: 'email',
  emailing: 'email',
  whatsapp: 'whatsapp',
  whatsapped: 'whatsapp',
  whatsappan: 'whatsapp',
  chat: 'webchat',
  livechat: 'webchat',
  chatted: 'webchat',
  chatting: 'webchat',
  widget: 'webchat',
  webchat: 'webchat',
  ngechat: 'webchat',
  chatan: 'webchat',
  telepon: 'phone',
  telponan: 'phone',
  called: 'phone',
  phoned: 'phone',
  phone: 'phone',
  call: 'phone',
  rang: 'phone',
  calling: 'phone',
  hotline: 'phone',
  telephoned: 'phone',
  menelepon: 'phone',
  menelpon: 'phone',
  nelponin: 'phone',
  ditelepon: 'phone',
};

const past = set(
  'tadi barusan kemarin semalam sudah sebelumnya sempat lusa already earlier yesterday previously pernah baru tried',
);
const linking = set(
  'lanjutan lanjut melanjutkan menyambung sambungan sesuai menindaklanjuti merujuk following further followup referring continuing menyusul susulan nyambung',
);
/** mark a past only together with a verb of contact: "I have sent an email", not "I have an email" */
const weakPast = set('have had just as per regarding i');
const contact = set(
  'sent wrote contacted reached spoke talked messaged submitted written hubungi menghubungi lapor melapor kirim mengirim told explained my',
);
/** may stand between the mark of the past and the channel */
const bridge = set(
  'saja saya i aku kami we juga coba mencoba kirim mengirim kirimkan kirimin sent send wrote write written contacted contact reached out hubungi menghubungi kontak lapor melapor laporan melaporkan lewat via melalui by on over in through ke di pakai an a my me you guys your the to about it this up komplain tanya nanya bilang ngobrol bicara tadi kemarin sudah pagi siang sore malam kali dua beberapa berkali-kali spoke talked asked reported mentioned told said dari yang on yesterday already cs ngomong sampaikan jelaskan follow submitted messaged live nomor kasih jawab text another complained explained discussed through called us have been also tim sore jelasin laporin',
);
const after = set(
  'tadi barusan kemarin sebelumnya semalam yesterday earlier lalu already before lusa previously terakhir last',
);
/** after the channel: the earlier contact was left without an answer */
const unanswered = set(
  'dibalas direspon balas respons response balasan jawaban dijawab jawab ditanggapi tanggapan replied reply answered answer responded respond diangkat',
);
/** right before the channel word: somebody is asked to use it, or it is the matter itself */
const asks = set(
  'tolong mohon minta please bisa boleh can could kindly harap silakan silahkan ganti ubah change cek check verifikasi dapat terima menerima via got received receive get lupa salah ini',
);
const others = set(
  'kurir courier driver seller penjual toko teknisi he she they he they agent kalian bank someone nobody teman dia mereka',
);
const owners = set('my saya aku ku kami our');

/** Finds mentions of the writer's own earlier contact; requests ("email me", "WA saya di 08…") are none. */
export function switchesIn(words: readonly Word[]): SwitchMention[] {
  const found = new Map<ChannelKind, SwitchMention>();
  for (const [index, word] of words.entries()) {
    const kind = channelWords[word.text];
    if (kind === undefined || found.has(kind)) continue;
    const span = spanAround(words, index);
    if (!span) continue;
    const goesOn = words.slice(span[0], span[1] + 1).some(({ text }) => linking.has(text));
    found.set(kind, { channelKind: kind, span: said(words, span).slice(0, 80), goesOn });
  }
  return [...found.values()];
}

function said(words: readonly Word[], [from, to]: readonly [number, number]): string {
  return words
    .slice(from, to + 1)
    .map(({ text }) => text)
    .join(' ');
}

function spanAround(words: readonly Word[], at: number): [number, number] | null {
  const text = (i: number): string => words[i]?.text ?? '';
  const joined = (i: number): boolean => i < words.length && words[i]?.opens !== true;
  const next = joined(at + 1) ? text(at + 1) : '';
  const before = words[at]?.opens === true ? '' : text(at - 1);
  if (others.has(next) || others.has(before)) return null;
  if ((next === 'dari' || next === 'from') && !owners.has(text(at + 2))) return null;
  // "as I emailed", "I called": a verb of one's own in the past is a mention by itself
  if (/ed$|^rang$/.test(text(at)) && (before === 'i' || before === 'we')) return [at - 1, at];
  if (asks.has(before) && !past.has(text(at - 2))) return null;
  if (asks.has(text(at - 2)) && (before === '' || owners.has(before))) return null;
  let from = at;
  while (from > 0 && at - from < 7 && words[from]?.opens !== true && passes(text(from - 1))) from -= 1;
  const reach = words.slice(from, at).map((word) => word.text);
  const mark = reach.findIndex((word) => past.has(word) || linking.has(word));
  if (mark >= 0) return [from + mark, at];
  const weak = reach.findIndex((word) => weakPast.has(word));
  if (weak >= 0 && (reach.slice(weak).some((word) => contact.has(word)) || /ed$/.test(text(at))))
    return [from + weak, at];
  return afterwards(words, at, before, joined, text);
}

function passes(word: string): boolean {
  return past.has(word) || linking.has(word) || weakPast.has(word) || bridge.has(word) || owners.has(word);
}

function afterwards(
  words: readonly Word[],
  at: number,
  before: string,
  joined: (i: number) => boolean,
  text: (i: number) => string,
): [number, number] | null {
  const from = owners.has(before) || before === 'lewat' || before === 'di' ? at - 1 : at;
  let i = at + 1;
  while (
    i <= at + 4 &&
    joined(i) &&
    (owners.has(text(i)) || ['yang', 'di', 'pagi', 'siang'].includes(text(i)))
  )
    i += 1;
  if (!joined(i)) return null;
  if (after.has(text(i))) return [from, i];
  const denies = ['tidak', 'belum', 'not', 'never', 'no', 'without', 'tanpa'];
  if (denies.includes(text(i))) {
    for (let j = i + 1; j <= i + 4 && joined(j); j++) if (unanswered.has(text(j))) return [from, j];
  }
  return null;
}
