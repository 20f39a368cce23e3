import { decodeBytes } from './charset.js';

const word = /=\?([\w!#$&'()+./:;<>@[\]^`{|}~*-]{0,60})\?([BbQq])\?([^\r\n]{0,1000}?)\?=/g;

/**
 * Decodes RFC 2047 encoded words wherever they stand, also where they must not (inside quotes, glued to other words),
 * with spaces in them, without padding, or with characters split over two words. What is no encoded word stays.
 *
 * @param value unfolded header value, 8-bit text already decoded
 */
export function decodeWords(value: string, onGuess?: () => void): string {
  if (!value.includes('=?')) return value;
  let out = '';
  let end = 0;
  let charset: string | null = null;
  let chunks: Buffer[] = [];

  const flush = (): void => {
    if (charset === null) return;
    const { text, guessed } = decodeBytes(Buffer.concat(chunks), charset);
    if (guessed) onGuess?.();
    out += text;
    charset = null;
    chunks = [];
  };

  for (const match of value.matchAll(word)) {
    const [whole, label = '', encoding = '', data = ''] = match;
    const between = value.slice(end, match.index);
    // White space between two encoded words is no part of the text (RFC 2047 §6.2).
    if (end === 0 || between.trim() !== '') {
      flush();
      out += between;
    }
    const named = label.replace(/\*.*$/, '').toLowerCase();
    // A character may be split over two words of the same charset, unless that charset starts anew in each.
    if (named !== charset || /^(?:iso-2022|hz)/.test(named)) flush();
    charset = named;
    chunks.push(encoding.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : quotedPrintable(data));
    end = match.index + whole.length;
  }
  flush();
  return out + value.slice(end);
}

function quotedPrintable(data: string): Buffer {
  const bytes = Buffer.from(data.replaceAll('_', ' '), 'utf8');
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const hex = bytes[i] === 0x3d ? bytes.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      out[length++] = parseInt(hex, 16);
      i += 2;
    } else out[length++] = bytes[i] ?? 0;
  }
  return out.subarray(0, length);
}
