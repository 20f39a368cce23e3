import { Module } from '@nestjs/common';
import { EventFeed } from './event-feed.js';
import { EventLog } from './event-log.js';

@Module({ providers: [EventLog, EventFeed], exports: [EventLog, EventFeed] })
export class EventsModule {}
