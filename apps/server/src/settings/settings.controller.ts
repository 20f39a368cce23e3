import { Body, Controller, Get, Patch } from '@nestjs/common';
import {
  type MatchingSettings,
  matchingSettingsSchema,
  type UpdateMatchingSettings,
  updateMatchingSettingsSchema,
} from '@loket/contracts/settings.js';
import { SettingsService } from '@loket/core/settings/settings.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Get('matching')
  @Access({ role: 'admin' })
  @Operation({ summary: 'How boldly messages are joined to cases', answer: matchingSettingsSchema })
  matching(): Promise<MatchingSettings> {
    return this.settings.matching();
  }

  @Patch('matching')
  @Access({ role: 'admin' })
  @Operation({
    summary: 'Change how boldly messages are joined to cases',
    description:
      'With a stale `version`: 409 `version_conflict`, `data` is the settings as they are now. `joinAt` must not lie ' +
      'below `suggestAt`, the preset’s own where left out: 422 `thresholds_crossed`.',
    answer: matchingSettingsSchema,
  })
  updateMatching(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: updateMatchingSettingsSchema }) body: UpdateMatchingSettings,
  ): Promise<MatchingSettings> {
    return this.settings.updateMatching(body, me.agent.id);
  }
}
