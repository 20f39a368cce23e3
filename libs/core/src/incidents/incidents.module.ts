import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { EventsModule } from '../events/events.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { LedgerModule } from '../operations/ledger.module.js';
import { IncidentBroadcast } from './incident-broadcast.js';
import { IncidentLinks } from './incident-links.js';
import { IncidentRoutes } from './incident-routes.js';
import { IncidentUpdates } from './incident-updates.service.js';
import { IncidentsService } from './incidents.service.js';

@Module({
  imports: [CasesModule, EventsModule, JobsModule, LedgerModule, MessagesModule],
  providers: [IncidentBroadcast, IncidentLinks, IncidentRoutes, IncidentsService, IncidentUpdates],
  exports: [IncidentBroadcast, IncidentsService, IncidentUpdates],
})
export class IncidentsModule {}
