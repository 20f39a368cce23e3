import { Module } from '@nestjs/common';
import { BoardModule } from '@loket/core/board/board.module.js';
import { BoardController } from './board.controller.js';

@Module({ imports: [BoardModule], controllers: [BoardController] })
export class BoardRoutesModule {}
