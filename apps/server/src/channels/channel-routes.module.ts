import { Module } from '@nestjs/common';
import { ChannelsModule } from '@loket/core/channels/channels.module.js';
import { ChannelSessionsController } from './channel-sessions.controller.js';
import { ChannelSessions } from './channel-sessions.js';
import { ChannelTemplatesController } from './channel-templates.controller.js';
import { ChannelsController } from './channels.controller.js';

@Module({
  imports: [ChannelsModule],
  controllers: [ChannelsController, ChannelSessionsController, ChannelTemplatesController],
  providers: [ChannelSessions],
})
export class ChannelRoutesModule {}
