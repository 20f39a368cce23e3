import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { AccessModule } from '../access/access.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { VisitorsModule } from '../visitors/visitors.module.js';
import { Prune } from './prune.js';

@Module({ imports: [JobsModule, AccessModule, IdempotencyModule, VisitorsModule], providers: [Prune] })
export class MaintenanceModule {}
