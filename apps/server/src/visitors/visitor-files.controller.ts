import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { idSchema } from '@loket/contracts/primitives.js';
import { VisitorFiles } from '@loket/core/visitors/visitor-files.service.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Public } from '../access/access.decorator.js';
import { sendFile } from '../attachments/send-file.js';
import { Operation } from '../http/operation.decorator.js';

/** Files of a chat, by links that name one each and last a day. */
@Controller('visitor-files')
export class VisitorFilesController {
  constructor(
    private readonly files: VisitorFiles,
    private readonly blobs: BlobStore,
  ) {}

  @Get(':id/:until/:signature/:name')
  @Public()
  @Operation({
    summary: 'Open a file of a chat',
    description: 'By a link of the conversation. The name at its end is for people and can be anything.',
    answer: 'application/octet-stream',
  })
  async open(
    @Param('id', { schema: idSchema }) fileId: string,
    @Param('until', { schema: z.coerce.number().int() }) until: number,
    @Param('signature', { schema: z.string() }) signature: string,
    @Param('name', { schema: z.string() }) _name: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.open({ fileId, until, signature });
    // Nothing but pictures shows in a tab of its own.
    await sendFile(reply, this.blobs, file, (type) => type.startsWith('image/'));
  }
}
