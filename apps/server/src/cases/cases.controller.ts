import { Body, Controller, Get, Param, Patch, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  type AssignCase,
  assignCaseSchema,
  caseCountsSchema,
  type CaseDetail,
  caseIdsQuery,
  type CaseIdsQuery,
  type CaseName,
  caseNamePageSchema,
  type CasePage,
  casePageSchema,
  caseSchema,
  type CaseTotal,
  caseTotalQuery,
  type CaseTotalQuery,
  caseTotalSchema,
  type ListCases,
  listCasesQuery,
  type TimelineItem,
  timelinePageSchema,
  timelineQuery,
  type UpdateCase,
  updateCaseSchema,
} from '@loket/contracts/cases.js';
import type { Page } from '@loket/contracts/primitives.js';
import { CaseAssignments } from '@loket/core/cases/case-assignments.service.js';
import { CaseChanges } from '@loket/core/cases/case-changes.service.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { TimelineService } from '@loket/core/cases/timeline.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';
import { caseRefSchema } from './case-ref.js';

@Controller('cases')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly changes: CaseChanges,
    private readonly assignments: CaseAssignments,
    private readonly timelines: TimelineService,
  ) {}

  @Get()
  @Access()
  @Operation({
    summary: 'List cases',
    description:
      '`q` looks for a number, words of messages, and the name or address of the customer. The open list leaves out ' +
      'what is snoozed. `mine` is about the agent who asks, or who made the token. `cursor` leads on, `before` back; ' +
      '`offset` jumps.',
    answer: casePageSchema,
  })
  list(
    @CurrentPrincipal() me: Principal,
    @Query({ schema: listCasesQuery }) query: ListCases,
  ): Promise<CasePage> {
    return this.cases.list(query, me.agent.id);
  }

  @Get('total')
  @Access()
  @Operation({
    summary: 'Count the cases of a list',
    description: 'Takes what `GET /cases` takes, and counts up to 100,000.',
    answer: caseTotalSchema,
  })
  total(
    @CurrentPrincipal() me: Principal,
    @Query({ schema: caseTotalQuery }) query: CaseTotalQuery,
  ): Promise<CaseTotal> {
    return this.cases.total(query, me.agent.id);
  }

  @Get('ids')
  @Access()
  @Operation({
    summary: 'Ids and numbers of the cases of a list',
    description:
      'Takes what `GET /cases` takes, and gives up to 5,000 at a time: for a change of all of them.',
    answer: caseNamePageSchema,
  })
  ids(
    @CurrentPrincipal() me: Principal,
    @Query({ schema: caseIdsQuery }) query: CaseIdsQuery,
  ): Promise<Page<CaseName>> {
    return this.cases.names(query, me.agent.id);
  }

  @Get('counts')
  @Access()
  @Operation({ summary: 'Count open cases per view', answer: caseCountsSchema })
  counts(@CurrentPrincipal() me: Principal): Promise<z.infer<typeof caseCountsSchema>> {
    return this.cases.counts(me.agent.id);
  }

  @Get(':ref')
  @Access()
  @Operation({ summary: 'One case, by id or number, and how it can be answered', answer: caseSchema })
  get(@Param('ref', { schema: caseRefSchema }) ref: string): Promise<CaseDetail> {
    return this.cases.get(ref);
  }

  @Patch(':ref')
  @Access()
  @Operation({
    summary: 'Change status, priority, subject, tags or snooze',
    description: 'With a stale `version`: 409 `version_conflict`, `data` is the case as it is now.',
    answer: caseSchema,
  })
  async update(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Body({ schema: updateCaseSchema }) body: UpdateCase,
  ): Promise<CaseDetail> {
    return this.changes.update(await this.cases.locate(ref), body, me.agent.id);
  }

  @Put(':ref/assignee')
  @Access()
  @Operation({
    summary: 'Assign, reassign or release a case',
    description:
      '`agentId: null` releases it. With a stale `version`: 409 `version_conflict`, `data` is the case as it is now.',
    answer: caseSchema,
  })
  async assign(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Body({ schema: assignCaseSchema }) body: AssignCase,
  ): Promise<CaseDetail> {
    return this.assignments.assign(await this.cases.locate(ref), body, me.agent.id);
  }

  @Get(':ref/timeline')
  @Access()
  @Operation({
    summary: 'Messages, notes and events of a case',
    description: 'The newest page first, oldest item first within it; `nextCursor` leads to older ones.',
    answer: timelinePageSchema,
  })
  async timeline(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
    @Query({ schema: timelineQuery }) query: z.infer<typeof timelineQuery>,
  ): Promise<Page<TimelineItem>> {
    return this.timelines.ofCase(await this.cases.resolve(ref), query, me.agent.id);
  }
}
