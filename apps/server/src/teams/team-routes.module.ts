import { Module } from '@nestjs/common';
import { TeamsModule } from '@loket/core/teams/teams.module.js';
import { AgentWorkController } from './agent-work.controller.js';
import { TeamsController } from './teams.controller.js';

@Module({ imports: [TeamsModule], controllers: [AgentWorkController, TeamsController] })
export class TeamRoutesModule {}
