import { Module } from '@nestjs/common';
import { CannedModule } from '@loket/core/canned/canned.module.js';
import { CannedAnswersController } from './canned-answers.controller.js';

@Module({ imports: [CannedModule], controllers: [CannedAnswersController] })
export class CannedRoutesModule {}
