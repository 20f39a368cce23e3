import { Controller, Get, Header, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { type VisitorCard, visitorCardsSchema, visitorKeySchema } from '@loket/contracts/visitor-cards.js';
import { VisitorCards } from '@loket/core/visitors/visitor-cards.service.js';
import { VisitorKeys } from '@loket/core/visitors/visitor-keys.service.js';
import { Access } from '../access/access.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { VisitorWhereabouts } from './visitor-whereabouts.js';

/** Visitors, for the people who work here. */
@Controller()
export class VisitorCardsController {
  constructor(
    private readonly cards: VisitorCards,
    private readonly keys: VisitorKeys,
    private readonly whereabouts: VisitorWhereabouts,
  ) {}

  @Get('customers/:id/visitors')
  @Access()
  @Operation({
    summary: 'The browsers that a customer chats from',
    description:
      'Whether he is here, the page that he is on, where he came from, his browser and language, and what he answered before.',
    answer: visitorCardsSchema,
  })
  async ofCustomer(@Param('id', { schema: idSchema }) id: string): Promise<{ items: VisitorCard[] }> {
    const cards = await this.cards.ofCustomer(id);
    return { items: cards.map((card) => ({ ...card, online: this.whereabouts.isHere(card.id) })) };
  }

  @Post('channels/:id/visitor-key')
  @Access({ role: 'admin' })
  @Header('Cache-Control', 'no-store')
  @NotRepeatable('its answer is a secret, which is never stored')
  @Operation({
    summary: 'A new key with which a site signs who its visitors are',
    description: 'Shown this once. What was signed with the one before counts no more.',
    answer: visitorKeySchema,
  })
  renew(
    @Param('id', { schema: idSchema }) id: string,
    @Req() { principal }: FastifyRequest,
  ): Promise<{ secret: string }> {
    if (!principal) throw new AppError('unauthenticated', 'sign_in_required', 'sign in first');
    return this.keys.renew(principal, id);
  }
}
