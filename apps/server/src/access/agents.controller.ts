import { Body, Controller, Get, Param, Patch, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type Agent,
  agentPageSchema,
  agentSchema,
  type Colleague,
  colleagueSchema,
  type CreateAgent,
  createAgentSchema,
  type UpdateAgent,
  updateAgentSchema,
  type UpdateMe,
  updateMeSchema,
} from '@loket/contracts/access.js';
import { idSchema, type Page } from '@loket/contracts/primitives.js';
import { AgentsService } from '@loket/core/access/agents.service.js';
import { Operation } from '../http/operation.decorator.js';
import { Access } from './access.decorator.js';
import { CurrentPrincipal, type Principal } from './principal.js';

@Controller()
export class AgentsController {
  constructor(private readonly agents: AgentsService) {}

  @Get('me')
  @Access()
  @Operation({ summary: 'My own profile', answer: agentSchema })
  me(@CurrentPrincipal() me: Principal): Promise<Agent> {
    return this.agents.get(me.agent.id);
  }

  @Patch('me')
  @Access({ scope: null })
  @Operation({ summary: 'Change my profile or password', answer: agentSchema })
  updateMe(
    @CurrentPrincipal() me: Principal,
    @Req() request: FastifyRequest,
    @Body({ schema: updateMeSchema }) body: UpdateMe,
  ): Promise<Agent> {
    return this.agents.updateMe(me, request.ip, body);
  }

  @Get('agents/refs')
  @Access()
  @Operation({
    summary: 'Names and pictures of all agents',
    answer: z.strictObject({ items: z.array(colleagueSchema) }),
  })
  refs(): Promise<{ items: Colleague[] }> {
    return this.agents.refs();
  }

  @Get('agents')
  @Access({ role: 'admin' })
  @Operation({ summary: 'List agents', answer: agentPageSchema })
  list(): Promise<Page<Agent>> {
    return this.agents.list();
  }

  @Post('agents')
  @Access({ role: 'admin' })
  @Operation({ summary: 'Create an agent', answer: agentSchema })
  create(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createAgentSchema }) body: CreateAgent,
  ): Promise<Agent> {
    return this.agents.create(me, body);
  }

  @Patch('agents/:id')
  @Access({ role: 'admin' })
  @Operation({ summary: 'Change or disable an agent', answer: agentSchema })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateAgentSchema }) body: UpdateAgent,
  ): Promise<Agent> {
    return this.agents.update(me, id, body);
  }
}
