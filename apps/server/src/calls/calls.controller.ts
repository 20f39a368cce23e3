import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type CallDraft,
  callDraftSchema,
  callersSchema,
  callLinesSchema,
  type CreateCall,
  createCallSchema,
  type LoggedCall,
  loggedCallSchema,
  lookUpNumberQuery,
  moveCallSchema,
  saveCallDraftSchema,
} from '@loket/contracts/call-views.js';
import { type CaseOperation, caseOperationSchema } from '@loket/contracts/operations.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { CallDrafts } from '@loket/core/calls/call-drafts.service.js';
import { CallLines } from '@loket/core/calls/call-lines.service.js';
import { CallMoves } from '@loket/core/calls/call-moves.service.js';
import { Callers } from '@loket/core/calls/callers.service.js';
import { CallsService } from '@loket/core/calls/calls.service.js';
import { Recordings } from '@loket/core/calls/recordings.service.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { sendFile } from '../attachments/send-file.js';
import { Operation } from '../http/operation.decorator.js';

const draftAnswer = z.strictObject({ item: callDraftSchema.nullable() }).meta({ id: 'CallDraftAnswer' });

@Controller('calls')
export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly moves: CallMoves,
    private readonly lines: CallLines,
    private readonly callers: Callers,
    private readonly drafts: CallDrafts,
    private readonly recordings: Recordings,
    private readonly cases: CasesService,
    private readonly blobs: BlobStore,
  ) {}

  @Post()
  @Access()
  @Operation({
    summary: 'Write down a telephone call',
    description:
      'The customer is found by his number, the case by `caseId` or the rules of matching. The same `callId` again adds ' +
      'to the call that is known; where that stands elsewhere, `elsewhere` says so. A call that reached nobody opens a task to call back; one that reached somebody ends it.',
    answer: loggedCallSchema,
  })
  async log(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createCallSchema }) body: CreateCall,
  ): Promise<LoggedCall> {
    const { caseId } = body;
    const into = caseId === undefined || caseId === 'new' ? caseId : await this.cases.locate(caseId);
    return this.calls.log({ ...body, caseId: into }, me.agent);
  }

  @Post(':id/move')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Take a call into another case',
    description:
      'By the id of its message. It is the same call in another case; a case that held nothing else is merged into that ' +
      'one. Can be undone like every split and merge.',
    answer: caseOperationSchema,
  })
  move(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: moveCallSchema }) { into }: z.infer<typeof moveCallSchema>,
  ): Promise<CaseOperation> {
    return this.moves.move(id, into, me.agent.id);
  }

  @Get('lines')
  @Access()
  @Operation({ summary: 'List lines on which calls can be written down', answer: callLinesSchema })
  async listLines(): Promise<z.infer<typeof callLinesSchema>> {
    return { items: await this.lines.list() };
  }

  @Get('callers')
  @Access()
  @Operation({
    summary: 'Find customers by a number as it is typed',
    description:
      'The beginning of a number, with or without country code, or its last digits; from three digits on.',
    query: lookUpNumberQuery,
    answer: callersSchema,
  })
  async lookUp(
    @Query({ schema: lookUpNumberQuery }) { number, channel }: z.infer<typeof lookUpNumberQuery>,
  ): Promise<z.infer<typeof callersSchema>> {
    return { items: await this.callers.lookUp(number, channel) };
  }

  @Get('draft')
  @Access({ scope: null })
  @Operation({ summary: 'What I am noting of a call', answer: draftAnswer })
  async draft(@CurrentPrincipal() me: Principal): Promise<z.infer<typeof draftAnswer>> {
    return { item: await this.drafts.of(me.agent.id) };
  }

  @Put('draft')
  @Access({ scope: null })
  @Operation({ summary: 'Save what I am noting of a call', answer: callDraftSchema })
  async saveDraft(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: saveCallDraftSchema }) { draft }: z.infer<typeof saveCallDraftSchema>,
  ): Promise<CallDraft> {
    return this.drafts.save(me.agent.id, draft);
  }

  @Delete('draft')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'Throw away what I am noting of a call', answer: null })
  async dropDraft(@CurrentPrincipal() me: Principal): Promise<void> {
    await this.drafts.drop(me.agent.id);
  }

  @Get(':id/recording')
  @Access()
  @Operation({
    summary: 'Listen to the recording of a call',
    description:
      'The file itself, or a redirect to where the telephone system keeps it. For the role that the channel sets ' +
      '(`recordings`); every time is written to the event log as `recording.played`. HEAD asks whether one may, and is no ' +
      'listening.',
    answer: 'application/octet-stream',
  })
  async recording(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Req() { headers, method }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (method === 'HEAD') {
      await this.recordings.open(id, me, 'ask');
      await reply.header('cache-control', 'no-store').send();
      return;
    }
    // A player fetches the rest in parts; it was heard when it began.
    const begins = !/^bytes=[1-9]/.test(headers.range ?? '');
    const recording = await this.recordings.open(id, me, begins ? 'start' : 'further_on');
    if (recording.kind === 'file') {
      const { sha256, mediaType, size } = recording;
      await sendFile(reply, this.blobs, { sha256, mediaType, size, name: `${id}.${extensionOf(mediaType)}` });
      return;
    }
    await reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(recording.url, 302);
  }
}

function extensionOf(mediaType: string): string {
  return /^audio\/(?:x-)?([a-z0-9]{2,8})/.exec(mediaType)?.[1]?.replace('mpeg', 'mp3') ?? 'bin';
}
