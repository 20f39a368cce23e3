import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Channel } from '../channels/channel.entity.js';
import { EventsModule } from '../events/events.module.js';
import { Message } from '../messages/message.entity.js';
import { QuarantineEntry } from './quarantine-entry.entity.js';
import { QuarantineService } from './quarantine.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([QuarantineEntry, Channel, Message]), EventsModule],
  providers: [QuarantineService],
  exports: [QuarantineService],
})
export class QuarantineModule {}
