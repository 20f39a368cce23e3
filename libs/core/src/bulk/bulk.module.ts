import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { BulkChanges } from './bulk.service.js';
import { Handovers } from './handovers.js';

@Module({ imports: [EventsModule], providers: [BulkChanges, Handovers], exports: [BulkChanges, Handovers] })
export class BulkModule {}
