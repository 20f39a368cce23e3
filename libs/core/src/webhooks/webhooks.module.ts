import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { EventsModule } from '../events/events.module.js';
import { CallWriter } from './call-writer.js';
import { WebhookCalls } from './webhook-calls.service.js';
import { WebhookRefusals } from './webhook-refusals.js';
import { WebhookWork } from './webhook-work.js';

@Module({
  imports: [ChannelsModule, EventsModule, JobsModule],
  providers: [CallWriter, WebhookCalls, WebhookRefusals, WebhookWork],
  exports: [WebhookCalls, WebhookRefusals],
})
export class WebhooksModule {}
