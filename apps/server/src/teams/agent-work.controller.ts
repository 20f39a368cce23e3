import { Body, Controller, Get, Param, Patch, Put } from '@nestjs/common';
import { z } from 'zod';
import { idSchema } from '@loket/contracts/primitives.js';
import {
  type AgentWork,
  agentWorkSchema,
  type Availability,
  setAvailabilitySchema,
  type UpdateAgentWork,
  updateAgentWorkSchema,
} from '@loket/contracts/teams.js';
import { AgentWorkService } from '@loket/core/teams/agent-work.service.js';
import { Availabilities } from '@loket/core/teams/availability.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller()
export class AgentWorkController {
  constructor(
    private readonly work: AgentWorkService,
    private readonly availabilities: Availabilities,
  ) {}

  @Get('agents/work')
  @Access()
  @Operation({
    summary: 'Everybody at work: who is there, what they carry and can carry',
    answer: z.strictObject({ items: z.array(agentWorkSchema) }),
  })
  async list(): Promise<{ items: AgentWork[] }> {
    return { items: await this.work.list() };
  }

  @Patch('agents/:id/work')
  @Access({ role: 'supervisor' })
  @Operation({ summary: 'Change what somebody can carry, do and speak', answer: agentWorkSchema })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateAgentWorkSchema }) body: UpdateAgentWork,
  ): Promise<AgentWork> {
    return this.work.update(me.agent.id, id, body);
  }

  @Put('me/availability')
  @Access({ scope: null })
  @Operation({
    summary: 'Say that I am here, away, or off',
    description:
      'Whoever is away or off is given nothing new. Without any screen of his somebody is off anyhow.',
    answer: agentWorkSchema,
  })
  async choose(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: setAvailabilitySchema }) { availability }: { availability: Availability },
  ): Promise<AgentWork> {
    await this.availabilities.choose(me.agent.id, availability);
    return this.work.get(me.agent.id);
  }
}
