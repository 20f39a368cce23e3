import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AppError } from '@loket/contracts/errors.js';
import { idSchema } from '@loket/contracts/primitives.js';
import {
  type PushState,
  pushStateSchema,
  pushSubscribedSchema,
  type PushSubscription,
  pushSubscriptionSchema,
} from '@loket/contracts/push.js';
import { PushSender } from '@loket/core/push/push-sender.js';
import { PushSubscriptions } from '@loket/core/push/push-subscriptions.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('me/push')
export class PushController {
  constructor(
    private readonly subscriptions: PushSubscriptions,
    private readonly sender: PushSender,
  ) {}

  @Get()
  @Access({ scope: null })
  @Operation({
    summary: 'Whether news can be pushed to browsers, and the key for it',
    answer: pushStateSchema,
  })
  state(): PushState {
    return { publicKey: this.sender.publicKey };
  }

  @Post('subscriptions')
  @Access({ scope: null })
  @Operation({
    summary: 'Push my news to this browser while I am signed in here',
    description: 'Without keys on the server: 422 `push_off`. An address of no known push service: 422.',
    answer: pushSubscribedSchema,
  })
  async add(
    @CurrentPrincipal() { agent, via }: Principal,
    @Body({ schema: pushSubscriptionSchema }) body: PushSubscription,
  ): Promise<{ id: string }> {
    if (via.kind !== 'session') throw new AppError('forbidden', 'session_needed', 'only for people');
    return { id: await this.subscriptions.add({ agentId: agent.id, sessionId: via.sessionId }, body) };
  }

  @Delete('subscriptions/:id')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'Push no more to this browser', answer: null })
  async remove(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<void> {
    await this.subscriptions.remove(me.agent.id, id);
  }
}
