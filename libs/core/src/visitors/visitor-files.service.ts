import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { VisitorFile } from '@loket/contracts/visitors.js';
import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Clock } from '@loket/platform/clock.js';
import { uniqueViolation } from '@loket/platform/database/errors.js';
import { newId } from '@loket/platform/ids.js';
import { SECRET } from '@loket/platform/secret.js';
import { Attachment } from '../messages/attachment.entity.js';
import { cleanFileName } from '../messages/file-name.js';
import type { StoredFile } from '../messages/files.service.js';
import { headBytes, mayBecome, tailBytes, typeOfArchive, typeOfHead } from './file-type.js';
import { mayOpenFile, signedFileUrl } from './signed-file-url.js';
import type { VisitorChannel } from './visitor-channels.js';
import { VisitorUpload } from './visitor-file.entity.js';

const keptHours = 24;

/** A file on its way in. */
export interface IncomingFile {
  clientId: string;
  name: string;
  /** what the browser says that it is */
  mediaType: string;
  bytes: AsyncIterable<Uint8Array> & { truncated?: boolean };
}

/** Files of visitors: what they upload, and what they may open. */
@Injectable()
export class VisitorFiles {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(SECRET) private readonly secret: string,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps a file until a message names it. The same `clientId` again finds the same file.
   *
   * The type is that of the bytes. It has to be among the channel's, and what the browser calls it: a picture that is a
   * page is neither.
   *
   * @throws AppError `too_large` `too_large`; `unprocessable` `file_type`, `invalid` when it is empty
   */
  async upload(channel: VisitorChannel, visitorId: string, file: IncomingFile): Promise<VisitorFile> {
    const rules = channel.config.files;
    if (rules === null) throw wrongType();
    const { clientId } = file;
    const known = await this.manager.findOneBy(VisitorUpload, { visitorId, clientId });
    if (known) {
      await drain(file.bytes);
      return this.shown(known);
    }
    const said = plainType(file.mediaType);
    const seen = { type: '' };
    const checked = checkedBytes(
      file.bytes,
      rules.types,
      Math.min(rules.maxBytes, visitorLimits.fileBytes),
      seen,
    );
    const blob = await this.blobs.put(Readable.from(checked), 'application/octet-stream');
    const type = seen.type === 'application/zip' ? await this.archive(blob) : seen.type;
    if (!rules.types.includes(type) || !agrees(said, type)) throw wrongType();
    const row = {
      id: newId(),
      visitorId,
      clientId,
      sha256: blob.sha256,
      size: blob.size,
      name: cleanFileName(file.name),
      mediaType: type,
      createdAt: this.clock.now(),
    };
    try {
      await this.manager.insert(VisitorUpload, row);
    } catch (error) {
      // The same file came twice at once.
      if (uniqueViolation(error) === null) throw error;
      return this.shown(await this.manager.findOneByOrFail(VisitorUpload, { visitorId, clientId }));
    }
    return this.shown(row);
  }

  /**
   * A file that a link of ours names.
   * @throws AppError `not_found` `file_unknown`, also when the link is not ours or has lapsed
   */
  async open(link: { fileId: string; until: number; signature: string }): Promise<StoredFile> {
    if (!mayOpenFile(this.secret, link, this.clock.now())) throw unknown();
    const found =
      (await this.manager.findOneBy(Attachment, { id: link.fileId })) ??
      (await this.manager.findOneBy(VisitorUpload, { id: link.fileId }));
    if (!found) throw unknown();
    return found;
  }

  /** Files that no message has named. */
  async prune(): Promise<void> {
    await this.manager.query(
      `DELETE FROM visitor_files WHERE created_at < $1::timestamptz - interval '${keptHours} hours'`,
      [this.clock.now()],
    );
  }

  private async archive({ sha256, size }: { sha256: string; size: number }): Promise<string> {
    const part = { start: Math.max(0, size - tailBytes), end: size - 1 };
    const chunks: Buffer[] = [];
    for await (const chunk of await this.blobs.stream(sha256, part)) chunks.push(chunk as Buffer);
    return typeOfArchive(Buffer.concat(chunks));
  }

  private shown({
    id,
    name,
    mediaType,
    size,
  }: Pick<VisitorUpload, 'id' | 'name' | 'mediaType' | 'size'>): VisitorFile {
    return { id, name, mediaType, size, url: signedFileUrl(this.secret, id, name, this.clock.now()) };
  }
}

/** Looks at the first bytes before any is kept, and counts all of them. */
async function* checkedBytes(
  bytes: IncomingFile['bytes'],
  types: readonly string[],
  maxBytes: number,
  seen: { type: string },
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let head: Buffer | null = Buffer.alloc(0);
  const begin = (start: Buffer): Buffer => {
    const type = typeOfHead(start);
    if (type === null || !mayBecome(type, types)) throw wrongType();
    seen.type = type;
    return start;
  };
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    if (head === null) yield chunk;
    else {
      head = Buffer.concat([head, chunk]);
      if (head.length < headBytes) continue;
      yield begin(head);
      head = null;
    }
  }
  if (bytes.truncated) throw tooLarge(maxBytes);
  if (head !== null) yield begin(head);
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

function plainType(mediaType: string): string {
  return mediaType.toLowerCase().split(';', 1)[0]?.trim() ?? '';
}

/** Browsers say nothing of types that they do not know, and call some by an older name. */
function agrees(said: string, type: string): boolean {
  const same: Record<string, string> = {
    'image/jpg': 'image/jpeg',
    'application/x-zip-compressed': 'application/zip',
  };
  return said === '' || said === 'application/octet-stream' || (same[said] ?? said) === type;
}

function wrongType(): AppError {
  return new AppError('unprocessable', 'file_type', 'this kind of file is not taken here');
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', 'too_large', `a file may have ${String(maxBytes)} bytes`);
}

function unknown(): AppError {
  return new AppError('not_found', 'file_unknown', 'there is no such file, or the link has lapsed');
}
