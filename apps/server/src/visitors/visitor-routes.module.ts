import { Module } from '@nestjs/common';
import { AccessModule } from '@loket/core/access/access.module.js';
import { EventsModule } from '@loket/core/events/events.module.js';
import { VisitorsModule } from '@loket/core/visitors/visitors.module.js';
import { LiveModule } from '../live/live.module.js';
import { VisitorBroadcast } from './visitor-broadcast.js';
import { VisitorCardsController } from './visitor-cards.controller.js';
import { VisitorDoor } from './visitor-door.js';
import { VisitorFilesController } from './visitor-files.controller.js';
import { VisitorLimits } from './visitor-limits.js';
import { VisitorPackets } from './visitor-packets.js';
import { VisitorPicturesController } from './visitor-pictures.controller.js';
import { VisitorWhereabouts } from './visitor-whereabouts.js';
import { VisitorsController } from './visitors.controller.js';
import { VisitorsGateway } from './visitors.gateway.js';

@Module({
  imports: [AccessModule, EventsModule, LiveModule, VisitorsModule],
  controllers: [
    VisitorCardsController,
    VisitorFilesController,
    VisitorPicturesController,
    VisitorsController,
  ],
  providers: [
    VisitorBroadcast,
    VisitorDoor,
    VisitorLimits,
    VisitorPackets,
    VisitorsGateway,
    VisitorWhereabouts,
  ],
})
export class VisitorRoutesModule {}
