import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  type CallImport,
  callImportSchema,
  callImportsSchema,
  type CallImportPreview,
  importPreviewSchema,
  previewImportSchema,
  startImportSchema,
} from '@loket/contracts/call-imports.js';
import { AppError } from '@loket/contracts/errors.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { CallImports } from '@loket/core/calls/call-imports.service.js';
import { maxUploadBytes } from '@loket/core/messages/uploads.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { withUploadedFile } from '../attachments/uploaded-file.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';

@Controller('channels/:id/imports')
export class CallImportsController {
  constructor(private readonly imports: CallImports) {}

  @Get()
  @Access({ role: 'admin' })
  @Operation({ summary: 'List imports of calls, newest first', answer: callImportsSchema })
  async list(
    @Param('id', { schema: idSchema }) channelId: string,
  ): Promise<z.infer<typeof callImportsSchema>> {
    return { items: await this.imports.list(channelId) };
  }

  @Post()
  @Access({ role: 'admin' })
  @NotRepeatable('a file that is uploaded twice does nothing before it is started')
  @Operation({
    summary: 'Upload a CSV of calls',
    description: `One file in the field \`file\`, up to ${String(maxUploadBytes / 1_000_000)} MB. Nothing is imported before it is started.`,
    accepts: 'multipart/form-data',
    answer: callImportSchema,
  })
  upload(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) channelId: string,
    @Req() request: FastifyRequest,
  ): Promise<CallImport> {
    return withUploadedFile(request, ({ bytes, name, mediaType }) =>
      this.imports.upload(channelId, { bytes: Readable.from(whole(bytes)), name, mediaType }, me.agent.id),
    );
  }

  @Get(':importId')
  @Access({ role: 'admin' })
  @Operation({ summary: 'One import of calls, and how far it is', answer: callImportSchema })
  get(
    @Param('id', { schema: idSchema }) channelId: string,
    @Param('importId', { schema: idSchema }) id: string,
  ): Promise<CallImport> {
    return this.imports.get(channelId, id);
  }

  @Post(':importId/preview')
  @HttpCode(200)
  @Access({ role: 'admin' })
  @Operation({
    summary: 'See how a file would be read',
    description: 'Without `settings` they are guessed. Nothing is imported.',
    answer: importPreviewSchema,
  })
  preview(
    @Param('id', { schema: idSchema }) channelId: string,
    @Param('importId', { schema: idSchema }) id: string,
    @Body({ schema: previewImportSchema }) { settings }: z.infer<typeof previewImportSchema>,
  ): Promise<CallImportPreview> {
    return this.imports.preview(channelId, id, settings);
  }

  @Post(':importId/start')
  @HttpCode(202)
  @Access({ role: 'admin' })
  @Operation({
    summary: 'Import the calls of a file',
    description:
      'Again is safe: calls that are here are known by their ids. Calls come in as history: their cases are resolved, ' +
      'and nobody has to call back.',
    answer: callImportSchema,
  })
  start(
    @Param('id', { schema: idSchema }) channelId: string,
    @Param('importId', { schema: idSchema }) id: string,
    @Body({ schema: startImportSchema }) { settings }: z.infer<typeof startImportSchema>,
  ): Promise<CallImport> {
    return this.imports.start(channelId, id, settings);
  }

  @Get(':importId/problems')
  @Access({ role: 'admin' })
  @Operation({ summary: 'Download what was wrong in which row', answer: 'text/csv' })
  async problems(
    @Param('id', { schema: idSchema }) channelId: string,
    @Param('importId', { schema: idSchema }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lines = await this.imports.problems(channelId, id);
    await reply
      .header('content-disposition', `attachment; filename="problems-${id}.csv"`)
      .header('cache-control', 'no-store')
      .type('text/csv; charset=utf-8')
      .send(lines);
  }
}

/** The parser cuts a file off at the limit without a word; what was cut must not be imported as if it were whole. */
async function* whole(
  bytes: AsyncIterable<Uint8Array> & { truncated?: boolean },
): AsyncGenerator<Uint8Array> {
  yield* bytes;
  if (bytes.truncated)
    throw new AppError('too_large', 'file_too_large', `a file may have ${String(maxUploadBytes)} bytes`);
}
