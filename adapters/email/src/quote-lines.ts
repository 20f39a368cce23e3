/** Text split into what was newly written and what was not. Together they hold every line of the original. */
export interface SplitText {
  text: string;
  quoted: string | null;
}

/** Lines longer than this are no markers; looking no further keeps the work linear. */
const maxMarkerChars = 400;

/** `-----Original Message-----` and its kin, after which all is history. */
const separator =
  /^[\s>*_]*-{2,}\s*(?:original (?:message|appointment|e-?mail)|pesan asli|pesan awal|email asli|pesan sebelumnya|ursprüngliche nachricht|message d'origine|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|oprindelig meddelelse|ursprungligt meddelande|reply (?:message|above)[^-]*|balas pesan)\s*-{2,}\s*$/i;

const fromLabel =
  /^[\s>*_]*(?:from|dari|von|de|da|van|från|fra|od|kimden|från|发件人|差出人|寄件者)\s?\*?\s?[:\uff1a]\*?\s*\S/i;
const otherLabel =
  /^[\s>*_]*(?:sent|date|to|cc|subject|terkirim|dikirim|tanggal|kepada|ke|untuk|tembusan|perihal|subjek|subyek|hal|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado(?: el| em)?|fecha|data|para|asunto|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|reply-to|importance|发送时间|收件人|主题|日期|送信日時|宛先|件名)\s?\*?\s?[:\uff1a]\*?(?:\s|$)/i;

const wroteWords =
  'wrote|writes|menulis(?: hal berikut)?|tulis|berkata|schrieb|a écrit|écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał\\(?a?\\)?|yazdı|написал\\(?а?\\)?';
const opensAttribution =
  /^[\s*_]*(?:on|pada|am|le|el|il|em|op|den|w dniu|tanggal|tgl|hari|di)\s.*?(?:\d|senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad|yesterday|kemarin)/i;
const closesAttribution = new RegExp(`(?:${wroteWords})\\s*[:\uff1a]?[\\s*_]*$`, 'i');
/** `Budi <budi@example.com> wrote:` */
const nameWrote = new RegExp(
  `^[^>].{0,200}(?:<[^<>\\s]+@[^<>\\s]+>|\\([^()\\s]+@[^()\\s]+\\)|\\[mailto:[^\\]]+\\])[^\\n]{0,120}(?:${wroteWords})\\s*[:\uff1a]?\\s*$`,
  'i',
);
/** `2024-03-05 10:00 GMT+07:00 Budi <budi@example.com>:` (Gmail in many languages) */
const datedAttribution =
  /^\s*\d{4}[-/年.]\s?\d{1,2}[-/月.]\s?\d{1,2}.{0,120}[<(][^<>()\s]+@[^<>()\s]+[>)]\s?.{0,12}[:\uff1a]\s*$/;
const quotingLine = /^\s*(?:quoting|mengutip|zitat von|citando)\s.{1,200}[:\uff1a]\s*$/i;
/** Yahoo's app writes the history behind the attribution, on the same line. */
const inlineAttribution =
  /^\s*(?:on|pada)\s.{0,150}<[^<>\s]{1,100}@[^<>\s]{1,200}>\s?(?:wrote|menulis):\s+\S/i;
/** In a language that is not known here: a date and an address, then a colon, above marked lines. */
const anyAttribution = /\d.{0,200}[<(][^<>()\s@]{1,100}@[^<>()\s]{1,200}[>)].{0,60}[:\uff1a]\s*$/;
const rule = /^[\s>]*_{10,}\s*$/;
const quoteMark = /^\s{0,3}(?:>|›|\|\s?>)/;

/**
 * Splits plain text by lines: separators, header blocks of Outlook and its like, attribution lines (wrapped over up to
 * four lines) and `>` marks, in Indonesian, English and the commonest other languages. Answers between quoted lines
 * stay in `text`. When nothing would be left, everything stays. Linear in the length.
 */
export function splitLines(text: string): SplitText {
  const lines = text.split('\n');
  const quoted = new Array<boolean>(lines.length).fill(false);
  let found = false;

  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (quoteMark.test(line) && !/^\s{0,3}>[:;(]/.test(line)) {
      quoted[i] = found = true;
      continue;
    }
    if (line.length > maxMarkerChars) continue;
    if (startsHistory(lines, i)) {
      quoted.fill(true, i);
      found = true;
      break;
    }
    const length = attributionLength(lines, i);
    if (length > 0) {
      const next = nextWritten(lines, i + length);
      // Without marks below it, the attribution is followed by bare history to the end. People also say what they
      // wrote on some day, so then it has to name an address or a time.
      if (next === null || !quoteMark.test(lines[next] ?? '')) {
        if (!/@|\d[:.]\d\d/.test(lines.slice(i, i + length).join(' '))) continue;
        quoted.fill(true, i);
        found = true;
        break;
      }
      quoted.fill(true, i, next);
      found = true;
      i = next - 1;
    }
  }
  if (!found) return { text: text.trim(), quoted: null };
  const fresh = tidy(lines.filter((_, i) => !quoted[i]));
  // Nothing but a header block: a forward without a word, or a reply with only files.
  if (fresh === '') return { text: text.trim(), quoted: null };
  return { text: fresh, quoted: tidy(lines.filter((_, i) => quoted[i])) };
}

function startsHistory(lines: string[], i: number): boolean {
  const line = lines[i] ?? '';
  if (separator.test(line) || inlineAttribution.test(line)) return true;
  if (rule.test(line)) {
    const next = nextWritten(lines, i + 1);
    return next !== null && next - i <= 3 && headerBlock(lines, next);
  }
  return headerBlock(lines, i);
}

/** `From:` with at least two of its companions close below, as Outlook and phones write it. */
function headerBlock(lines: string[], i: number): boolean {
  const line = lines[i] ?? '';
  if (!fromLabel.test(line)) return false;
  let others = 0;
  for (let j = i + 1; j <= i + 8 && j < lines.length; j++) {
    if (otherLabel.test((lines[j] ?? '').slice(0, maxMarkerChars))) others++;
  }
  return others >= 2;
}

/** Lines of the attribution that starts here; 0 when none does. */
export function attributionLength(lines: string[], i: number): number {
  const line = (lines[i] ?? '').trim();
  if (line === '') return 0;
  if (nameWrote.test(line) || datedAttribution.test(line) || quotingLine.test(line)) return 1;
  if (anyAttribution.test(line) && line.length <= maxMarkerChars) {
    const next = nextWritten(lines, i + 1);
    if (next !== null && quoteMark.test(lines[next] ?? '')) return 1;
  }
  if (!opensAttribution.test(line)) return 0;
  let joined = '';
  for (let length = 1; length <= 4 && i + length - 1 < lines.length; length++) {
    const part = (lines[i + length - 1] ?? '').trim();
    if (part === '' || quoteMark.test(part) || part.length > maxMarkerChars) return 0;
    joined += `${joined === '' ? '' : ' '}${part}`;
    if (closesAttribution.test(joined))
      return /[:\uff1a]\s*[*_]*$/.test(joined) || /@/.test(joined) ? length : 0;
  }
  return 0;
}

function nextWritten(lines: string[], from: number): number | null {
  for (let i = from; i < lines.length && i < from + 6; i++) if ((lines[i] ?? '').trim() !== '') return i;
  return null;
}

/** Lines joined again, without the holes that were left. */
export function tidy(lines: string[]): string {
  // trimEnd, not a pattern: `\s+$` takes quadratic time on long runs of spaces.
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}
