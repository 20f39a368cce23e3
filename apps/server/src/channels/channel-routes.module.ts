import { Module } from '@nestjs/common';
import { ChannelsModule } from '@loket/core/channels/channels.module.js';
import { ChannelsController } from './channels.controller.js';

@Module({ imports: [ChannelsModule], controllers: [ChannelsController] })
export class ChannelRoutesModule {}
