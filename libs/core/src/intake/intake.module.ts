import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/channels.module.js';
import { EventsModule } from '../events/events.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { MessageChanges } from '../messages/message-changes.service.js';
import { SuggestionWriter } from '../suggestions/suggestion-writer.js';
import { QuarantineModule } from '../quarantine/quarantine.module.js';
import { IntakeBusHandlers } from './intake.bus.js';
import { IntakeChannels } from './intake-channels.js';
import { IntakeService } from './intake.service.js';
import { RawIntakeService } from './raw-intake.service.js';

@Module({
  imports: [ChannelsModule, EventsModule, QuarantineModule, SettingsModule],
  providers: [
    IntakeBusHandlers,
    IntakeChannels,
    IntakeService,
    MessageChanges,
    RawIntakeService,
    SuggestionWriter,
  ],
  exports: [IntakeService, RawIntakeService],
})
export class IntakeModule {}
