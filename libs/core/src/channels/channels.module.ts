import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventsModule } from '../events/events.module.js';
import { AdapterKind } from './adapter-kind.entity.js';
import { ChannelCursor } from './channel-cursor.entity.js';
import { ChannelDirectory } from './channel-directory.js';
import { ChannelLeases } from './channel-leases.js';
import { ChannelTemplates } from './channel-templates.js';
import { Channel } from './channel.entity.js';
import { ChannelsBusHandlers } from './channels.bus.js';
import { ChannelsService } from './channels.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AdapterKind, Channel, ChannelCursor]), EventsModule],
  providers: [ChannelDirectory, ChannelLeases, ChannelTemplates, ChannelsBusHandlers, ChannelsService],
  exports: [ChannelDirectory, ChannelTemplates, ChannelsService],
})
export class ChannelsModule {}
