import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  type CaseOperation,
  caseOperationSchema,
  type MergeCase,
  mergeCaseSchema,
  type MergePreview,
  mergePreviewQuery,
  mergePreviewSchema,
  type SplitCase,
  splitCaseSchema,
} from '@loket/contracts/operations.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { CaseOperations } from '@loket/core/operations/case-operations.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';
import { caseRefSchema } from './case-ref.js';

/** Joining cases and taking them apart. */
@Controller('cases')
export class CaseShapeController {
  constructor(
    private readonly cases: CasesService,
    private readonly operations: CaseOperations,
  ) {}

  @Get(':ref/merge-preview')
  @Access()
  @Operation({ summary: 'What a merge would make of two cases', answer: mergePreviewSchema })
  async preview(
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Query({ schema: mergePreviewQuery }) { into }: z.infer<typeof mergePreviewQuery>,
  ): Promise<MergePreview> {
    return this.operations.mergePreview(await this.cases.locate(ref), into);
  }

  @Post(':ref/merge')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Merge a case into another',
    description:
      'Its messages, notes and threads go there, and its number leads there for ever. `into` is an id or a number. Can be ' +
      'undone exactly: POST /operations/{id}/undo. With a stale `version`: 409 `version_conflict`.',
    answer: caseOperationSchema,
  })
  async merge(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Body({ schema: mergeCaseSchema }) body: MergeCase,
  ): Promise<CaseOperation> {
    return this.operations.merge(await this.cases.locate(ref), body, { actorId: me.agent.id });
  }

  @Post(':ref/split')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Take messages out of a case into one of their own',
    description:
      'Or into another open case, by id or number in `into`. What is said next in their threads follows them. The two cases ' +
      'are not suggested to be joined again. Can be undone exactly. With a stale `version`: 409 `version_conflict`.',
    answer: caseOperationSchema,
  })
  async split(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Body({ schema: splitCaseSchema }) body: SplitCase,
  ): Promise<CaseOperation> {
    return this.operations.split(await this.cases.resolve(ref), body, { actorId: me.agent.id });
  }
}
