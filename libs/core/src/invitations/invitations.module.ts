import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { AccessModule } from '../access/access.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { EventsModule } from '../events/events.module.js';
import { TeamsModule } from '../teams/teams.module.js';
import { InvitationAcceptance } from './invitation-acceptance.js';
import { InvitationsService } from './invitations.service.js';

@Module({
  imports: [AccessModule, DeliveryModule, EventsModule, JobsModule, TeamsModule],
  providers: [InvitationAcceptance, InvitationsService],
  exports: [InvitationAcceptance, InvitationsService],
})
export class InvitationsModule {}
