import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { idSchema } from '@loket/contracts/primitives.js';
import {
  type CreateTeam,
  createTeamSchema,
  type Team,
  teamListSchema,
  teamSchema,
  type UpdateTeam,
  updateTeamSchema,
} from '@loket/contracts/teams.js';
import { TeamsService } from '@loket/core/teams/teams.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('teams')
export class TeamsController {
  constructor(private readonly teams: TeamsService) {}

  @Get()
  @Access()
  @Operation({ summary: 'List teams, closed ones too', answer: teamListSchema })
  async list(): Promise<{ items: Team[] }> {
    return { items: await this.teams.list() };
  }

  @Post()
  @Access({ role: 'admin' })
  @Operation({
    summary: 'Open a team',
    description:
      'New cases of `channelIds` are its work from now on. 409 `team_name_taken`; 422 `agent_unavailable`, ' +
      '`channel_not_found`, `overflow_unknown`, `overflow_circle`.',
    answer: teamSchema,
  })
  create(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createTeamSchema }) body: CreateTeam,
  ): Promise<Team> {
    return this.teams.create(me.agent.id, body);
  }

  @Get(':id')
  @Access()
  @Operation({ summary: 'One team', answer: teamSchema })
  get(@Param('id', { schema: idSchema }) id: string): Promise<Team> {
    return this.teams.get(id);
  }

  @Patch(':id')
  @Access({ role: 'admin' })
  @Operation({
    summary: 'Change or close a team',
    description:
      'A closed team keeps its cases and gets nothing new. With a stale `version`: 409 `version_conflict`, `data` is the ' +
      'team as it is now.',
    answer: teamSchema,
  })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateTeamSchema }) body: UpdateTeam,
  ): Promise<Team> {
    return this.teams.update(me.agent.id, id, body);
  }
}
