import iconv from 'iconv-lite';

/** Charsets in which bytes that are valid UTF-8 by chance are not rare. */
const multiByte =
  /^(?:gb|big5|hz|shift|sjis|x-sjis|euc|ks_c|cp9(?:32|36|49|50)|windows-(?:31j|936|949|950)|iso-2022|utf-?(?:16|32|7))/;

export interface Decoded {
  text: string;
  /** the label was unknown or wrong, or there was none and it is not UTF-8 */
  guessed: boolean;
}

/**
 * Text of bytes whose charset label is not to be trusted: valid UTF-8 wins over single-byte labels, a label that fails
 * gives way to UTF-8 with holes or Windows-1252. Never throws. The result holds neither NUL nor lone surrogates.
 */
export function decodeBytes(bytes: Uint8Array, label?: string | null): Decoded {
  const declared = normaliseLabel(label);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  const marked = byteOrderMark(buffer);
  if (marked)
    return { text: cleanText(iconv.decode(buffer, marked)), guessed: declared !== marked && declared !== '' };

  const escapes = /^(?:iso-2022|hz|utf-?(?:7|16|32))/.test(declared);
  if (!escapes && isAscii(buffer)) return { text: cleanText(buffer.toString('latin1')), guessed: false };
  if (escapes) return decodeAs(buffer, declared) ?? fallback(buffer);

  const utf8 = strictUtf8(buffer);
  if (multiByte.test(declared)) {
    const decoded = decodeAs(buffer, declared);
    if (decoded && !decoded.text.includes('\ufffd')) return decoded;
    if (utf8 !== null) return { text: cleanText(utf8), guessed: true };
    return decoded ?? fallback(buffer);
  }
  // Without a label UTF-8 is what is meant (RFC 6532); only other labels are then wrong.
  if (utf8 !== null) return { text: cleanText(utf8), guessed: declared !== 'utf-8' && declared !== '' };
  if (declared === '' || declared === 'utf-8') return fallback(buffer);
  return decodeAs(buffer, declared) ?? fallback(buffer);
}

/** Text that PostgreSQL and JSON can hold: no NUL, no lone surrogates, no other controls but tab and line feed. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')

    .replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufeff\ufffe\uffff]/g, '')
    .replaceAll('\f', '\n')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Charset named by a `<meta>` in the first kilobytes of HTML. */
export function metaCharset(html: Uint8Array): string | null {
  const head = Buffer.from(html.buffer, html.byteOffset, Math.min(html.byteLength, 4096)).toString('latin1');
  return /<meta[^<>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{1,40})/i.exec(head)?.[1] ?? null;
}

function normaliseLabel(label: string | null | undefined): string {
  const name = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '')
    .replace(/\*.*$/, '');
  // What says Latin-1 is Windows-1252 in practice (WHATWG Encoding).
  if (
    /^(?:us-?ascii|ascii|ansi(?:_x3.*)?|iso[-_]?8859[-_]?1|latin-?1|x-unknown|unknown(?:-8bit)?|8bit|default.*|x-user-defined|none|binary)$/.test(
      name,
    )
  ) {
    return 'windows-1252';
  }
  if (/^(?:gb2312|gb_2312.*|x-gbk|gbk|cp936)$/.test(name)) return 'gb18030';
  if (/^(?:ks_c_5601.*|korean|euc-?kr)$/.test(name)) return 'cp949';
  if (name === 'iso-8859-8-i' || name === 'iso-8859-8-e') return 'iso-8859-8';
  if (/^utf-?8/.test(name) || name === 'unicode-1-1-utf-8') return 'utf-8';
  return name;
}

function decodeAs(buffer: Buffer, label: string): Decoded | null {
  try {
    // iconv-lite has no stateful Japanese; the platform has.
    if (/^(?:iso-2022-jp|jis)/.test(label)) {
      return { text: cleanText(new TextDecoder('iso-2022-jp').decode(buffer)), guessed: false };
    }
    if (iconv.encodingExists(label)) return { text: cleanText(iconv.decode(buffer, label)), guessed: false };
    return { text: cleanText(new TextDecoder(label).decode(buffer)), guessed: false };
  } catch {
    return null;
  }
}

/** Mostly UTF-8 with a few broken bytes stays UTF-8; anything else reads as Windows-1252. */
function fallback(buffer: Buffer): Decoded {
  const lossy = buffer.toString('utf8');
  const holes = lossy.match(/\ufffd/g)?.length ?? 0;
  const whole = lossy.match(/[\u0080-\ufffc]|[\ud800-\udbff]/g)?.length ?? 0;
  const text = whole > holes * 2 ? lossy : iconv.decode(buffer, 'windows-1252');
  return { text: cleanText(text), guessed: true };
}

function strictUtf8(buffer: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer);
  } catch {
    return null;
  }
}

function isAscii(buffer: Buffer): boolean {
  for (const byte of buffer) if (byte > 0x7f) return false;
  return true;
}

function byteOrderMark(buffer: Buffer): string | null {
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return 'utf-8';
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  return null;
}
