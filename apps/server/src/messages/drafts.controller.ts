import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import {
  type Draft,
  draftListSchema,
  draftSchema,
  draftSlotSchema,
  type SaveDraft,
  saveDraftSchema,
} from '@loket/contracts/drafts.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { DraftsService } from '@loket/core/drafts/drafts.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { caseRefSchema } from '../cases/case-ref.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('cases/:ref/drafts')
export class DraftsController {
  constructor(
    private readonly drafts: DraftsService,
    private readonly cases: CasesService,
  ) {}

  @Get()
  @Access()
  @Operation({ summary: 'What I have written in this case and not sent', answer: draftListSchema })
  async list(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
  ): Promise<{ items: Draft[] }> {
    return { items: await this.drafts.list(me.agent.id, await this.cases.resolve(ref)) };
  }

  @Put(':slot')
  @Access({ scope: null })
  @Operation({
    summary: 'Keep a draft',
    description:
      'An older one than is kept changes nothing; an empty one is dropped. Answers with what is kept.',
    answer: draftSchema.nullable(),
  })
  async save(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Param('slot', { schema: draftSlotSchema }) slot: string,
    @Body({ schema: saveDraftSchema }) body: SaveDraft,
  ): Promise<Draft | null> {
    return this.drafts.save(me.agent.id, await this.cases.resolve(ref), slot, body);
  }

  @Delete(':slot')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'Drop a draft', answer: null })
  async remove(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Param('slot', { schema: draftSlotSchema }) slot: string,
  ): Promise<void> {
    await this.drafts.remove(me.agent.id, await this.cases.resolve(ref), slot);
  }
}
