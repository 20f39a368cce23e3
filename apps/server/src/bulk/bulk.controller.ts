import { Body, Controller, Param, Post } from '@nestjs/common';
import {
  type BulkChange,
  bulkChangeSchema,
  type BulkReason,
  bulkReasonSchema,
  type BulkReasoned,
  bulkReasonedSchema,
  type BulkResult,
  bulkResultSchema,
  type BulkUndo,
  bulkUndoSchema,
  type MoveCases,
  moveCasesSchema,
} from '@loket/contracts/bulk.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { hasRole } from '@loket/core/access/principal.js';
import { BulkReasons } from '@loket/core/bulk/bulk-reasons.service.js';
import { type BulkActor, BulkChanges } from '@loket/core/bulk/bulk.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller()
export class BulkController {
  constructor(
    private readonly bulk: BulkChanges,
    private readonly reasons: BulkReasons,
  ) {}

  @Post('cases/bulk')
  @Access()
  @Operation({
    summary: 'Change many cases at once',
    description:
      'One transaction; cases that refuse stand in `refused` with the code that PATCH /cases/{id} would give, the others ' +
      'are changed all the same. 422 `agent_unavailable` or `team_not_found`: nothing is changed.',
    answer: bulkResultSchema,
  })
  change(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: bulkChangeSchema }) { caseIds, change, reason }: BulkChange,
  ): Promise<BulkResult> {
    return this.bulk.apply(new Map(caseIds.map((id) => [id, change])), reason, actorOf(me));
  }

  @Post('cases/moves')
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'Give many cases to people, each to his own',
    description: 'As `POST /cases/bulk`. Whoever loses a case keeps what he had written there as a note.',
    answer: bulkResultSchema,
  })
  move(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: moveCasesSchema }) { moves, reason }: MoveCases,
  ): Promise<BulkResult> {
    return this.bulk.apply(new Map(moves.map(({ caseId, ...to }) => [caseId, to])), reason, actorOf(me));
  }

  @Post('bulk/:id/reason')
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'Say why cases were moved, after they were',
    description:
      'For whoever moved them, within ten minutes. It stands in the history of each case that nobody moved on since, and in ' +
      'the news of whoever got or lost it. 403 `bulk_of_another`; 409 `undone_already`, `reason_too_late`.',
    answer: bulkReasonedSchema,
  })
  reason(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: bulkReasonSchema }) { reason }: BulkReason,
  ): Promise<BulkReasoned> {
    return this.reasons.give(id, reason, me.agent.id);
  }

  @Post('bulk/:id/undo')
  @Access()
  @Operation({
    summary: 'Take a change of many cases back',
    description:
      'Cases in which somebody changed the very same thing since stay as they are: `kept`. 403 `bulk_of_another` unless ' +
      'one did it or supervises; 409 `undone_already`.',
    answer: bulkUndoSchema,
  })
  undo(@CurrentPrincipal() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<BulkUndo> {
    return this.bulk.undo(id, actorOf(me));
  }
}

function actorOf(me: Principal): BulkActor {
  return { id: me.agent.id, supervises: hasRole(me, 'supervisor') };
}
