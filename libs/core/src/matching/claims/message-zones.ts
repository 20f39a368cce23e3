import { isKnownName } from '../names/name-frequencies.js';
import { readName } from '../names/read-name.js';
import { candidatesIn } from './contact-candidates.js';
import { namesOthers } from './ownership.js';

/** Where a message speaks and where it is signed. History and what was passed on belong to neither. */
export interface Zones {
  /** what the writer says */
  body: string;
  /** lines of the signature, without blank ones; the first may hold what follows the closing (`Salam, Budi`) */
  signature: string[];
}

export interface WrittenMessage {
  /** what was newly written */
  text: string;
  /** what the adapter folded away: the signature comes first, then history */
  quoted: string | null | undefined;
  /** ISO 3166 region of numbers without a country code */
  region: string;
}

/** Longer texts are looked at from both ends. */
const maxChars = 12_000;
const maxSignatureLines = 12;
const maxLineChars = 120;

const dashes = /^\s{0,3}[-–—_*=]{2,40}\s*$/;
const history =
  /^\s{0,3}(?:>|›|-{3,}.{0,40}(?:forwarded|original|diteruskan|pesan|message)|_{10,}\s*$|(?:from|dari|pengirim)\s?:\s?\S.{0,200}@|begin forwarded)/i;
const attribution =
  /^\s{0,3}(?:on|pada|le|am)\s.{0,200}\d.{0,200}$|(?:wrote|menulis)\s?:\s*$|^\[?(?:forwarded|diteruskan)\]?\s*:?\s*$/i;
/** more marks that stand where history was folded away: a head without an address, a date and an address in any language */
const foldedHead =
  /^\s{0,3}\*?(?:from|dari|pengirim)\s?:|\d.{0,200}[<(][^<>()\s@]{1,100}@[^<>()\s]{1,200}[>)].{0,60}:\s*$/i;
const phoneMark =
  /^(?:sent (?:from|via)|get outlook|dikirim (?:dari|melalui)|terkirim dari|dapatkan outlook|powered by)/i;
const closings =
  'salam(?:\\s(?:hangat|hormat|sejahtera|kenal|takzim))?|hormat\\s(?:saya|kami)|dengan hormat|(?:best|kind|warm|many)?\\s?regards|rgds|brgds|best wishes|cheers|sincerely(?:\\syours)?|yours\\s(?:sincerely|faithfully|truly)|thanks?(?:\\s(?:and|&|you|a lot|so much|in advance)){0,2}(?:\\sregards)?|thx|tks|terima\\s?kasih(?:\\s(?:banyak|sebelumnya|atas perhatiannya|atas bantuannya)){0,2}|trims|trimakasih|makasih|mksh|wassalam|wass?alamu.{0,30}|ttd|tertanda|nuwun|suwun';
const closingLine = new RegExp(
  `^\\s{0,3}(?:${closings})(?=$|[\\s,.!:\\-–—🙏]|$)([\\s,.!:\\-–—🙏()]{0,8})(.{0,80})$`,
  'iu',
);
/** of the closings those that are nothing else, alone on their line */
const signOff =
  /^(?:salam(?:\s(?:hangat|hormat|takzim))?|hormat\s(?:saya|kami)|(?:best|kind|warm|many)?\s?regards|rgds|brgds|sincerely(?:\syours)?|yours\s(?:sincerely|faithfully|truly)|best wishes|wassalam|ttd|tertanda)[\s,.!🙏]{0,8}$/iu;
const closingWithin = new RegExp(
  `(?:[.!,?]|\\s)\\s?(?:${closings})[\\s,.!:\\-–—🙏]{1,8}([^.!?\\n]{3,80})$`,
  'iu',
);

/** Splits a message into what is said and how it is signed. */
export function zonesOf({ text, quoted, region }: WrittenMessage): Zones {
  const lines = written(bothEnds(text));
  const start = signatureStart(lines, region);
  const signature = start.inline === null ? [] : [start.inline];
  signature.push(...lines.slice(start.line));
  signature.push(...foldedSignature(quoted ?? '', region));
  return {
    body: [...lines.slice(0, start.line - (start.inline === null || !start.whole ? 0 : 1))].join('\n'),
    signature: signature.map((line) => line.trim()).filter((line) => line !== '' && !dashes.test(line)),
  };
}

function bothEnds(text: string): string {
  if (text.length <= maxChars) return text;
  return `${text.slice(0, maxChars / 2)}\n\n${text.slice(-maxChars / 2)}`;
}

/** Without marked lines, and nothing of what follows an attribution or a forwarded head. */
function written(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const head = line.slice(0, 500);
    if (/^\s{0,3}[>›]/.test(head)) continue;
    if (history.test(head) || /(?:wrote|menulis)\s?:\s*$/i.test(head)) break;
    lines.push(line.trimEnd());
  }
  return lines;
}

/**
 * The adapter puts a signature in front of what it folded away; without one, history comes at once. A closing begins
 * one only with a name under it: letters begin with `Salam,` too.
 */
function foldedSignature(quoted: string, region: string): string[] {
  const lines = quoted
    .slice(0, 4000)
    .split('\n')
    .slice(0, 2 * maxSignatureLines);
  const first = lines.findIndex((line) => line.trim() !== '');
  const opening = lines[first]?.trim() ?? '';
  const closes = signOff.test(opening);
  if (!closes && !dashes.test(opening) && !phoneMark.test(opening)) return [];
  const end = lines.findIndex((line) => beginsHistory(line.slice(0, 500)));
  const own = lines.slice(0, end < 0 ? undefined : end).filter((line) => !phoneMark.test(line.trim()));
  if (!closes) return own;
  const under = own.slice(first + 1);
  const name = under.find((line) => line.trim() !== '') ?? '';
  const signed = isNameLine(name, region) && short(under, 0) && !under.some((line) => speaks.test(line));
  return signed ? under : [];
}

function beginsHistory(line: string): boolean {
  return history.test(line) || attribution.test(line) || foldedHead.test(line);
}

interface SignatureStart {
  /** the first line that belongs to the signature whole */
  line: number;
  /** what follows a closing on its own line */
  inline: string | null;
  /** whether the closing begins its line, so that nothing of it is body */
  whole: boolean;
}

function signatureStart(lines: readonly string[], region: string): SignatureStart {
  const none = { line: lines.length, inline: null, whole: false };
  const filled = lines.flatMap((line, i) => (line.trim() === '' ? [] : [i]));
  const tail = filled.slice(-maxSignatureLines);
  const mark = tail.findLast((i) => dashes.test(lines[i] ?? ''));
  if (mark !== undefined && mark > 0 && short(lines, mark + 1)) return { ...none, line: mark };
  for (const i of tail) {
    const closing = closingLine.exec(lines[i] ?? '');
    if (!closing || !short(lines, i + 1)) continue;
    const rest = (closing[2] ?? '').trim();
    if (rest === '') {
      if (i < (filled.at(-1) ?? 0)) return { line: i + 1, inline: '', whole: true };
    } else if (isCard(rest, region)) return { line: i + 1, inline: rest, whole: true };
  }
  const last = filled.at(-1);
  if (last === undefined) return none;
  const within = closingWithin.exec((lines[last] ?? '').slice(-300))?.[1]?.trim();
  if (within !== undefined && isCard(within, region)) return { line: last + 1, inline: within, whole: false };
  const sentence = /[.!?]\s{1,3}([^.!?\n]{3,80})$/.exec((lines[last] ?? '').slice(-300))?.[1];
  if (sentence !== undefined && isNamedCard([sentence], region)) {
    return { line: last + 1, inline: sentence, whole: false };
  }
  return lastParagraph(lines, filled, region) ?? block(lines, filled, region) ?? none;
}

const mostLinesOfContacts = 3;

/** A name and below it nothing but numbers, as a paragraph of its own under something that is said. */
function lastParagraph(
  lines: readonly string[],
  filled: readonly number[],
  region: string,
): SignatureStart | null {
  const last = filled.at(-1) ?? 0;
  let start = last;
  while (start > 0 && last - start <= mostLinesOfContacts && (lines[start - 1] ?? '').trim() !== '') start--;
  const said = filled.findLast((i) => i < start);
  const contacts = lines.slice(start + 1, last + 1);
  if (said === undefined || contacts.length === 0 || contacts.length > mostLinesOfContacts) return null;
  const signed =
    isNameLine(lines[start] ?? '', region) &&
    contacts.every((line) => candidatesIn(line, region).length > 0 && withoutContacts(line, region) === '') &&
    !introducesOther.test((lines[said] ?? '').trimEnd().slice(-120));
  return signed ? { line: start, inline: null, whole: false } : null;
}

/** A known name, or two to five words written like one. */
function isNameLine(line: string, region: string): boolean {
  const words = withoutContacts(line, region);
  if (!isCard(line, region) || /\d/.test(words) || speaks.test(words) || namesOthers(words)) return false;
  const { kind, tokens } = readName(words);
  const capitals = /^\p{Lu}[\p{L}.'’,-]{0,24}(?:\s\p{Lu}[\p{L}.'’,-]{0,24}){1,4}$/u.test(words);
  return kind === 'person' && (capitals || tokens.some(({ key }) => isKnownName(key)));
}

/** What stands below is somebody else's: announced, a receiver, a person to be called. */
const introducesOther =
  /:$|(?<!\p{L})(?:ke|kepada|untuk|buat|to|for)$|(?<!\p{L})(?:penerima|pengirim|pemesan|pembeli|alamat|(?:di)?(?:kirim|antar)(?:kan)? ke|ditujukan|tujuan|atas nama|a\.?n|kurir|driver|titip|recipient|receiver|ship(?:ped)? to|deliver(?:ed)? to|sen[dt] to|(?:hubungi|kontak|telp|telepon|contact|call|wa)(?!\s(?:saya|sy|aku|kami|kita|kembali|balik|me|us|back)))(?:nya)?(?!\p{L})[^.!?]*$/iu;

/** A card at the end, set apart by a blank line or of several lines, under something that is said. */
function block(lines: readonly string[], filled: readonly number[], region: string): SignatureStart | null {
  let first = filled.length;
  while (first > 0 && filled.length - first < 6 && isCard(lines[filled[first - 1] ?? 0] ?? '', region))
    first--;
  const start = filled[first];
  if (start === undefined || first === 0) return null;
  const card = filled.slice(first).map((i) => lines[i] ?? '');
  return isNamedCard(card, region) ? { line: start, inline: null, whole: false } : null;
}

/** Somebody's name and a way to reach him, and nothing that is said. */
function isNamedCard(lines: readonly string[], region: string): boolean {
  const reachable = lines.some((line) => candidatesIn(line, region).length > 0);
  const named = lines.some((line) => {
    const name = readName(withoutContacts(line, region));
    return name.kind === 'person' && name.tokens.some(({ key }) => isKnownName(key));
  });
  return reachable && named && lines.every((line) => isCard(line, region) && !speaks.test(line));
}

const speaks =
  /(?<!\p{L})(?:hubungi|kurir|teman|istri|suami|penerima|pengirim|nomor (?:saya|aku|ini|itu)|transfer|rek(?:ening)?|pesanan|order|resi|tolong|mohon|bisa|ini|itu|ke|di|dari|mau|sudah|belum|tidak)(?!\p{L})/iu;

function short(lines: readonly string[], from: number): boolean {
  const rest = lines.slice(from).filter((line) => line.trim() !== '');
  return rest.length <= maxSignatureLines && rest.every((line) => line.length <= maxLineChars);
}

const labels =
  /\b(?:no(?:mor|mer)?|hp|h\/p|handphone|wa|w\.a|whatsapp|telp|telepon|tlp|tel|phone|ph|mobile|mob|cell|e-?mail|mail|surel|hub(?:ungi)?|cp|contact|person|kontak|fax|faks|office|kantor|web(?:site)?|ext|m|t|e|p|w|f)\b/giu;

/** A name, a post, a company, a way to be reached: no more than a few words besides labels and contacts. */
export function isCard(line: string, region: string): boolean {
  const rest = withoutContacts(line, region);
  const words = rest.split(' ');
  // A sentence ends in a full stop; a degree (`S.E.`) is short.
  const sentence = words.length > 1 && /\p{L}{4}\.$/u.test(rest);
  return line.length <= maxLineChars && words.length <= 6 && !sentence && !/[?!]/.test(rest);
}

/** The words of a line without numbers, addresses and their labels. */
export function withoutContacts(line: string, region: string): string {
  let rest = line.slice(0, 300);
  for (const { start, end } of candidatesIn(rest, region).reverse()) {
    rest = `${rest.slice(0, start)} | ${rest.slice(end)}`;
  }
  return rest
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, ' ')
    .replace(labels, ' ')
    .replace(/[:()]/g, ' ')
    .replace(/\s{1,300}/g, ' ')
    .replace(/^[\s,.|/–—-]{1,80}|[\s,|/–—-]{1,80}$/g, '')
    .trim();
}
