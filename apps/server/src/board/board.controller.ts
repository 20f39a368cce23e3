import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Board, boardSchema, type Rebalance, rebalanceSchema } from '@loket/contracts/board.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { BoardService } from '@loket/core/board/board.service.js';
import { Access } from '../access/access.decorator.js';
import { Operation } from '../http/operation.decorator.js';

@Controller()
export class BoardController {
  constructor(private readonly board: BoardService) {}

  @Get('board')
  @Access({ role: 'supervisor' })
  @Operation({ summary: 'Everybody at work and every queue, as they are now', answer: boardSchema })
  read(): Promise<Board> {
    return this.board.read();
  }

  @Post('teams/:id/rebalance')
  @HttpCode(200)
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'What would load a team evenly',
    description: 'Nothing is moved: the moves go to POST /cases/moves when they are wanted.',
    answer: rebalanceSchema,
  })
  rebalance(@Param('id', { schema: idSchema }) id: string): Promise<Rebalance> {
    return this.board.rebalance(id);
  }
}
