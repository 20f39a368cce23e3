import { Module } from '@nestjs/common';
import { MessagesModule } from '@loket/core/messages/messages.module.js';
import { AttachmentsController } from './attachments.controller.js';

@Module({ imports: [MessagesModule], controllers: [AttachmentsController] })
export class AttachmentRoutesModule {}
