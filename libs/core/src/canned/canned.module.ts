import { Module } from '@nestjs/common';
import { CannedAnswersService } from './canned-answers.service.js';

@Module({ providers: [CannedAnswersService], exports: [CannedAnswersService] })
export class CannedModule {}
