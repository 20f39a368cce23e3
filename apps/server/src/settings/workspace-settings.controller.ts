import { Body, Controller, Get, Patch } from '@nestjs/common';
import {
  type HoursSettings,
  hoursSettingsSchema,
  type TagSettings,
  tagSettingsSchema,
  type UpdateHoursSettings,
  updateHoursSettingsSchema,
  type UpdateTagSettings,
  updateTagSettingsSchema,
  type UpdateWorkspaceSettings,
  updateWorkspaceSettingsSchema,
  type WorkspaceSettings,
  workspaceSettingsSchema,
} from '@loket/contracts/settings.js';
import { WorkspaceSettingsService } from '@loket/core/settings/workspace-settings.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

const stale = 'With a stale `version`: 409 `version_conflict`, `data` is the settings as they are now.';

@Controller('settings')
export class WorkspaceSettingsController {
  constructor(private readonly settings: WorkspaceSettingsService) {}

  @Get('workspace')
  @Access()
  @Operation({ summary: 'The workspace: name, time zone, languages', answer: workspaceSettingsSchema })
  workspace(): Promise<WorkspaceSettings> {
    return this.settings.read('workspace');
  }

  @Patch('workspace')
  @Access({ role: 'admin' })
  @Operation({ summary: 'Change the workspace', description: stale, answer: workspaceSettingsSchema })
  updateWorkspace(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: updateWorkspaceSettingsSchema }) body: UpdateWorkspaceSettings,
  ): Promise<WorkspaceSettings> {
    return this.settings.update('workspace', body, me.agent.id);
  }

  @Get('hours')
  @Access()
  @Operation({
    summary: 'Business hours and holidays of the workspace',
    description: 'For teams and chats that have none of their own; on the clock of the workspace.',
    answer: hoursSettingsSchema,
  })
  hours(): Promise<HoursSettings> {
    return this.settings.read('hours');
  }

  @Patch('hours')
  @Access({ role: 'admin' })
  @Operation({
    summary: 'Change business hours and holidays',
    description: stale,
    answer: hoursSettingsSchema,
  })
  updateHours(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: updateHoursSettingsSchema }) body: UpdateHoursSettings,
  ): Promise<HoursSettings> {
    return this.settings.update('hours', body, me.agent.id);
  }

  @Get('tags')
  @Access()
  @Operation({ summary: 'What may be put on cases as a tag', answer: tagSettingsSchema })
  tags(): Promise<TagSettings> {
    return this.settings.read('tags');
  }

  @Patch('tags')
  @Access({ role: 'supervisor' })
  @Operation({
    summary: 'Change what may be put on cases as a tag',
    description: stale,
    answer: tagSettingsSchema,
  })
  updateTags(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: updateTagSettingsSchema }) body: UpdateTagSettings,
  ): Promise<TagSettings> {
    return this.settings.update('tags', body, me.agent.id);
  }
}
