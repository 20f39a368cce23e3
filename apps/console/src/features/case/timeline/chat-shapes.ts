import type { FileKind } from '../../../ui/file-kind.js';

/** What a chat's adapter wrote down in words and a reader would rather see as what it was. */
export type ChatShape =
  | { kind: 'place'; name: string | null; address: string | null; url: string }
  | { kind: 'contacts'; people: { name: string; reach: string[] }[] };

const place = /^📍 ?([^\n]*)\n(?:([\s\S]*?)\n)?(https:\/\/maps\.google\.com\/\?q=-?[\d.]+,-?[\d.]+)$/u;

/** @returns null for words that are just words */
export function chatShape(text: string): ChatShape | null {
  const found = place.exec(text.trim());
  if (found) {
    const [, name = '', address = '', url = ''] = found;
    return { kind: 'place', name: name.trim() || null, address: address.trim() || null, url };
  }
  const lines = text.trim().split('\n');
  if (!lines.every((line) => /^👤 ./u.test(line))) return null;
  return {
    kind: 'contacts',
    people: lines.map((line) => {
      const [name = '', reach = ''] = line.slice('👤 '.length).split(/: (.*)$/s);
      return { name, reach: reach.split(', ').filter((part) => part !== '') };
    }),
  };
}

/** The adapter's word for what could not be shown, in both languages, and the kind that it means. */
const words: Record<string, FileKind> = {
  'gambar / image': 'photo',
  video: 'video',
  audio: 'audio',
  'pesan suara / voice message': 'voice',
  'dokumen / document': 'document',
  'stiker / sticker': 'sticker',
  'pesan yang tidak didukung / unsupported message': 'document',
};

/** Warnings of what is not there: told in its place. */
export function isLoss(code: string): boolean {
  return code.startsWith('media_') || code === 'unsupported_message';
}

export interface MissingFile {
  kind: FileKind;
  name: string | null;
  /** what was written below it */
  caption: string;
}

/** A file whose bytes did not come: what stands in its place. */
export function missingFile(text: string): MissingFile | null {
  const [, word = '', name, caption = ''] =
    /^\[([^\]\n:]+)(?:: ([^\n]+))?\](?:\n([\s\S]*))?$/.exec(text) ?? [];
  const kind = words[word];
  return kind ? { kind, name: name ?? null, caption } : null;
}
