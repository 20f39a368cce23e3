import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { type HandedOver, handedOverSchema, type Handover, handoverSchema } from '@loket/contracts/bulk.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { Handovers } from '@loket/core/bulk/handovers.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('agents')
export class HandoverController {
  constructor(private readonly handovers: Handovers) {}

  @Post(':id/handover')
  @HttpCode(200)
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'Give everything that somebody has not finished to somebody else, or back to its teams',
    description:
      'Also of people who are disabled. Their drafts stay as notes. 422 `handover_to_himself`, `agent_unavailable`.',
    answer: handedOverSchema,
  })
  handOver(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: handoverSchema }) body: Handover,
  ): Promise<HandedOver> {
    return this.handovers.handOver(id, body, { id: me.agent.id, supervises: true });
  }
}
