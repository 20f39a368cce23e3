import { decodeBytes } from './charset.js';

/** What a winmail.dat holds (MS-OXTNEF). */
export interface TnefContent {
  files: { name: string | null; contentId: string | null; mediaType: string | null; bytes: Buffer }[];
  text: string | null;
  html: string | null;
}

const signature = 0x223e9f78;
const attributes = {
  body: 0x2800c,
  renderData: 0x69002,
  title: 0x18010,
  data: 0x6800f,
  attachment: 0x69005,
  message: 0x69003,
};
const properties = {
  body: 0x1000,
  bodyHtml: 0x1013,
  attachData: 0x3701,
  longName: 0x3707,
  mimeTag: 0x370e,
  contentId: 0x3712,
};
const maxAttributes = 10_000;
const maxFiles = 500;

/**
 * Opens a winmail.dat. Own reader, because no kept-up library was found: files, their long names, text and HTML; no
 * RTF. Lengths are checked against the bytes, and no byte is read twice.
 *
 * @returns null when it is no TNEF or is broken before anything was found
 */
export function readTnef(bytes: Buffer): TnefContent | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null;
  const content: TnefContent = { files: [], text: null, html: null };
  let file: TnefContent['files'][number] | null = null;
  let at = 6;
  for (let count = 0; count < maxAttributes && at + 9 <= bytes.length; count++) {
    const id = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const start = at + 9;
    if (start + length + 2 > bytes.length) break;
    const value = bytes.subarray(start, start + length);
    at = start + length + 2;
    if (id === attributes.renderData && content.files.length < maxFiles) {
      file = { name: null, contentId: null, mediaType: null, bytes: Buffer.alloc(0) };
      content.files.push(file);
    } else if (id === attributes.title && file) file.name ??= ansi(value);
    else if (id === attributes.data && file) file.bytes = value;
    else if (id === attributes.body) content.text ??= ansi(value);
    else if (id === attributes.attachment && file) {
      const found = readProperties(value);
      file.name = text(found.get(properties.longName)) ?? file.name;
      file.contentId = text(found.get(properties.contentId));
      file.mediaType = text(found.get(properties.mimeTag));
      const data = found.get(properties.attachData);
      if (data && file.bytes.length === 0) file.bytes = data.bytes;
    } else if (id === attributes.message) {
      const found = readProperties(value);
      content.text ??= text(found.get(properties.body));
      const html = found.get(properties.bodyHtml);
      content.html ??= html ? decodeBytes(html.bytes).text : null;
    }
  }
  const files = content.files.filter((f) => f.bytes.length > 0);
  return files.length === 0 && content.text === null && content.html === null ? null : { ...content, files };
}

interface Property {
  unicode: boolean;
  bytes: Buffer;
}

/** MAPI properties: type, id, value; the first value of those that hold several. Stops where it stops making sense. */
function readProperties(value: Buffer): Map<number, Property> {
  const found = new Map<number, Property>();
  const fixed: Record<number, number> = {
    0x2: 4,
    0x3: 4,
    0x4: 4,
    0x5: 8,
    0x6: 8,
    0x7: 8,
    0xa: 4,
    0xb: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
  };
  if (value.length < 4) return found;
  const total = Math.min(value.readUInt32LE(0), 2_000);
  let at = 4;
  const fits = (size: number): boolean => at + size <= value.length;
  for (let i = 0; i < total && fits(4); i++) {
    const type = value.readUInt16LE(at);
    const id = value.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) {
      if (!fits(20)) return found;
      const kind = value.readUInt32LE(at + 16);
      at += 20;
      if (!fits(4)) return found;
      at += kind === 0 ? 4 : 4 + padded(value.readUInt32LE(at));
    }
    const base = type & 0xfff;
    const size = fixed[base];
    const many = (type & 0x1000) !== 0;
    if (size !== undefined && !many) {
      at += size;
      continue;
    }
    if (!fits(4)) return found;
    const count = value.readUInt32LE(at);
    at += 4;
    if (size !== undefined) {
      at += size * Math.min(count, value.length);
      continue;
    }
    for (let n = 0; n < count; n++) {
      if (!fits(4)) return found;
      const length = value.readUInt32LE(at);
      at += 4;
      if (!fits(length)) return found;
      // Objects start with the id of their interface.
      const from = base === 0xd ? Math.min(at + 16, at + length) : at;
      if (!found.has(id)) found.set(id, { unicode: base === 0x1f, bytes: value.subarray(from, at + length) });
      at += padded(length);
    }
  }
  return found;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function text(property: Property | undefined): string | null {
  if (!property) return null;
  const decoded = property.unicode
    ? (property.bytes.toString('utf16le').split('\0')[0] ?? '')
    : ansi(property.bytes);
  return decoded === '' ? null : decoded;
}

function ansi(value: Buffer): string {
  return decodeBytes(value).text;
}
