/** Up to the address and after it, within its own sentence. */
export interface Surroundings {
  before: string;
  after: string;
}

/** People and desks whose number it is when they are named beside it. */
const others =
  /(?<!\p{L})(?:kurir|driver|su?o?pir|ojol|teman|temen|kawan|sahabat|istri|isteri|suami|anak|adik|adek|kakak|ibu|bapak|ayah|mama|mamah|papa|ortu|orang ?tua|keluarga|saudara|sepupu|tante|paman|om|tetangga|pacar|bos+|atasan|rekan|kolega|sekretaris|asisten|staf+|pegawai|karyawan|penjual|seller|toko|supplier|vendor|pengirim|penerima|pembeli|pelanggan|customer|client|klien|cs|admin|call ?cent(?:er|re)|hotline|layanan|bank|polisi|satpam|penipu(?:an)?|scammer|oknum|beliau|dia|mereka|seseorang|orang|sales|marketing|teknisi|petugas|dokter|agen|mitra|cabang|gudang|ekspedisi|jne|jnt|sicepat|courier|friend|wife|husband|brother|sister|mother|father|mom|dad|son|daughter|colleague|assistant|sender|recipient|receiver|scammer|his|her|their|she|he|they|someone|somebody)(?:nya|ku)?(?!\p{L})|(?:nomor|nomer|no|hp|wa|telp|email|kontak)nya(?!\p{L})|(?<!\p{L})a\.?n\.?\s/iu;

/** Numbers of another sort, when one of these stands close before them. */
const otherNumbers =
  /(?<!\p{L})(?:rek(?:ening)?|norek|resi|awb|order|orderan|pesanan|invoice|inv|nota|faktur|nik|ktp|npwp|kk|va|virtual account|imei|serial|sn|tiket|ticket|kode|otp|id|meter|token|pulsa|top ?up|isi ulang|kuota|paket data|ovo|gopay|dana|shopeepay|linkaja|transfer|tf|trf|rp|idr|po|kontrak|polis|kartu|card|bpjs|pln|sku|ref|bca|bri|bni|mandiri|bsi|btn|cimb|permata|account number|fax|faks|tujuan)(?!\p{L})[^\p{L}]{0,4}(?:\p{L}{1,12}[^\p{L}]{1,3}){0,3}$/iu;

const possessor = '(?:saya|sy|sya|aku|ku|gue|gw|gua|kami|kita|ane|awak)';
const noun =
  '(?:no|nomor|nomer|nmr|hp|handphone|wa|whatsapp|whatsap|watsap|telp|telepon|telpon|tlp|tlpn|kontak|contact|phone|mobile|email|e-mail|mail|surel|gmail|alamat)';
const quality =
  '(?:baru|aktif|pribadi|kantor|rumah|utama|terbaru|yang|yg|satunya|lain|lama|kedua|alternatif|di|akun)';
const linking =
  '(?:adalah|yaitu|yakni|ialah|ini|itu|di|ke|pada|is|at|on|bisa|bs|lama|dulu|satunya|jadi|menjadi|to|sekarang|skrg|now|baru|aktif|yang|yg|ya|nih|tersebut|juga|dihubungi|terdaftar|untuk|utk|lewat|via|melalui|dengan|dgn|dg|pakai|pake|new|registered|number)';
const gap = '[\\s:.,=\\-–(]{0,4}';
const linkingRun = `(?:${gap}(?:${linking}|${noun}))*${gap}$`;

/** Anchored at the address: what is said right before it. Strongest first. */
const ownBefore: readonly (readonly [RegExp, number])[] = [
  // nomor saya 0812…, no hp saya yang baru adalah 0812…, wa-ku 0812…
  [
    new RegExp(
      `(?<!\\p{L})${noun}(?:[\\s.:/]{1,3}(?:${noun}|${quality}))*[\\s-]{0,2}${possessor}(?!\\p{L})${linkingRun}`,
      'iu',
    ),
    0.9,
  ],
  // my (new whatsapp) number is 0812…
  [
    /(?<!\p{L})(?:my|our)\s(?:(?:new|own|personal|current|other|phone|cell|mobile|whatsapp|wa|contact|office|e-?mail|registered|account)\s){0,3}(?:number|no\.?|phone|cell|mobile|whatsapp|wa|contact|e-?mail|address|id)(?:\saddress)?(?:\s(?:is|at|on))?[\s:=]{0,4}$/iu,
    0.9,
  ],
  // bisa hubungi saya di 0812…, WA saya ke 0812…, reach me at 0812…
  [
    new RegExp(
      `(?<!\\p{L})(?:hub|hubungi|kontak|telepon|telpon|telp|tlp|call|wa|whatsapp|chat|sms|kabari|balas|kabarin|email|mail|reach|contact|text|ring)\\s(?:balik\\s|ke\\s)?(?:${possessor}|me|us)(?!\\p{L})(?:\\s(?:back|balik|kembali|lagi|langsung|aja|saja))?${linkingRun}`,
      'iu',
    ),
    0.9,
  ],
  // saya bisa dihubungi di nomor 0812…
  [
    new RegExp(
      `(?<!\\p{L})(?:${possessor}|i|we)\\s(?:(?:bisa|dapat|dpt|bs|selalu|can|may)\\s(?:be\\s)?)?(?:di\\s?(?:hubungi|telepon|telp|kontak|wa|chat)|reached|contacted)(?:\\s(?:kembali|balik))?${linkingRun}`,
      'iu',
    ),
    0.85,
  ],
  // akun saya terdaftar dengan email …, login pakai email …
  [
    new RegExp(
      `(?<!\\p{L})(?:akun|account|login|log in|masuk|daftar|terdaftar|registrasi|register|registered|sign(?:ed)? (?:in|up)|username|user)(?:\\s(?:${possessor}|my|dengan|dgn|menggunakan|pakai|pake|pk|with|using|via|atas|di|aplikasi|${noun}|adalah|is)){0,6}[\\s:=(]{1,4}$`,
      'iu',
    ),
    0.7,
  ],
  // kemarin saya email dari budi@…, tadi wa pakai nomor 0812…
  [
    new RegExp(
      `(?<!\\p{L})(?:email|e-mail|mail|imel|surel|kirim|ngirim|mengirim|wa|whatsapp|chat|telp|telepon|telpon|menghubungi|hubungi|hub|emailed|wrote|written|sent|messaged|called|lapor|komplain|order|pesan|transaksi|belanja)(?:\\s(?:saya|sy|aku|sih|kok|juga|ke sini|kesini|ke cs|pesan|email|tadi|kemarin|kmrn|you|us|yesterday|earlier|today|already))*\\s(?:dari|dr|pakai|pake|pk|menggunakan|dengan|dgn|lewat|via|from|using|with)(?:\\s(?:${noun}|akun|yang|yg|ini|saya|my|address))*[\\s:.=(]{1,4}$`,
      'iu',
    ),
    0.75,
  ],
  // mohon dihubungi ke 0812…, tolong telp balik 0812…, please call 0812…
  [
    new RegExp(
      `(?<!\\p{L})(?:mohon|tolong|tlg|harap|please|pls|minta|bisa|boleh|silakan|silahkan)\\s(?:segera\\s)?(?:di\\s?)?(?:hubungi|telepon|telpon|telp|tlp|kontak|call|wa|whatsapp|chat|kabari)(?:\\s(?:balik|kembali|back|lagi|aja|saja))*${linkingRun}`,
      'iu',
    ),
    0.7,
  ],
];
/** What one got, not what one sent: `dapat email dari …` */
const received =
  /(?<!\p{L})(?:dapat|dapet|dpt|terima|menerima|nerima|balasan|dibalas|masuk|ada|received|got|receive|di ?(?:email|wa|chat|telp|telepon|telpon|hubungi)|reply|jawaban|notif(?:ikasi)?|penipuan|spam)(?!\p{L})[^.!?]{0,40}(?:dari|dr|from)(?!\p{L})[^.!?]{0,40}$/iu;
/** `0812… ini nomor saya`, `0812… (WA saya)` */
const ownAfter = new RegExp(
  `^[\\s,(:\\-–]{0,4}(?:(?:ini|itu|adalah|is|this is)\\s)?(?:${noun}(?:[\\s.]{1,2}(?:${noun}|${quality}))*\\s${possessor}|my\\s(?:new\\s)?(?:phone|number|whatsapp|wa|e-?mail|mobile))(?!\\p{L})(?![\\s:=\\p{L}]{0,20}[\\d+@])`,
  'iu',
);
/** A line of a form: `No. HP: 0812…` */
const labelled = new RegExp(
  `^[\\s*•-]{0,4}${noun}(?:[\\s./]{1,3}(?:${noun}|aktif)){0,3}(?:\\s\\([^()]{0,20}\\))?\\s?[:=]\\s?$`,
  'iu',
);
const denied = /(?<!\p{L})(?:bukan|bkn|not|isn't|ga punya|tidak punya|no longer)(?!\p{L})/iu;
const past =
  /(?<!\p{L})(?:lama|old|sebelumnya|previous|dulu|hilang|lost|mati|hangus|dibajak|dihack|hacked|(?:tidak|gak?|ngga?k?|tdk|sudah tidak|udah ga) aktif)(?!\p{L})/iu;
/** `pakai nomor` and its like, when asked about somebody who called */
const caller =
  /(?<!\p{L})(?:dari|dr|oleh|from|by|mengaku|ngaku|ditelepon|ditelpon|di ?telp|di ?sms|di ?wa|dihubungi oleh)(?!\p{L})[^.!?]{0,40}$/iu;

/**
 * How sure it is that the writer calls an address in a sentence his own.
 *
 * @returns 0..1; null when nothing says so, or it is said to be somebody else's
 */
export function ownershipOf({ before, after }: Surroundings): number | null {
  const [strongest] = ownBefore.filter(([pattern]) => pattern.test(before));
  const said = strongest?.[1] ?? (ownAfter.test(after) ? 0.85 : null);
  if (denied.test(before)) return null;
  if (received.test(before)) return null;
  if (said !== null && said > 0.8 && !(strongest === undefined && others.test(before)))
    return past.test(before) || past.test(after) ? 0.4 : said;
  if (others.test(before) || others.test(after) || otherNumbers.test(before)) return null;
  if (said !== null) return past.test(before) ? null : said;
  if (caller.test(before)) return null;
  return labelled.test(before) ? 0.6 : null;
}

/** Whether words name people or desks that are not the writer: a courier, a friend, a shop. */
export function namesOthers(words: string): boolean {
  return others.test(words);
}

/** Whether a line of a signature names somebody else's or a desk's number: fax, hotline, the courier. */
export function isOthersLine(line: string): boolean {
  return /(?<!\p{L})(?:fax|faks|hotline|call ?cent(?:er|re)|customer (?:service|care)|cs|layanan|kurir|penerima|emergency|darurat|rek(?:ening)?|norek|npwp|bca|bri|bni|nib|siup)(?!\p{L})/iu.test(
    line,
  );
}
