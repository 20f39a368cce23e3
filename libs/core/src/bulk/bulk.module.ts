import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { BulkReasons } from './bulk-reasons.service.js';
import { BulkChanges } from './bulk.service.js';
import { Handovers } from './handovers.js';

@Module({
  imports: [EventsModule],
  providers: [BulkChanges, BulkReasons, Handovers],
  exports: [BulkChanges, BulkReasons, Handovers],
})
export class BulkModule {}
