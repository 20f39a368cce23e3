import { Readable } from 'node:stream';
import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';
import { inboundJsonSchema, intakeResultSchema, type IntakeResult } from '@loket/contracts/inbound.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { ChannelDirectory } from '@loket/core/channels/channel-directory.js';
import { RawIntakeService } from '@loket/core/intake/raw-intake.service.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Access } from '../access/access.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import { validationFailed } from '../http/validation.js';
import { atMost, maxRawBytes } from './raw-bodies.js';

@Controller('channels')
export class InboundController {
  constructor(
    private readonly intake: RawIntakeService,
    private readonly directory: ChannelDirectory,
    private readonly blobs: BlobStore,
  ) {}

  /** Answers after commit; what it does not answer 2xx is not stored and must be delivered again. */
  @Post(':id/inbound')
  @HttpCode(200)
  @Access({ role: 'admin', scope: 'inbound' })
  @Operation({
    summary: 'Deliver a message',
    description:
      'Takes an original of the channel (message/rfc822 for e-mail, so that a mail server can pipe into it; ' +
      'application/vnd.loket.call+json for a telephone, one call) or, for ' +
      'any kind of channel, one message as JSON. Delivering the same message again is safe.',
    answer: intakeResultSchema,
    accepts: 'message/rfc822',
    body: inboundJsonSchema,
  })
  async deliver(
    @Param('id', { schema: idSchema }) channelId: string,
    @Req() request: FastifyRequest,
  ): Promise<IntakeResult> {
    await this.directory.ref(channelId);
    if (request.body instanceof Readable) {
      const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      const raw = await this.blobs.put(Readable.from(atMost(request.body, maxRawBytes)), mediaType);
      if (raw.size === 0) throw new AppError('invalid', 'empty_body', 'there is no original in the body');
      return this.intake.takeOriginal(channelId, raw);
    }
    const json = inboundJsonSchema.safeParse(request.body);
    if (!json.success) throw validationFailed(json.error.issues);
    return this.intake.takeMessage(channelId, json.data);
  }
}
