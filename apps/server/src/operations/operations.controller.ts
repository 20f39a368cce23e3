import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  listOperationsQuery,
  type Operation as LedgerOperation,
  operationPageSchema,
  operationSchema,
  type UndoneOperation,
  undoneOperationSchema,
  type UndoPreview,
  undoPreviewSchema,
} from '@loket/contracts/operations.js';
import { idSchema, type Page } from '@loket/contracts/primitives.js';
import { OperationsService } from '@loket/core/operations/operations.service.js';
import { UndoService } from '@loket/core/operations/undo.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('operations')
export class OperationsController {
  constructor(
    private readonly operations: OperationsService,
    private readonly undoing: UndoService,
  ) {}

  @Get()
  @Access()
  @Operation({
    summary: 'List merges, splits and links, newest first',
    description: 'Of one case or customer, also of those merged into them, or of the whole desk.',
    answer: operationPageSchema,
  })
  list(
    @Query({ schema: listOperationsQuery }) query: z.infer<typeof listOperationsQuery>,
  ): Promise<Page<LedgerOperation>> {
    return this.operations.list(query);
  }

  @Get(':id')
  @Access()
  @Operation({ summary: 'One merge, split or link', answer: operationSchema })
  get(@Param('id', { schema: idSchema }) id: string): Promise<LedgerOperation> {
    return this.operations.get(id);
  }

  @Get(':id/undo-preview')
  @Access()
  @Operation({
    summary: 'What undoing it would do now',
    description:
      '`following`: messages that came since and go along. `blockedBy`: what has to be undone before, newest first.',
    answer: undoPreviewSchema,
  })
  preview(@Param('id', { schema: idSchema }) id: string): Promise<UndoPreview> {
    return this.undoing.preview(id);
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Undo a merge, split or link exactly',
    description:
      'Later operations on the same messages stand in the way: 409 `undo_blocked`, `data.blockedBy` lists them, newest ' +
      'first. Done already: 409 `already_undone`.',
    answer: undoneOperationSchema,
  })
  undo(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<UndoneOperation> {
    return this.undoing.undo(id, me.agent.id);
  }
}
