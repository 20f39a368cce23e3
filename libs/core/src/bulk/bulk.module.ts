import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { BulkChanges } from './bulk.service.js';

@Module({ imports: [EventsModule], providers: [BulkChanges], exports: [BulkChanges] })
export class BulkModule {}
