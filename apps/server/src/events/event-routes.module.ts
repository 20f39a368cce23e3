import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { EventsController } from './events.controller.js';

@Module({ imports: [CasesModule], controllers: [EventsController] })
export class EventRoutesModule {}
