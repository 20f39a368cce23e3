import { tidy, type SplitText } from './quote-lines.js';

const dashes = /^-- ?$/;
const mobile =
  /^\s*(?:sent (?:from|via|by|with)\s(?:my|the|yahoo|outlook|mail|samsung|gmail|proton|aol|spark|blue|k-9|huawei|xiaomi|oppo|vivo|iphone|ipad|android|windows|blackberry|mobile|a\s|\S+ mobile)|get (?:outlook|bluemail|typeapp) for|(?:dikirim|terkirim|kirim|dikirimkan) (?:dari|melalui|dengan|oleh|menggunakan)\s(?:iphone|ipad|ponsel|hp|handphone|android|samsung|yahoo|outlook|gmail|mail|windows|blackberry|perangkat|xiaomi|oppo|vivo|realme|huawei|telepon|smartphone|aplikasi|my|proton)|dapatkan outlook untuk|powered by telkomsel|von meinem .{1,30} gesendet|envoyé (?:de|depuis) mon|enviado (?:desde|do) m|inviato da|diambil dari ponsel|unduh aplikasi outlook)/i;
const maxSignatureLines = 25;

/**
 * Takes the signature off the end of what was newly written: after `-- ` (RFC 3676 §4.3), or the line that a phone adds
 * by itself. It goes to the front of `quoted`. Never leaves nothing.
 */
export function splitSignature({ text, quoted }: SplitText): SplitText {
  const lines = text.split('\n');
  let cut = lines.length;
  for (let i = lines.length - 1; i > 0 && i >= lines.length - maxSignatureLines; i--) {
    const line = lines[i] ?? '';
    if (dashes.test(line)) {
      cut = i;
      break;
    }
    if (
      line.length < 200 &&
      mobile.test(line) &&
      lines.slice(i + 1).filter((l) => l.trim() !== '').length <= 2
    )
      cut = i;
  }
  const kept = tidy(lines.slice(0, cut));
  if (cut === lines.length || kept === '') return { text, quoted };
  const signature = tidy(lines.slice(cut));
  return { text: kept, quoted: quoted === null || quoted === '' ? signature : `${signature}\n\n${quoted}` };
}
