import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  type Channel,
  channelPageSchema,
  channelSchema,
  type ConnectionReport,
  connectionReportSchema,
  type CreateChannel,
  createChannelSchema,
  type TestChannel,
  testChannelSchema,
  type UpdateChannel,
  updateChannelSchema,
} from '@loket/contracts/channels.js';
import { idSchema, type Page } from '@loket/contracts/primitives.js';
import { type ChannelSignature, signatureListSchema } from '@loket/contracts/signatures.js';
import { ChannelsService } from '@loket/core/channels/channels.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('channels')
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Get()
  @Access()
  @Operation({
    summary: 'List channels',
    description: 'Only admins get `config` and `statusDetail`; for others `config` is empty.',
    answer: channelPageSchema,
  })
  list(@CurrentPrincipal() me: Principal): Promise<Page<Channel>> {
    return this.channels.list(me);
  }

  @Post()
  @Access({ role: 'admin' })
  @Operation({ summary: 'Create a channel', answer: channelSchema })
  create(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: createChannelSchema }) body: CreateChannel,
  ): Promise<Channel> {
    return this.channels.create(me, body);
  }

  @Post('test')
  @HttpCode(200)
  @Access({ role: 'admin' })
  @Operation({ summary: 'Try settings without saving them', answer: connectionReportSchema })
  test(@Body({ schema: testChannelSchema }) body: TestChannel): Promise<ConnectionReport> {
    return this.channels.test(body);
  }

  @Get('signatures')
  @Access()
  @Operation({
    summary: 'What stands below answers, of every channel that has a signature',
    description:
      'With its blanks open: `agent.title` and `agent.phone` are what each person says of himself.',
    answer: signatureListSchema,
  })
  async signatures(): Promise<{ items: ChannelSignature[] }> {
    return { items: await this.channels.signatures() };
  }

  @Get(':id')
  @Access({ role: 'admin' })
  @Operation({ summary: 'One channel with its settings', answer: channelSchema })
  get(@Param('id', { schema: idSchema }) id: string): Promise<Channel> {
    return this.channels.get(id);
  }

  @Patch(':id')
  @Access({ role: 'admin' })
  @Operation({
    summary: 'Change a channel',
    description:
      '`config` replaces the whole. A password that is left out stays, unless the server it goes to has changed.',
    answer: channelSchema,
  })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateChannelSchema }) body: UpdateChannel,
  ): Promise<Channel> {
    return this.channels.update(me, id, body);
  }
}
