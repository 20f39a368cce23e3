import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { EventsModule } from '../events/events.module.js';
import { FilesService } from './files.service.js';
import { HeldRepliesService } from './held-replies.service.js';
import { NotesService } from './notes.service.js';
import { RepliesService } from './replies.service.js';
import { ReplyPreviews } from './reply-previews.service.js';

@Module({
  imports: [CasesModule, ChannelsModule, DeliveryModule, EventsModule, JobsModule],
  providers: [FilesService, HeldRepliesService, NotesService, RepliesService, ReplyPreviews],
  exports: [FilesService, HeldRepliesService, NotesService, RepliesService, ReplyPreviews],
})
export class MessagesModule {}
