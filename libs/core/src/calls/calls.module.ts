import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChannelsModule } from '../channels/channels.module.js';
import { EventsModule } from '../events/events.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { CallDraft } from './call-draft.entity.js';
import { CallImports } from './call-imports.service.js';
import { CallLines } from './call-lines.service.js';
import { CallMoves } from './call-moves.service.js';
import { CallDrafts } from './call-drafts.service.js';
import { Callers } from './callers.service.js';
import { CallsService } from './calls.service.js';
import { Recordings } from './recordings.service.js';
import { RingingCalls } from './ringing.service.js';

@Module({
  imports: [
    ChannelsModule,
    EventsModule,
    IntakeModule,
    JobsModule,
    OperationsModule,
    TypeOrmModule.forFeature([CallDraft]),
  ],
  providers: [CallDrafts, CallImports, CallLines, CallMoves, Callers, CallsService, Recordings, RingingCalls],
  exports: [CallDrafts, CallImports, CallLines, CallMoves, Callers, CallsService, Recordings, RingingCalls],
})
export class CallsModule {}
