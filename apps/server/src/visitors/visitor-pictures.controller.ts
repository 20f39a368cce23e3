import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AgentPictures } from '@loket/core/access/agent-pictures.service.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Public } from '../access/access.decorator.js';
import { sendFile } from '../attachments/send-file.js';
import { Operation } from '../http/operation.decorator.js';

/** A path names one picture for ever; a day, so that one that was taken down is soon gone from caches as well. */
const cache = 'public, max-age=86400, immutable';

/** Pictures of those who answer, by paths that the chat is given. */
@Controller('visitor-pictures')
export class VisitorPicturesController {
  constructor(
    private readonly pictures: AgentPictures,
    private readonly blobs: BlobStore,
  ) {}

  @Get(':sha256/:signature')
  @Public()
  @Operation({
    summary: 'The picture of who answers in a chat',
    description: 'By a path of the conversation, as long as it is the picture of somebody.',
    answer: 'image/*',
  })
  async show(
    @Param('sha256', { schema: z.string() }) sha256: string,
    @Param('signature', { schema: z.string() }) signature: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const picture = await this.pictures.open(sha256, signature);
    await sendFile(reply, this.blobs, { ...picture, name: 'picture' }, undefined, cache);
  }
}
