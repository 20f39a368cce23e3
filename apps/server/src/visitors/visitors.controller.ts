import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';
import { idSchema } from '@loket/contracts/primitives.js';
import {
  type VisitorConfig,
  visitorConfigSchema,
  type VisitorFile,
  visitorFileSchema,
  type VisitorHistory as HistoryPage,
  visitorHistoryQuerySchema,
  visitorHistorySchema,
  type VisitorToken,
  type VisitorTokenRequest,
  visitorTokenRequestSchema,
  visitorTokenSchema,
  visitorUploadFieldsSchema,
} from '@loket/contracts/visitors.js';
import { VisitorClaims } from '@loket/core/visitors/visitor-claims.service.js';
import { VisitorFiles } from '@loket/core/visitors/visitor-files.service.js';
import { VisitorHistory } from '@loket/core/visitors/visitor-history.service.js';
import { VisitorTokens } from '@loket/core/visitors/visitor-tokens.service.js';
import { VisitorsService } from '@loket/core/visitors/visitors.service.js';
import type { z } from 'zod';
import { Public } from '../access/access.decorator.js';
import { withUploadedFile } from '../attachments/uploaded-file.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { placeOf, type VisitorPlace } from './visitor-door.js';
import { VisitorLimits } from './visitor-limits.js';

/** REST of the chat on other people's sites (libs/contracts/src/visitors.ts). VisitorDoor has let the request in. */
@Controller('visitors')
@Public()
export class VisitorsController {
  constructor(
    private readonly visitors: VisitorsService,
    private readonly claims: VisitorClaims,
    private readonly tokens: VisitorTokens,
    private readonly history: VisitorHistory,
    private readonly files: VisitorFiles,
    private readonly limits: VisitorLimits,
  ) {}

  @Get(':id/config')
  @Header('Cache-Control', 'public, max-age=60')
  @Operation({
    summary: 'What a page needs to show the chat',
    description: 'For pages of the sites in the channel’s settings; everybody else gets 403 `origin`.',
    answer: visitorConfigSchema,
  })
  async config(
    @Param('id', { schema: idSchema }) _id: string,
    @Req() request: FastifyRequest,
  ): Promise<VisitorConfig> {
    const { channel, network } = placeOf(request);
    await this.limits.take('config', network);
    const [status, continueBy] = await Promise.all([
      this.visitors.status(channel),
      this.claims.waysOn(channel),
    ]);
    const title = channel.config.title ?? channel.name.slice(0, 60);
    // The schema of the public part lets nothing else through.
    return visitorConfigSchema.strip().parse({ ...channel.config, title, continueBy, status });
  }

  @Post(':id/token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @NotRepeatable('each answer is another token, and none is kept')
  @Operation({
    summary: 'Begin as a visitor, or go on with a new token',
    description:
      'Without `Authorization` a new visitor; with `Bearer <token>` the same one. 401 `token`: begin anew.',
    answer: visitorTokenSchema,
  })
  async token(
    @Param('id', { schema: idSchema }) _id: string,
    @Body({ schema: visitorTokenRequestSchema }) { identity, consentAt }: VisitorTokenRequest,
    @Req() request: FastifyRequest,
  ): Promise<VisitorToken> {
    const { channel, origin, network } = placeOf(request);
    await this.limits.take('token', network);
    const place = { channelId: channel.id, origin };
    const bearer = bearerOf(request);
    const known = bearer === null ? null : await this.tokens.authenticate(bearer, place, true);
    if (identity !== undefined) {
      await this.limits.take('identify', network);
      if (known === null) await this.limits.take('newVisitor', network);
      const visitorId = await this.visitors.identify(channel, known?.visitorId ?? null, identity);
      return this.tokens.issue(visitorId, origin, visitorId === known?.visitorId ? known.tokenId : null);
    }
    if (known !== null) return this.tokens.issue(known.visitorId, origin, known.tokenId);
    await this.limits.take('newVisitor', network);
    const { id } = await this.visitors.create(channel, consentAt);
    return this.tokens.issue(id, origin, null);
  }

  @Get(':id/messages')
  @Header('Cache-Control', 'no-store')
  @Operation({
    summary: 'The visitor’s own conversation, newest first',
    description:
      'With `Bearer <token>`. His messages and answers to him; never notes, nor what went to others.',
    answer: visitorHistorySchema,
  })
  async messages(
    @Param('id', { schema: idSchema }) _id: string,
    @Query({ schema: visitorHistoryQuerySchema }) query: z.infer<typeof visitorHistoryQuerySchema>,
    @Req() request: FastifyRequest,
  ): Promise<HistoryPage> {
    const visitorId = await this.visitorOf(request, placeOf(request));
    await this.limits.take('history', visitorId);
    return this.history.page(visitorId, query);
  }

  @Post(':id/files')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @NotRepeatable('the same clientId finds the same file')
  @Operation({
    summary: 'Upload a file for a message',
    description:
      'With `Bearer <token>`. The field `clientId`, then one part `file`. Its type is that of its bytes.',
    accepts: 'multipart/form-data',
    answer: visitorFileSchema,
  })
  async upload(
    @Param('id', { schema: idSchema }) _id: string,
    @Req() request: FastifyRequest,
  ): Promise<VisitorFile> {
    const place = placeOf(request);
    const visitorId = await this.visitorOf(request, place);
    await this.limits.take('upload', visitorId);
    await this.limits.take('uploadBytes', visitorId, Number(request.headers['content-length']) || 1_000_000);
    return withUploadedFile(request, ({ bytes, name, mediaType, fields }) => {
      const parsed = visitorUploadFieldsSchema.safeParse(fields);
      if (!parsed.success)
        throw new AppError('invalid', 'invalid', 'the field clientId has to come before the file');
      const clientId = parsed.data.clientId.toLowerCase();
      return this.files.upload(place.channel, visitorId, { clientId, name, mediaType, bytes });
    });
  }

  /** @throws AppError `unauthenticated` `token` */
  private async visitorOf(request: FastifyRequest, { channel, origin }: VisitorPlace): Promise<string> {
    const { visitorId } = await this.tokens.authenticate(bearerOf(request) ?? '', {
      channelId: channel.id,
      origin,
    });
    return visitorId;
  }
}

function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
