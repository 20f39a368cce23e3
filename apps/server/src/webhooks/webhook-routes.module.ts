import { Module } from '@nestjs/common';
import { WebhooksModule } from '@loket/core/webhooks/webhooks.module.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({ imports: [WebhooksModule], controllers: [WebhooksController] })
export class WebhookRoutesModule {}
