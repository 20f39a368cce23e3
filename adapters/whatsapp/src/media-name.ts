import type { MessageKind } from './whatsapp-event.js';

/** Invisible, bidirectional and control characters: they hide what a name ends in. */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]/g;

/** What WhatsApp carries (Cloud API reference, "Supported media types"); anything else is `bin`. */
const extensions: Record<string, string> = {
  'application/msword': 'doc',
  'application/pdf': 'pdf',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/zip': 'zip',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'text/vcard': 'vcf',
  'video/3gpp': '3gp',
  'video/mp4': 'mp4',
};

/** `audio/ogg; codecs=opus` → `audio/ogg`; what makes no sense is `application/octet-stream`. */
export function bareType(mediaType: string): string {
  const bare = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,99}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,99}$/.test(bare)
    ? bare
    : 'application/octet-stream';
}

/**
 * Name of a file for people to read; never a path, never empty, at most 200 characters. Documents bring one, the other
 * kinds get their kind for a name.
 */
export function mediaFileName(written: string | null, mediaType: string, kind: MessageKind): string {
  const name = (written ?? '')
    .slice(0, 2000)
    .toWellFormed()
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/^.*[\\/]/s, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (name === '') return `${kind}.${extensions[bareType(mediaType)] ?? 'bin'}`;
  if (name.length <= 200) return name;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return name.slice(0, 200 - extension.length).toWellFormed() + extension;
}
