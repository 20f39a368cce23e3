import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  type Session,
  sessionSchema,
  type Setup,
  setupSchema,
  setupStateSchema,
} from '@loket/contracts/access.js';
import { SetupService } from '@loket/core/access/setup.service.js';
import { Operation } from '../http/operation.decorator.js';
import { Public } from './access.decorator.js';
import { Browser, originOf } from './browser.js';

@Controller('setup')
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    private readonly browser: Browser,
  ) {}

  @Get()
  @Public()
  @Operation({ summary: 'Is the first admin still missing', answer: setupStateSchema })
  async state(): Promise<z.infer<typeof setupStateSchema>> {
    return { required: await this.setup.required() };
  }

  @Post()
  @Public()
  @Operation({ summary: 'Create the first admin and sign in', answer: sessionSchema })
  async setUp(
    @Body({ schema: setupSchema }) body: Setup,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    return this.browser.enter(reply, await this.setup.setUp(body, originOf(request)));
  }
}
