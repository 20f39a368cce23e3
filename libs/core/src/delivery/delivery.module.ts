import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { EventsModule } from '../events/events.module.js';
import { DeliveryService } from './delivery.service.js';
import { Outbox } from './outbox.js';
import { OwnMail } from './own-mail.js';
import { ReadMarks } from './read-marks.js';
import { Receipts } from './receipts.js';

@Module({
  imports: [ChannelsModule, EventsModule, JobsModule],
  providers: [DeliveryService, Outbox, OwnMail, ReadMarks, Receipts],
  exports: [DeliveryService, Outbox, OwnMail, Receipts],
})
export class DeliveryModule {}
