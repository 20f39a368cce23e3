import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { TeamsModule } from '../teams/teams.module.js';
import { BoardService } from './board.service.js';

@Module({ imports: [CasesModule, TeamsModule], providers: [BoardService], exports: [BoardService] })
export class BoardModule {}
