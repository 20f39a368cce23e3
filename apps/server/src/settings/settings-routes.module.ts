import { Module } from '@nestjs/common';
import { SettingsModule } from '@loket/core/settings/settings.module.js';
import { SettingsController } from './settings.controller.js';
import { WorkspaceSettingsController } from './workspace-settings.controller.js';

@Module({ imports: [SettingsModule], controllers: [SettingsController, WorkspaceSettingsController] })
export class SettingsRoutesModule {}
