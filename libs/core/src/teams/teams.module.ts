import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { EventsModule } from '../events/events.module.js';
import { AgentWorkService } from './agent-work.service.js';
import { Availabilities } from './availability.service.js';
import { TeamsService } from './teams.service.js';

@Module({
  imports: [EventsModule, JobsModule],
  providers: [AgentWorkService, Availabilities, TeamsService],
  exports: [AgentWorkService, Availabilities, TeamsService],
})
export class TeamsModule {}
