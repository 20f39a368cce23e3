import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { AccessModule } from '../access/access.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { InvitationsModule } from '../invitations/invitations.module.js';
import { PasswordLinksModule } from '../password-links/password-links.module.js';
import { VisitorsModule } from '../visitors/visitors.module.js';
import { Prune } from './prune.js';

@Module({
  imports: [
    JobsModule,
    AccessModule,
    IdempotencyModule,
    InvitationsModule,
    PasswordLinksModule,
    VisitorsModule,
  ],
  providers: [Prune],
})
export class MaintenanceModule {}
