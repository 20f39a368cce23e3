import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post } from '@nestjs/common';
import type { TimelineItem } from '@loket/contracts/cases.js';
import { timelineMessageSchema } from '@loket/contracts/cases.js';
import {
  type HeldReply,
  heldReplyListSchema,
  heldReplySchema,
  type HoldReply,
  holdReplySchema,
  type RescheduleReply,
  rescheduleReplySchema,
} from '@loket/contracts/held-replies.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { TimelineService } from '@loket/core/cases/timeline.service.js';
import { HeldRepliesService } from '@loket/core/messages/held-replies.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { caseRefSchema } from '../cases/case-ref.js';
import { Operation } from '../http/operation.decorator.js';

@Controller()
export class HeldRepliesController {
  constructor(
    private readonly held: HeldRepliesService,
    private readonly cases: CasesService,
    private readonly timeline: TimelineService,
  ) {}

  @Get('cases/:ref/held-replies')
  @Access()
  @Operation({ summary: 'Answers that have not left yet', answer: heldReplyListSchema })
  async list(@Param('ref', { schema: caseRefSchema }) ref: string): Promise<{ items: HeldReply[] }> {
    return { items: await this.held.list(await this.cases.resolve(ref)) };
  }

  @Post('cases/:ref/held-replies')
  @Access()
  @Operation({
    summary: 'Answer the customer, later',
    description:
      'In some seconds, so that it can be taken back, or at a chosen time. It leaves by itself, as the message of the ' +
      'same id; closing the browser changes nothing. Refused like an answer that leaves at once.',
    answer: heldReplySchema,
  })
  async hold(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Body({ schema: holdReplySchema }) body: HoldReply,
    @Headers('idempotency-key') once?: string,
  ): Promise<HeldReply> {
    return this.held.hold(await this.cases.locate(ref), body, me.agent, once);
  }

  @Patch('held-replies/:id')
  @Access()
  @Operation({
    summary: 'Send it at another time',
    description: 'What was kept back waits again. Left already: 409 `reply_sent`.',
    answer: heldReplySchema,
  })
  reschedule(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: rescheduleReplySchema }) body: RescheduleReply,
  ): Promise<HeldReply> {
    return this.held.reschedule(id, body, me.agent.id);
  }

  @Post('held-replies/:id/send')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Send it now',
    description: 'Whatever was written meanwhile. Left already: 409 `reply_sent`.',
    answer: timelineMessageSchema,
  })
  async sendNow(@Param('id', { schema: idSchema }) id: string): Promise<TimelineItem> {
    await this.held.sendNow(id);
    return this.timeline.message(id);
  }

  @Delete('held-replies/:id')
  @Access()
  @Operation({
    summary: 'Take it back',
    description:
      'It is never sent then; the answer says what it was. What a colleague takes back stays as a note of its writer. ' +
      'Left already: 409 `reply_sent`.',
    answer: heldReplySchema,
  })
  takeBack(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<HeldReply> {
    return this.held.takeBack(id, me.agent.id);
  }
}
