import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { EventsModule } from '../events/events.module.js';
import { PushNotices } from './push-notices.service.js';
import { PushSender } from './push-sender.js';
import { PushSubscriptions } from './push-subscriptions.service.js';

@Module({
  imports: [EventsModule, JobsModule],
  providers: [PushNotices, PushSender, PushSubscriptions],
  exports: [PushNotices, PushSender, PushSubscriptions],
})
export class PushModule {}
