import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { intakeResultSchema, type IntakeResult } from '@loket/contracts/inbound.js';
import { idSchema, type Page } from '@loket/contracts/primitives.js';
import {
  listQuarantineQuery,
  quarantineEntrySchema,
  quarantinePageSchema,
  type QuarantineEntry,
} from '@loket/contracts/quarantine.js';
import { AppError } from '@loket/contracts/errors.js';
import { RawIntakeService } from '@loket/core/intake/raw-intake.service.js';
import { QuarantineService } from '@loket/core/quarantine/quarantine.service.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('quarantine')
export class QuarantineController {
  constructor(
    private readonly quarantine: QuarantineService,
    private readonly intake: RawIntakeService,
    private readonly blobs: BlobStore,
  ) {}

  @Get()
  @Access({ role: 'admin' })
  @Operation({ summary: 'List what could not be processed', answer: quarantinePageSchema })
  list(
    @Query({ schema: listQuarantineQuery }) query: z.infer<typeof listQuarantineQuery>,
  ): Promise<Page<QuarantineEntry>> {
    return this.quarantine.list(query);
  }

  @Get(':id')
  @Access({ role: 'admin' })
  @Operation({ summary: 'Show one quarantined message', answer: quarantineEntrySchema })
  show(@Param('id', { schema: idSchema }) id: string): Promise<QuarantineEntry> {
    return this.quarantine.show(id);
  }

  @Get(':id/raw')
  @Access({ role: 'admin' })
  @Operation({
    summary: 'Download the original of a quarantined message',
    answer: 'application/octet-stream',
  })
  async raw(@Param('id', { schema: idSchema }) id: string, @Res() reply: FastifyReply): Promise<void> {
    const { rawSha256 } = await this.quarantine.get(id);
    if (rawSha256 === null)
      throw new AppError('not_found', 'no_original', 'this message came without an original');
    await reply
      .header('content-disposition', `attachment; filename="${id}.eml"`)
      .header('content-security-policy', 'sandbox')
      .type('application/octet-stream')
      .send(await this.blobs.stream(rawSha256));
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Access({ role: 'admin' })
  @Operation({ summary: 'Try a quarantined message again', answer: intakeResultSchema })
  replay(
    @Param('id', { schema: idSchema }) id: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<IntakeResult> {
    return this.intake.replay(id, principal.agent.id);
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @Access({ role: 'admin' })
  @Operation({ summary: 'Put a quarantined message aside for good', answer: quarantineEntrySchema })
  async dismiss(
    @Param('id', { schema: idSchema }) id: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<QuarantineEntry> {
    await this.quarantine.get(id);
    await this.quarantine.settle(id, 'dismissed', null, principal.agent.id);
    return this.quarantine.show(id);
  }
}
