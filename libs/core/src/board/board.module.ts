import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { EventsModule } from '../events/events.module.js';
import { TeamsModule } from '../teams/teams.module.js';
import { BoardCards } from './board-cards.js';
import { BoardService } from './board.service.js';

@Module({
  imports: [CasesModule, EventsModule, TeamsModule],
  providers: [BoardCards, BoardService],
  exports: [BoardService],
})
export class BoardModule {}
