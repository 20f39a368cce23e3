/** Bytes at the beginning that tell a type. */
export const headBytes = 4_100;
/** Bytes at the end of a container that hold the names of what is in it. */
export const tailBytes = 65_536;

const office = 'application/vnd.openxmlformats-officedocument.';
const magic: readonly [string, (head: Buffer) => boolean][] = [
  ['image/png', (b) => starts(b, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (b) => starts(b, [0xff, 0xd8, 0xff])],
  ['image/gif', (b) => /^GIF8[79]a/.test(ascii(b, 0, 6))],
  ['image/webp', (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WEBP'],
  ['audio/wav', (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WAVE'],
  ['application/pdf', (b) => ascii(b, 0, 5) === '%PDF-'],
  ['audio/ogg', (b) => ascii(b, 0, 4) === 'OggS'],
  ['audio/mpeg', (b) => ascii(b, 0, 3) === 'ID3' || (b[0] === 0xff && ((b[1] ?? 0) & 0xe6) === 0xe2)],
  ['video/webm', (b) => starts(b, [0x1a, 0x45, 0xdf, 0xa3])],
  ['image/heic', (b) => ascii(b, 4, 8) === 'ftyp' && /^(heic|heix|mif1|msf1|hevc)$/.test(ascii(b, 8, 12))],
  ['video/mp4', (b) => ascii(b, 4, 8) === 'ftyp'],
  ['application/zip', (b) => starts(b, [0x50, 0x4b, 0x03, 0x04])],
];

/**
 * The type of a file by its first bytes; names and what a browser says do not count.
 * @returns null when it is none that we know
 */
export function typeOfHead(head: Buffer): string | null {
  for (const [type, fits] of magic) if (fits(head)) return type;
  return typeOfText(head);
}

/** What a zip archive is, by the names that its directory holds. Bytes of the whole file or of its end. */
export function typeOfArchive(tail: Buffer): string {
  if (tail.includes('word/document.xml')) return `${office}wordprocessingml.document`;
  if (tail.includes('xl/workbook.xml')) return `${office}spreadsheetml.sheet`;
  if (tail.includes('ppt/presentation.xml')) return `${office}presentationml.presentation`;
  return 'application/zip';
}

/** Whether a file that begins so can still become one of these types once its end is known. */
export function mayBecome(type: string, allowed: readonly string[]): boolean {
  return allowed.includes(type) || (type === 'application/zip' && allowed.some((a) => a.startsWith(office)));
}

function typeOfText(head: Buffer): string | null {
  if (head.length === 0) return null;
  const text = utf8(head);
  if (text === null || /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text)) return null;
  // Whatever calls itself text: a browser, or a person with a double click, would run it.
  const start = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .slice(0, 300)
    .toLowerCase();
  if (
    /^(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script|iframe|img|a\s|div|style|meta|link|object|embed|form)/s.test(
      start,
    )
  )
    return 'text/html';
  if (/^<(\?xml|svg|!doctype\s+svg|math)/.test(start))
    return start.includes('<svg') ? 'image/svg+xml' : 'text/xml';
  if (start.startsWith('#!')) return 'text/x-script';
  return 'text/plain';
}

/** @returns null when the bytes are no text; a character that the end cuts in two is none against it */
function utf8(head: Buffer): string | null {
  for (let cut = 0; cut < 4 && cut <= head.length; cut++) {
    if (cut > 0 && head.length < headBytes) return null;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, head.length - cut));
    } catch {
      // one byte less
    }
  }
  return null;
}

function starts(bytes: Buffer, with_: readonly number[]): boolean {
  return with_.every((byte, at) => bytes[at] === byte);
}

function ascii(bytes: Buffer, from: number, to: number): string {
  return bytes.subarray(from, to).toString('latin1');
}
