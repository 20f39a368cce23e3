import type { EntityManager } from 'typeorm';
import type { Upload } from '@loket/contracts/cases.js';
import type { ChannelCapabilities } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { newId } from '@loket/platform/ids.js';
import { Attachment } from './attachment.entity.js';

/** Bytes of one uploaded file. */
export const maxUploadBytes = 25_000_000;

/** @throws AppError `unprocessable` `attachment_missing` when a file was not uploaded, or is not what it is said to be */
export async function requireUploaded(blobs: BlobStore, uploads: readonly Upload[]): Promise<void> {
  for (const { sha256, size } of uploads) {
    const stored = await blobs.size(sha256).catch(() => null);
    if (stored !== size) {
      throw new AppError('unprocessable', 'attachment_missing', 'an attachment has to be uploaded first', {
        data: { sha256 },
      });
    }
  }
}

/** @throws AppError `unprocessable` `attachments_unsupported`, `too_large` `attachments_too_large` with the limits */
export function requireSendable(capabilities: ChannelCapabilities, uploads: readonly Upload[]): void {
  if (uploads.length === 0) return;
  const { attachments, maxAttachmentBytes, maxMessageBytes } = capabilities;
  if (!attachments) {
    throw new AppError('unprocessable', 'attachments_unsupported', 'this channel cannot carry files');
  }
  const total = uploads.reduce((sum, { size }) => sum + size, 0);
  if (total > maxMessageBytes || uploads.some(({ size }) => size > maxAttachmentBytes)) {
    throw new AppError('too_large', 'attachments_too_large', 'the files are too large for this channel', {
      data: { maxAttachmentBytes, maxMessageBytes },
    });
  }
}

export async function insertAttachments(
  tx: EntityManager,
  owner: { messageId: string } | { noteId: string },
  uploads: readonly Upload[],
): Promise<void> {
  if (uploads.length === 0) return;
  await tx.insert(
    Attachment,
    uploads.map(({ sha256, name, mediaType, size }, position) => ({
      id: newId(),
      ...owner,
      position,
      sha256,
      name,
      mediaType,
      size,
    })),
  );
}
