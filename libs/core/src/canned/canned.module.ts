import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { CannedAnswersService } from './canned-answers.service.js';

@Module({ imports: [EventsModule], providers: [CannedAnswersService], exports: [CannedAnswersService] })
export class CannedModule {}
