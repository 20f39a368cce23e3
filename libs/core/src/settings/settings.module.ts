import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { MatchingSettingsStore } from '../matching/settings-store.js';
import { SettingsService } from './settings.service.js';

@Module({
  imports: [EventsModule],
  providers: [MatchingSettingsStore, SettingsService],
  exports: [MatchingSettingsStore, SettingsService],
})
export class SettingsModule {}
