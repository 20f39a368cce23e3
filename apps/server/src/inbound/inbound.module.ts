import { Module } from '@nestjs/common';
import { ChannelsModule } from '@loket/core/channels/channels.module.js';
import { IntakeModule } from '@loket/core/intake/intake.module.js';
import { InboundController } from './inbound.controller.js';

@Module({ imports: [ChannelsModule, IntakeModule], controllers: [InboundController] })
export class InboundModule {}
