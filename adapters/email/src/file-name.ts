/** Invisible, bidirectional and control characters: they hide what a name ends in. */

const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]/g;

const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/pgp-signature': 'asc',
  'application/pkcs7-mime': 'p7m',
  'application/pkcs7-signature': 'p7s',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
  'message/feedback-report': 'txt',
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/rfc822-headers': 'txt',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
  'video/mp4': 'mp4',
};

/**
 * Name of a file for people to read: normalised first (NFC, no invisible characters, no path), then made valid for all
 * common file systems. Never empty, never more than 200 characters, never starts with a dot.
 *
 * @param written what the mail says, decoded
 * @param mediaType gives the extension when there is no name
 * @param index counts unnamed files
 */
export function fileName(written: string | null | undefined, mediaType: string, index: number): string {
  const name = (written ?? '')
    .slice(0, 2_000)
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/\p{Surrogate}/gu, '')
    .replace(/^.*[\\/]/s, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (name === '') return `attachment-${String(index)}.${extensions[mediaType] ?? 'bin'}`;
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) ? `_${name}` : name;
  if (safe.length <= 200) return safe;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(safe)?.[0] ?? '';
  return safe.slice(0, 200 - extension.length).replace(/\p{Surrogate}/gu, '') + extension;
}

/** Media type that a file's name tells, for files that come without one. */
export function typeOfName(name: string | null): string | null {
  const extension = /\.([a-z0-9]{2,5})$/i.exec(name ?? '')?.[1]?.toLowerCase();
  return Object.entries(extensions).find(([, e]) => e === extension)?.[0] ?? null;
}
