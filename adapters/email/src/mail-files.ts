import type { MailBody } from './body.js';
import { fileName, typeOfName } from './file-name.js';
import { splitHead } from './head.js';
import { mediaType, type MimeFile } from './mime.js';
import { readTnef } from './tnef.js';
import type { MailWarning } from './warnings.js';

/** A file as it goes to the blob store. */
export interface MailFile {
  name: string;
  mediaType: string;
  contentId: string | null;
  inline: boolean;
  bytes: Buffer;
}

/** Names the files, opens winmail.dat. What cannot be opened stays a file. */
export function openFiles(
  parts: MimeFile[],
  warnings: Set<MailWarning>,
): { list: MailFile[]; tnef: MailBody | null } {
  const list: MailFile[] = [];
  let body: MailBody | null = null;
  const add = (name: string | null, type: string, contentId: string | null, bytes: Buffer): void => {
    list.push({
      name: fileName(name, type, list.length + 1),
      mediaType: type,
      contentId,
      inline: false,
      bytes,
    });
  };
  for (const part of parts) {
    if (/^application\/(?:vnd\.)?ms-tnef$/.test(part.mediaType) || /^winmail\.dat$/i.test(part.name ?? '')) {
      const content = readTnef(part.bytes);
      if (content) {
        for (const file of content.files)
          add(
            file.name,
            mediaType(file.mediaType ?? typeOfName(file.name) ?? false),
            file.contentId,
            file.bytes,
          );
        body ??= { plain: content.text, html: content.html };
        continue;
      }
      warnings.add('tnef_unreadable');
    }
    if (part.mediaType === 'application/pkcs7-mime' || part.mediaType === 'application/pgp-encrypted')
      warnings.add('encrypted');
    add(part.name ?? subjectOf(part), part.mediaType, part.contentId, part.bytes);
  }
  return { list, tnef: body };
}

/** An attached mail is known by its subject. */
function subjectOf({ mediaType: type, bytes }: MimeFile): string | null {
  if (type !== 'message/rfc822' && type !== 'message/global') return null;
  const subject = splitHead(bytes).head.get('subject')?.slice(0, 150) ?? '';
  return subject === '' ? null : `${subject.replace(/[\\/]/g, '_')}.eml`;
}
