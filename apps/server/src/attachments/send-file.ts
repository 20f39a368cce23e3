import type { FastifyReply } from 'fastify';
import { contentDisposition, mayShowInline } from '@loket/core/messages/file-name.js';
import type { StoredFile } from '@loket/core/messages/files.service.js';
import type { BlobStore } from '@loket/platform/blobs/blob-store.js';

/**
 * Sends a file of a stranger so that nothing in it can run in our name: only plain pictures may show, everything else is
 * for saving; the type is never guessed; whatever opens it all the same stands in a sandbox without scripts or our
 * origin (Chatwoot CVE-2021-3741).
 */
export async function sendFile(reply: FastifyReply, blobs: BlobStore, file: StoredFile): Promise<void> {
  const inline = mayShowInline(file.mediaType);
  const stream = await blobs.stream(file.sha256);
  await reply
    .header('content-disposition', contentDisposition(inline ? 'inline' : 'attachment', file.name))
    .header('content-length', file.size)
    .header(
      'content-security-policy',
      `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:`,
    )
    .header('x-content-type-options', 'nosniff')
    // The bytes behind an id never change; whether he may see them is asked again.
    .header('cache-control', 'private, no-cache')
    .type(safeMediaType(file.mediaType))
    .send(stream);
}

/** As the sender named it, when that is a media type at all. HTML and XML are renamed: no browser shall read them as such. */
function safeMediaType(mediaType: string): string {
  const [type = ''] = mediaType.toLowerCase().split(';');
  if (!/^[a-z0-9][\w.+-]{0,100}\/[a-z0-9][\w.+-]{0,100}$/.test(type.trim()))
    return 'application/octet-stream';
  return /html|xml|javascript|ecmascript/.test(type) ? 'application/octet-stream' : type.trim();
}
