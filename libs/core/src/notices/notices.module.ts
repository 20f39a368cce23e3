import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CasesModule } from '../cases/cases.module.js';
import { EventsModule } from '../events/events.module.js';
import { NoticePreference } from './notice-preference.entity.js';
import { NoticePreferencesService } from './notice-preferences.service.js';
import { NoticeWriter } from './notice-writer.js';
import { NoticesService } from './notices.service.js';

@Module({
  imports: [CasesModule, EventsModule, TypeOrmModule.forFeature([NoticePreference])],
  providers: [NoticePreferencesService, NoticesService, NoticeWriter],
  exports: [NoticePreferencesService, NoticesService, NoticeWriter],
})
export class NoticesModule {}
