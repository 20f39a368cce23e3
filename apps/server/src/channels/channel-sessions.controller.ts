import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import {
  type ChannelSession,
  channelSessionSchema,
  type SessionAction,
  sessionActionSchema,
} from '@loket/contracts/channel-sessions.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { Access } from '../access/access.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { ChannelSessions } from './channel-sessions.js';

/** The phone that is linked to a channel. What is shown to the phone is a live secret: answered, and kept nowhere. */
@Controller('channels')
export class ChannelSessionsController {
  constructor(private readonly sessions: ChannelSessions) {}

  @Get(':id/session')
  @Access({ role: 'admin' })
  @Header('Cache-Control', 'no-store')
  @Operation({
    summary: 'Where the linked phone stands',
    description:
      'While somebody links a phone, `offer` holds what to show to it and changes about every 20 seconds.',
    answer: channelSessionSchema,
  })
  get(@Param('id', { schema: idSchema }) id: string): Promise<ChannelSession> {
    return this.sessions.get(id);
  }

  @Post(':id/session')
  @HttpCode(200)
  @Access({ role: 'admin' })
  @Header('Cache-Control', 'no-store')
  @NotRepeatable('its answer may hold a live secret, which is never stored')
  @Operation({
    summary: 'Link a phone, stop linking it, start it again, or log it out',
    answer: channelSessionSchema,
  })
  act(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: sessionActionSchema }) action: SessionAction,
  ): Promise<ChannelSession> {
    return this.sessions.act(id, action);
  }
}
