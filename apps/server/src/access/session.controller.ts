import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  sessionPageSchema,
  sessionSchema,
  type Session,
  type SignIn,
  signInSchema,
} from '@loket/contracts/access.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { AgentsService } from '@loket/core/access/agents.service.js';
import { sessionSecret } from '@loket/core/access/session-cookie.js';
import { SessionsService } from '@loket/core/access/sessions.service.js';
import { SignInService } from '@loket/core/access/sign-in.service.js';
import { Operation } from '../http/operation.decorator.js';
import { Access, Public } from './access.decorator.js';
import { Browser, originOf } from './browser.js';
import { CurrentPrincipal, type Principal } from './principal.js';

@Controller()
export class SessionController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
    private readonly agents: AgentsService,
    private readonly browser: Browser,
  ) {}

  @Post('session')
  @Public()
  @Operation({
    summary: 'Sign in',
    description:
      'Where the password alone is not enough: 401 `second_factor_required` or `second_factor_setup_required`, with ' +
      'a `challenge` and `expiresAt` in `data`. Go on at `POST /session/second-factor`.',
    answer: sessionSchema,
  })
  async signIn(
    @Body({ schema: signInSchema }) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const earlier = sessionSecret(request.headers.cookie);
    return this.browser.enter(reply, await this.signIns.signIn(body, originOf(request), earlier));
  }

  @Get('session')
  @Access()
  @Operation({ summary: 'Who am I', answer: sessionSchema })
  async current(@CurrentPrincipal() me: Principal): Promise<Session> {
    return { agent: await this.agents.get(me.agent.id) };
  }

  @Delete('session')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'Sign out', answer: null })
  async signOut(
    @CurrentPrincipal() me: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (me.via.kind === 'session') await this.sessions.revoke(me.agent.id, me.via.sessionId);
    this.browser.leave(reply);
  }

  @Get('sessions')
  @Access({ scope: null })
  @Operation({ summary: 'List my sessions', answer: sessionPageSchema })
  list(@CurrentPrincipal() me: Principal): Promise<z.infer<typeof sessionPageSchema>> {
    return this.sessions.list(me.agent.id, me.via.kind === 'session' ? me.via.sessionId : null);
  }

  @Delete('sessions')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'End all of my sessions but this one', answer: null })
  async revokeOthers(@CurrentPrincipal() me: Principal): Promise<void> {
    await this.sessions.revokeOthers(me);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'End one of my sessions', answer: null })
  async revoke(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<void> {
    await this.sessions.revoke(me.agent.id, id);
  }
}
