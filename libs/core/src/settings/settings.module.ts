import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { MatchingSettingsStore } from '../matching/settings-store.js';
import { SettingsService } from './settings.service.js';
import { WorkspaceSettingsService } from './workspace-settings.service.js';

@Module({
  imports: [EventsModule],
  providers: [MatchingSettingsStore, SettingsService, WorkspaceSettingsService],
  exports: [MatchingSettingsStore, SettingsService, WorkspaceSettingsService],
})
export class SettingsModule {}
