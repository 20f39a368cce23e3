import { Readable } from 'node:stream';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Upload, uploadSchema } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { FilesService } from '@loket/core/messages/files.service.js';
import { maxUploadBytes } from '@loket/core/messages/uploads.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Access } from '../access/access.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { sendFile } from './send-file.js';
import { withUploadedFile } from './uploaded-file.js';

@Controller('attachments')
export class AttachmentsController {
  constructor(
    private readonly files: FilesService,
    private readonly blobs: BlobStore,
  ) {}

  @Post()
  @Access()
  @NotRepeatable('the same bytes are stored once anyway')
  @Operation({
    summary: 'Upload a file for an answer or a note',
    description: `One file in the field \`file\`, up to ${String(maxUploadBytes / 1_000_000)} MB. Pass what it answers in \`attachments\`.`,
    accepts: 'multipart/form-data',
    answer: uploadSchema,
  })
  upload(@Req() request: FastifyRequest): Promise<Upload> {
    return withUploadedFile(request, ({ bytes, name, mediaType }) =>
      this.files.upload(Readable.from(whole(bytes)), name, mediaType),
    );
  }

  @Get(':id/:name')
  @Access()
  @Operation({
    summary: 'Download a file',
    description: 'The name in the path is for people and can be anything.',
    answer: 'application/octet-stream',
  })
  async download(
    @Param('id', { schema: idSchema }) id: string,
    @Param('name', { schema: z.string() }) _name: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(reply, this.blobs, await this.files.attachment(id));
  }
}

/** The parser cuts a file off at the limit without a word; what was cut must not be kept as if it were whole. */
async function* whole(
  bytes: AsyncIterable<Uint8Array> & { truncated?: boolean },
): AsyncGenerator<Uint8Array> {
  yield* bytes;
  if (bytes.truncated) {
    throw new AppError('too_large', 'file_too_large', `a file may have ${String(maxUploadBytes)} bytes`);
  }
}
