import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import {
  type CreateToken,
  createdTokenSchema,
  createTokenSchema,
  tokenPageSchema,
} from '@loket/contracts/access.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { TokensService } from '@loket/core/access/tokens.service.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { Access } from './access.decorator.js';
import { CurrentPrincipal, type Principal } from './principal.js';

@Controller('tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Get()
  @Access({ scope: null })
  @Operation({ summary: 'List my API tokens', answer: tokenPageSchema })
  list(@CurrentPrincipal() me: Principal): Promise<z.infer<typeof tokenPageSchema>> {
    return this.tokens.list(me.agent.id);
  }

  @Post()
  @Access({ scope: null })
  @NotRepeatable('the answer holds the token, which must not be stored')
  @Operation({ summary: 'Make an API token; it is shown this once', answer: createdTokenSchema })
  create(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createTokenSchema }) body: CreateToken,
  ): Promise<z.infer<typeof createdTokenSchema>> {
    return this.tokens.create(me, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'Revoke an API token', answer: null })
  async revoke(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<void> {
    await this.tokens.revoke(me.agent.id, id);
  }
}
