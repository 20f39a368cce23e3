import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { EventsModule } from '../events/events.module.js';
import { NoticeWriter } from './notice-writer.js';
import { NoticesService } from './notices.service.js';

@Module({
  imports: [CasesModule, EventsModule],
  providers: [NoticesService, NoticeWriter],
  exports: [NoticesService, NoticeWriter],
})
export class NoticesModule {}
