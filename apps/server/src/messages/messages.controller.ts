import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  type CreateNote,
  createNoteSchema,
  type CreateReply,
  createReplySchema,
  type TimelineItem,
  timelineMessageSchema,
  timelineNoteSchema,
} from '@loket/contracts/cases.js';
import { type OutboundPreview, outboundPreviewSchema } from '@loket/contracts/outbound.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { TimelineService } from '@loket/core/cases/timeline.service.js';
import { Receipts } from '@loket/core/delivery/receipts.js';
import { FilesService } from '@loket/core/messages/files.service.js';
import { NotesService } from '@loket/core/messages/notes.service.js';
import { RepliesService } from '@loket/core/messages/replies.service.js';
import { ReplyPreviews } from '@loket/core/messages/reply-previews.service.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { sendFile } from '../attachments/send-file.js';
import { caseRefSchema } from '../cases/case-ref.js';
import { Operation } from '../http/operation.decorator.js';

@Controller()
export class MessagesController {
  constructor(
    private readonly cases: CasesService,
    private readonly replies: RepliesService,
    private readonly previews: ReplyPreviews,
    private readonly notes: NotesService,
    private readonly receipts: Receipts,
    private readonly timeline: TimelineService,
    private readonly files: FilesService,
    private readonly blobs: BlobStore,
  ) {}

  @Post('cases/:ref/messages')
  @Access()
  @Operation({
    summary: 'Answer the customer',
    description:
      'Answers at once with the message in state `pending`; it leaves by itself. Without `channelId` and `identityId` ' +
      'it goes back the way the customer came. When somebody else wrote since `version`: 409 `case_changed`. Whoever is ' +
      'signed in and answers a case that nobody has, has it from then on; an answer by a token changes nothing of that.',
    answer: timelineMessageSchema,
  })
  async reply(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Body({ schema: createReplySchema }) body: CreateReply,
    @Headers('idempotency-key') once?: string,
  ): Promise<TimelineItem> {
    const author = { id: me.agent.id, name: me.agent.name, takes: me.via.kind === 'session' };
    return this.replies.create(await this.cases.locate(ref), body, author, once);
  }

  @Post('cases/:ref/messages/preview')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Look at an answer as it would go out now',
    description:
      'Made by what sends it, and never sent: from, to, copies, subject, and all of the words with the signature below ' +
      'them. Refused for what would refuse the answer, but for `case_changed`. Where the channel has the capability ' +
      '`preview`; elsewhere 422 `preview_unsupported`.',
    answer: outboundPreviewSchema,
  })
  async preview(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Body({ schema: createReplySchema }) { template: _, ...body }: CreateReply,
  ): Promise<OutboundPreview> {
    const author = { id: me.agent.id, name: me.agent.name };
    return this.previews.of(await this.cases.locate(ref), body, author);
  }

  @Post('cases/:ref/notes')
  @Access()
  @Operation({ summary: 'Leave a note that only colleagues see', answer: timelineNoteSchema })
  async note(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Body({ schema: createNoteSchema }) body: CreateNote,
  ): Promise<TimelineItem> {
    return this.notes.create(await this.cases.locate(ref), body, me.agent.id);
  }

  @Get('notes/:id')
  @Access()
  @Operation({
    summary: 'One note',
    description: 'A whisper between others does not exist: 404 `note_not_found`.',
    answer: timelineNoteSchema,
  })
  noteOf(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<TimelineItem> {
    return this.timeline.note(id, me.agent.id);
  }

  @Post('messages/:id/retry')
  @HttpCode(200)
  @Access()
  @Operation({ summary: 'Send a failed or uncertain message again', answer: timelineMessageSchema })
  async retry(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<TimelineItem> {
    await this.receipts.retry(id, me.agent.id);
    return this.timeline.message(id);
  }

  @Get('messages/:id/raw')
  @Access()
  @Operation({ summary: 'Download the original of a message', answer: 'text/plain' })
  async raw(@Param('id', { schema: idSchema }) id: string, @Res() reply: FastifyReply): Promise<void> {
    await sendFile(reply, this.blobs, await this.files.raw(id));
  }
}
