import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { CallsModule } from '@loket/core/calls/calls.module.js';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { DeliveryModule } from '@loket/core/delivery/delivery.module.js';
import { entities } from '@loket/core/entities.js';
import { IdempotencyModule } from '@loket/core/idempotency/idempotency.module.js';
import { IncidentsModule } from '@loket/core/incidents/incidents.module.js';
import { IntakeModule } from '@loket/core/intake/intake.module.js';
import { InvitationsModule } from '@loket/core/invitations/invitations.module.js';
import { MaintenanceModule } from '@loket/core/maintenance/maintenance.module.js';
import { NoticesModule } from '@loket/core/notices/notices.module.js';
import { PasswordLinksModule } from '@loket/core/password-links/password-links.module.js';
import { PushModule } from '@loket/core/push/push.module.js';
import { RoutingModule } from '@loket/core/routing/routing.module.js';
import { SuggestionsModule } from '@loket/core/suggestions/suggestions.module.js';
import { TagsModule } from '@loket/core/tags/tags.module.js';
import { TeamsModule } from '@loket/core/teams/teams.module.js';
import { VisitorsModule } from '@loket/core/visitors/visitors.module.js';
import { WebhooksModule } from '@loket/core/webhooks/webhooks.module.js';
import type { ResolvedEnv } from '@loket/platform/env.js';
import type { Logger } from '@loket/platform/logging/logger.js';
import { PlatformModule } from '@loket/platform/platform.module.js';
import { AccessGateModule, AdmittedGuard } from './access/access-gate.js';
import { AccessRoutesModule } from './access/access-routes.module.js';
import { AttachmentRoutesModule } from './attachments/attachment-routes.module.js';
import { BoardRoutesModule } from './board/board-routes.module.js';
import { BulkRoutesModule } from './bulk/bulk-routes.module.js';
import { CallRoutesModule } from './calls/call-routes.module.js';
import { CannedRoutesModule } from './canned/canned-routes.module.js';
import { CaseRoutesModule } from './cases/case-routes.module.js';
import { ChannelRoutesModule } from './channels/channel-routes.module.js';
import { CustomerRoutesModule } from './customers/customer-routes.module.js';
import { EventRoutesModule } from './events/event-routes.module.js';
import { HealthModule } from './health/health.module.js';
import { Closing } from './http/closing.js';
import { ProblemFilter } from './http/problem.filter.js';
import { validationPipe } from './http/validation.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { InboundModule } from './inbound/inbound.module.js';
import { IncidentRoutesModule } from './incidents/incident-routes.module.js';
import { LiveModule } from './live/live.module.js';
import { MessageRoutesModule } from './messages/message-routes.module.js';
import { NoticeRoutesModule } from './notices/notice-routes.module.js';
import { OperationRoutesModule } from './operations/operation-routes.module.js';
import { PushRoutesModule } from './push/push-routes.module.js';
import { QuarantineModule } from './quarantine/quarantine.module.js';
import { SettingsRoutesModule } from './settings/settings-routes.module.js';
import { SuggestionRoutesModule } from './suggestions/suggestion-routes.module.js';
import { TagRoutesModule } from './tags/tag-routes.module.js';
import { TeamRoutesModule } from './teams/team-routes.module.js';
import { ViewRoutesModule } from './views/view-routes.module.js';
import { VisitorRoutesModule } from './visitors/visitor-routes.module.js';
import { WebhookRoutesModule } from './webhooks/webhook-routes.module.js';

/** What works by itself, in every process: handlers of the bus and of jobs. */
const background = [
  CallsModule,
  CasesModule,
  DeliveryModule,
  IncidentsModule,
  IntakeModule,
  InvitationsModule,
  MaintenanceModule,
  NoticesModule,
  PasswordLinksModule,
  PushModule,
  RoutingModule,
  SuggestionsModule,
  TagsModule,
  TeamsModule,
  VisitorsModule,
  WebhooksModule,
];

/** What the outside can call; a worker has none of it. */
const routes = [
  AccessRoutesModule,
  AttachmentRoutesModule,
  BoardRoutesModule,
  BulkRoutesModule,
  CallRoutesModule,
  CannedRoutesModule,
  CaseRoutesModule,
  ChannelRoutesModule,
  CustomerRoutesModule,
  EventRoutesModule,
  InboundModule,
  IncidentRoutesModule,
  LiveModule,
  MessageRoutesModule,
  NoticeRoutesModule,
  OperationRoutesModule,
  PushRoutesModule,
  QuarantineModule,
  SettingsRoutesModule,
  SuggestionRoutesModule,
  TagRoutesModule,
  TeamRoutesModule,
  ViewRoutesModule,
  VisitorRoutesModule,
  WebhookRoutesModule,
];

@Module({})
export class AppModule {
  /** @param channels the adapter host, when it lives in this process */
  static forRoot(env: ResolvedEnv, logger: Logger, channels: DynamicModule | null): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ env, logger, entities }),
        DiscoveryModule,
        AccessGateModule,
        IdempotencyModule,
        HealthModule,
        ...background,
        ...(channels ? [channels] : []),
        ...(env.ROLE === 'worker' ? [] : routes),
      ],
      providers: [
        Closing,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AdmittedGuard },
        { provide: APP_PIPE, useFactory: validationPipe },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
    };
  }
}
