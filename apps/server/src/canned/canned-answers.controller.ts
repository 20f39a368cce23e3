import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  type CannedAnswer,
  cannedAnswerListSchema,
  cannedAnswerSchema,
  type CreateCannedAnswer,
  createCannedAnswerSchema,
  type ListCanned,
  listCannedQuery,
  type UpdateCannedAnswer,
  updateCannedAnswerSchema,
} from '@loket/contracts/canned-answers.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { hasRole } from '@loket/core/access/principal.js';
import { type CannedActor, CannedAnswersService } from '@loket/core/canned/canned-answers.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('canned-answers')
export class CannedAnswersController {
  constructor(private readonly canned: CannedAnswersService) {}

  @Get()
  @Access()
  @Operation({
    summary: 'Canned answers: mine, those of my teams, and everybody’s',
    description: '`of=every`: for supervisors those of other teams too; for others it changes nothing.',
    answer: cannedAnswerListSchema,
  })
  async list(
    @CurrentPrincipal() me: Principal,
    @Query({ schema: listCannedQuery }) { of }: ListCanned,
  ): Promise<{ items: CannedAnswer[] }> {
    const every = of === 'every' && hasRole(me, 'supervisor');
    return { items: await this.canned.list(me.agent.id, every ? 'all' : 'own') };
  }

  @Post()
  @Access()
  @Operation({
    summary: 'Write a canned answer',
    description:
      'One’s own; what others use too needs a supervisor: 403 `supervisor_needed`. 409 `shortcut_taken`.',
    answer: cannedAnswerSchema,
  })
  create(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createCannedAnswerSchema }) body: CreateCannedAnswer,
  ): Promise<CannedAnswer> {
    return this.canned.create(actorOf(me), body);
  }

  @Patch(':id')
  @Access()
  @Operation({
    summary: 'Change a canned answer',
    description: 'With a stale `version`: 409 `version_conflict`, `data` is it as it is now.',
    answer: cannedAnswerSchema,
  })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateCannedAnswerSchema }) body: UpdateCannedAnswer,
  ): Promise<CannedAnswer> {
    return this.canned.update(actorOf(me), id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access()
  @Operation({ summary: 'Delete a canned answer', answer: null })
  async remove(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<void> {
    await this.canned.remove(actorOf(me), id);
  }
}

function actorOf(me: Principal): CannedActor {
  return { id: me.agent.id, supervises: hasRole(me, 'supervisor') };
}
