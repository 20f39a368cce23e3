import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { EventsModule } from '../events/events.module.js';
import { FilesService } from './files.service.js';
import { NotesService } from './notes.service.js';
import { RepliesService } from './replies.service.js';

@Module({
  imports: [CasesModule, ChannelsModule, DeliveryModule, EventsModule],
  providers: [FilesService, NotesService, RepliesService],
  exports: [FilesService, NotesService, RepliesService],
})
export class MessagesModule {}
