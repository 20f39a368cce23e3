import { Module } from '@nestjs/common';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { EventsModule } from '../events/events.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { CodeMail } from './code-mail.js';
import { MailContinuation } from './mail-continuation.js';
import { VisitorCards } from './visitor-cards.service.js';
import { VisitorChannels } from './visitor-channels.js';
import { VisitorClaims } from './visitor-claims.service.js';
import { VisitorFiles } from './visitor-files.service.js';
import { VisitorHistory } from './visitor-history.service.js';
import { VisitorJoining } from './visitor-joining.js';
import { VisitorKeys } from './visitor-keys.service.js';
import { VisitorMarks } from './visitor-marks.service.js';
import { VisitorMessages } from './visitor-messages.service.js';
import { VisitorTokens } from './visitor-tokens.service.js';
import { VisitorsService } from './visitors.service.js';

/** People who come through a site's chat: who they are, what they write, what they may see. */
@Module({
  imports: [
    CasesModule,
    ChannelsModule,
    DeliveryModule,
    EventsModule,
    IntakeModule,
    JobsModule,
    MessagesModule,
    OperationsModule,
  ],
  providers: [
    CodeMail,
    MailContinuation,
    VisitorCards,
    VisitorChannels,
    VisitorClaims,
    VisitorFiles,
    VisitorHistory,
    VisitorJoining,
    VisitorKeys,
    VisitorMarks,
    VisitorMessages,
    VisitorTokens,
    VisitorsService,
  ],
  exports: [
    MailContinuation,
    VisitorCards,
    VisitorChannels,
    VisitorClaims,
    VisitorFiles,
    VisitorHistory,
    VisitorKeys,
    VisitorMarks,
    VisitorMessages,
    VisitorTokens,
    VisitorsService,
  ],
})
export class VisitorsModule {}
