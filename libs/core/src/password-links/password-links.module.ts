import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { AccessModule } from '../access/access.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { EventsModule } from '../events/events.module.js';
import { PasswordLinks } from './password-links.service.js';

@Module({
  imports: [AccessModule, DeliveryModule, EventsModule, JobsModule],
  providers: [PasswordLinks],
  exports: [PasswordLinks],
})
export class PasswordLinksModule {}
