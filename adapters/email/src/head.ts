import { decodeBytes } from './charset.js';
import { decodeWords } from './encoded-words.js';

export interface HeadField {
  /** lower case */
  name: string;
  /** unfolded value, one byte a character */
  value: string;
  /** the field as it stands in the mail, folding and line end included, one byte a character */
  source: string;
}

const maxFields = 2_000;

/** The header section of a mail or part (RFC 5322 §2.2), in the order in which it stands there. */
export class Head {
  charsetGuessed = false;

  constructor(readonly fields: readonly HeadField[]) {}

  has(name: string): boolean {
    return this.fields.some((f) => f.name === name);
  }

  /** First value of that name: unfolded, charset guessed where undeclared, encoded words still in place. */
  raw(name: string): string | null {
    const field = this.fields.find((f) => f.name === name);
    return field ? this.text(field.value) : null;
  }

  rawAll(name: string): string[] {
    return this.fields.filter((f) => f.name === name).map((f) => this.text(f.value));
  }

  /** First value of that name as people read it. */
  get(name: string): string | null {
    const raw = this.raw(name);
    return raw === null ? null : this.decode(raw);
  }

  decode(raw: string): string {
    // Longer values are attacks; decoding them whole would pay for it.
    return decodeWords(raw.slice(0, 10_000), () => {
      this.charsetGuessed = true;
    })
      .replace(/[\t\n ]+/g, ' ')
      .trim();
  }

  private text(value: string): string {
    const { text, guessed } = decodeBytes(Buffer.from(value, 'latin1'));
    if (guessed) this.charsetGuessed = true;
    return text;
  }
}

export interface SplitMail {
  head: Head;
  /** where the body starts */
  bodyStart: number;
}

/**
 * Splits a mail into header fields and body. Lenient: lines without a name are skipped, a missing empty line ends the
 * head where the fields end, folding is undone.
 *
 * @param limit bytes of head that are looked at
 */
export function splitHead(bytes: Uint8Array, limit = 1_000_000): SplitMail {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: HeadField[] = [];
  let at = 0;
  while (at < buffer.length && at < limit) {
    const newline = buffer.indexOf(0x0a, at);
    const end = newline < 0 ? buffer.length : newline + 1;
    const line = buffer.toString('latin1', at, end);
    const content = line.replace(/\r?\n$/, '');
    if (content === '') return { head: new Head(fields), bodyStart: end };
    at = end;
    const last = fields.at(-1);
    if (/^[ \t]/.test(content)) {
      if (last) {
        last.value += content.replace(/^[ \t]+/, ' ');
        last.source += line;
      }
      continue;
    }
    const colon = content.indexOf(':');
    const name = content.slice(0, Math.max(colon, 0)).trim().toLowerCase();

    if (colon <= 0 || name.length > 200 || /[^\u0021-\u007e]/.test(name)) continue;
    if (fields.length < maxFields)
      fields.push({ name, value: content.slice(colon + 1).trim(), source: line });
  }
  return { head: new Head(fields), bodyStart: Math.min(at, buffer.length) };
}

/** Parameters of a structured field such as Content-Type; names in lower case. For reports, not for file names. */
export function parameters(value: string): { value: string; params: Map<string, string> } {
  const params = new Map<string, string>();
  const [first = '', ...rest] = value.split(';');
  for (const part of rest) {
    const match = /^\s*([\w*-]+)\s*=\s*"?([^"]*)"?\s*$/.exec(part);
    if (match?.[1] && match[2] !== undefined) params.set(match[1].toLowerCase(), match[2].trim());
  }
  return { value: first.trim().toLowerCase(), params };
}
