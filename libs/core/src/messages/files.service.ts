import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { Readable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import type { Upload } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Attachment } from './attachment.entity.js';
import { cleanFileName } from './file-name.js';
import { Message } from './message.entity.js';

export interface StoredFile {
  sha256: string;
  name: string;
  mediaType: string;
  /** bytes */
  size: number;
}

/** Files of messages and notes, and the originals of messages. */
@Injectable()
export class FilesService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly blobs: BlobStore,
  ) {}

  /** Keeps a file until a message or note refers to it. Its name is for people; the bytes are found by their hash. */
  async upload(bytes: Readable, name: string, mediaType: string): Promise<Upload> {
    const { sha256, size } = await this.blobs.put(bytes, mediaType);
    return { sha256, size, name: cleanFileName(name), mediaType };
  }

  /** @throws AppError `not_found` `attachment_not_found` */
  async attachment(id: string): Promise<StoredFile> {
    const found = await this.manager.findOneBy(Attachment, { id });
    if (!found) throw new AppError('not_found', 'attachment_not_found', 'there is no such attachment');
    return found;
  }

  /** The original of a message, as the channel delivered it. @throws AppError `not_found` `raw_not_found` */
  async raw(messageId: string): Promise<StoredFile> {
    const message = await this.manager.findOne(Message, {
      where: { id: messageId },
      select: { id: true, rawSha256: true, call: true },
    });
    // What tells a call names its recording, which is played by permission only.
    if (!message?.rawSha256 || message.call !== null)
      throw new AppError('not_found', 'raw_not_found', 'no original of this message is kept');
    const size = await this.blobs.size(message.rawSha256);
    return { sha256: message.rawSha256, name: `${messageId}.txt`, mediaType: 'text/plain', size };
  }
}
