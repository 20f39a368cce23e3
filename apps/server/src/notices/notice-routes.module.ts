import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { NoticesModule } from '@loket/core/notices/notices.module.js';
import { NoticesController } from './notices.controller.js';

@Module({ imports: [CasesModule, NoticesModule], controllers: [NoticesController] })
export class NoticeRoutesModule {}
