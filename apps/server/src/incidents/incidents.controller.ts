import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Put, Query } from '@nestjs/common';
import {
  type CreateIncident,
  createIncidentSchema,
  type CreateIncidentUpdate,
  createIncidentUpdateSchema,
  type Incident,
  type IncidentDetail,
  incidentDetailSchema,
  type IncidentLink,
  incidentLinkSchema,
  incidentPageSchema,
  type IncidentReach,
  incidentReachSchema,
  type IncidentUpdate,
  incidentUpdateSchema,
  type ListIncidents,
  listIncidentsQuery,
  type UpdateIncident,
  updateIncidentSchema,
} from '@loket/contracts/incidents.js';
import { idSchema, type Page } from '@loket/contracts/primitives.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { IncidentUpdates } from '@loket/core/incidents/incident-updates.service.js';
import { IncidentsService } from '@loket/core/incidents/incidents.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { caseRefSchema } from '../cases/case-ref.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('incidents')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentsService,
    private readonly updates: IncidentUpdates,
    private readonly cases: CasesService,
  ) {}

  @Get()
  @Access()
  @Operation({ summary: 'List incidents, newest first', answer: incidentPageSchema })
  list(@Query({ schema: listIncidentsQuery }) query: ListIncidents): Promise<Page<Incident>> {
    return this.incidents.list(query);
  }

  @Post()
  @Access()
  @Operation({
    summary: 'Open an incident, with cases if wanted',
    description: 'A case is in one incident at most: 409 `case_in_other_incident` names the one that has it.',
    answer: incidentDetailSchema,
  })
  create(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createIncidentSchema }) body: CreateIncident,
  ): Promise<IncidentDetail> {
    return this.incidents.create(body, me.agent.id);
  }

  @Get(':id')
  @Access()
  @Operation({
    summary: 'One incident, its cases and what their customers were told',
    answer: incidentDetailSchema,
  })
  get(@Param('id', { schema: idSchema }) id: string): Promise<IncidentDetail> {
    return this.incidents.get(id);
  }

  @Patch(':id')
  @Access()
  @Operation({
    summary: 'Rename, resolve or reopen an incident',
    description:
      'Resolving leaves the linked cases alone unless `resolveCases`; `openCaseCount` in the answer tells how many are ' +
      'not resolved. With a stale `version`: 409 `version_conflict`, `data` is the incident as it is now.',
    answer: incidentDetailSchema,
  })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateIncidentSchema }) body: UpdateIncident,
  ): Promise<IncidentDetail> {
    return this.incidents.update(id, body, me.agent.id);
  }

  @Put(':id/cases/:ref')
  @Access()
  @Operation({
    summary: 'Link a case, by id or number',
    description:
      'The answer names the operation, which can be undone; null when the case was linked already.',
    answer: incidentLinkSchema,
  })
  async link(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Param('ref', { schema: caseRefSchema }) ref: string,
  ): Promise<IncidentLink> {
    return this.incidents.link(id, [await this.cases.resolve(ref)], { actorId: me.agent.id });
  }

  @Delete(':id/cases/:ref')
  @Access()
  @Operation({ summary: 'Unlink a case', answer: incidentLinkSchema })
  async unlink(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Param('ref', { schema: caseRefSchema }) ref: string,
  ): Promise<IncidentLink> {
    return this.incidents.unlink(id, [await this.cases.resolve(ref)], { actorId: me.agent.id });
  }

  @Get(':id/reach')
  @Access()
  @Operation({ summary: 'Whom an update would reach, and how', answer: incidentReachSchema })
  reach(@Param('id', { schema: idSchema }) id: string): Promise<IncidentReach> {
    return this.updates.reach(id);
  }

  @Post(':id/updates')
  @Access()
  @Operation({
    summary: 'Tell the customers of all linked cases',
    description:
      'One text, one answer in each linked case, to its customer alone and on his own channel. They are written in the ' +
      'background; `deliveries` tells what became of each. `{{name}}` becomes the name of the customer.',
    answer: incidentUpdateSchema,
  })
  tell(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: createIncidentUpdateSchema }) body: CreateIncidentUpdate,
    @Headers('idempotency-key') once?: string,
  ): Promise<IncidentUpdate> {
    return this.updates.create(id, body, me.agent.id, once);
  }
}
