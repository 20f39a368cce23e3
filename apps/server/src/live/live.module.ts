import { Module } from '@nestjs/common';
import { AccessModule } from '@loket/core/access/access.module.js';
import { CallsModule } from '@loket/core/calls/calls.module.js';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { EventsModule } from '@loket/core/events/events.module.js';
import { NoticesModule } from '@loket/core/notices/notices.module.js';
import { TeamsModule } from '@loket/core/teams/teams.module.js';
import { LiveBroadcast } from './live-broadcast.js';
import { LiveGateway } from './live.gateway.js';
import { PresenceNews } from './presence-news.js';

@Module({
  imports: [AccessModule, CallsModule, CasesModule, EventsModule, NoticesModule, TeamsModule],
  providers: [LiveBroadcast, LiveGateway, PresenceNews],
  exports: [LiveBroadcast, PresenceNews],
})
export class LiveModule {}
