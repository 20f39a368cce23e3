import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { DeliveryModule } from '@loket/core/delivery/delivery.module.js';
import { MessagesModule } from '@loket/core/messages/messages.module.js';
import { MessagesController } from './messages.controller.js';

@Module({ imports: [CasesModule, DeliveryModule, MessagesModule], controllers: [MessagesController] })
export class MessageRoutesModule {}
