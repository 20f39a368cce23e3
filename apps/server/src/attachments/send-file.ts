import type { FastifyReply } from 'fastify';
import { contentDisposition, mayShowInline } from '@loket/core/messages/file-name.js';
import type { StoredFile } from '@loket/core/messages/files.service.js';
import type { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { byteRange } from './byte-range.js';

/**
 * Sends a file of a stranger so that nothing in it can run in our name: only plain pictures, sound and films may show,
 * everything else is for saving; the type is never guessed; whatever opens it all the same stands in a sandbox without
 * scripts or our origin (Chatwoot CVE-2021-3741). Parts can be asked for, without which players cannot seek.
 *
 * @param mayShow leaves fewer types to show than all harmless ones
 * @param cache for how long it may be kept; the bytes behind an id never change, but whether he may see them is asked again
 */
export async function sendFile(
  reply: FastifyReply,
  blobs: BlobStore,
  file: StoredFile,
  mayShow: (mediaType: string) => boolean = () => true,
  cache = 'private, no-cache',
): Promise<void> {
  const { headers } = reply.request;
  const etag = `"${file.sha256}"`;
  const inline = mayShowInline(file.mediaType) && mayShow(file.mediaType);
  void reply
    .header('content-disposition', contentDisposition(inline ? 'inline' : 'attachment', file.name))
    .header(
      'content-security-policy',
      `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', cache)
    .header('etag', etag)
    .header('accept-ranges', 'bytes');
  if (headers['if-none-match']?.split(',').some((tag) => tag.trim() === etag)) {
    await reply.status(304).send();
    return;
  }
  const asked = headers['if-range'] === undefined || headers['if-range'] === etag ? headers.range : undefined;
  const part = byteRange(asked, file.size);
  if (part === 'unsatisfiable') {
    await reply
      .status(416)
      .header('content-range', `bytes */${String(file.size)}`)
      .send();
    return;
  }
  const { start, end } = part ?? { start: 0, end: file.size - 1 };
  const stream = await blobs.stream(file.sha256, part ?? undefined);
  if (part)
    void reply
      .status(206)
      .header('content-range', `bytes ${String(start)}-${String(end)}/${String(file.size)}`);
  await reply
    .header('content-length', end - start + 1)
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
