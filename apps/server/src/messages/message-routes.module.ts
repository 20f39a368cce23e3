import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { DeliveryModule } from '@loket/core/delivery/delivery.module.js';
import { DraftsModule } from '@loket/core/drafts/drafts.module.js';
import { MessagesModule } from '@loket/core/messages/messages.module.js';
import { DraftsController } from './drafts.controller.js';
import { HeldRepliesController } from './held-replies.controller.js';
import { MessagesController } from './messages.controller.js';

@Module({
  imports: [CasesModule, DeliveryModule, DraftsModule, MessagesModule],
  controllers: [DraftsController, HeldRepliesController, MessagesController],
})
export class MessageRoutesModule {}
