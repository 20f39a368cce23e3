import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccessModule } from '@loket/core/access/access.module.js';
import { BulkModule } from '@loket/core/bulk/bulk.module.js';
import { CallsModule } from '@loket/core/calls/calls.module.js';
import { CannedModule } from '@loket/core/canned/canned.module.js';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { ChannelsModule } from '@loket/core/channels/channels.module.js';
import { DeliveryModule } from '@loket/core/delivery/delivery.module.js';
import { entities } from '@loket/core/entities.js';
import { EventFeed } from '@loket/core/events/event-feed.js';
import { IncidentsModule } from '@loket/core/incidents/incidents.module.js';
import { IntakeModule } from '@loket/core/intake/intake.module.js';
import { MaintenanceModule } from '@loket/core/maintenance/maintenance.module.js';
import { MessagesModule } from '@loket/core/messages/messages.module.js';
import { NoticesModule } from '@loket/core/notices/notices.module.js';
import { SettingsModule } from '@loket/core/settings/settings.module.js';
import { SuggestionsModule } from '@loket/core/suggestions/suggestions.module.js';
import { TagsModule } from '@loket/core/tags/tags.module.js';
import { TeamsModule } from '@loket/core/teams/teams.module.js';
import { ViewsModule } from '@loket/core/views/views.module.js';
import { ingressOnlyCapabilities } from '@loket/contracts/channels.js';
import { jobContracts } from '@loket/contracts/jobs.js';
import { BUS } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { envSchema } from '@loket/platform/env.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { PlatformModule } from '@loket/platform/platform.module.js';

const capabilities = {
  ...ingressOnlyCapabilities,
  send: true,
  attachments: true,
  maxAttachmentBytes: 25_000_000,
  maxMessageBytes: 25_000_000,
};
/** What the adapters would announce. None of them runs here: what is sent has arrived. */
const adapters = [
  {
    kind: 'email',
    capabilities: { ...capabilities, sendsTo: ['email'], subject: true, html: true, threading: 'references' },
  },
  { kind: 'whatsapp', capabilities: { ...capabilities, sendsTo: ['whatsapp', 'lid', 'bsuid', 'phone'] } },
  { kind: 'webchat', capabilities: { ...capabilities, sendsTo: ['visitor', 'external'] } },
].map((adapter) => ({ bySection: {}, ...adapter }));

const features = [
  AccessModule,
  BulkModule,
  CallsModule,
  CannedModule,
  CasesModule,
  ChannelsModule,
  DeliveryModule,
  IncidentsModule,
  IntakeModule,
  MaintenanceModule,
  MessagesModule,
  SettingsModule,
  TagsModule,
  TeamsModule,
  ViewsModule,
];
/** What reads the log behind the others, and begins where the log stands when it is first here. */
const readers = [NoticesModule, SuggestionsModule];

/** The root: jobs of features that play no part here get a handler that does nothing. */
class Past {
  constructor(jobs) {
    this.jobs = jobs;
  }

  onModuleInit() {
    for (const name of Object.keys(jobContracts))
      if (!this.jobs.handlerOf(name)) this.jobs.handle(name, () => Promise.resolve());
  }
}
Reflect.defineMetadata('design:paramtypes', [JobQueue], Past);

/**
 * The service desk itself, without HTTP, adapters and anything that happens by itself. Its clock is set by whoever tells
 * the story, so that what was said weeks ago stands there as if it had been.
 */
export class Desk {
  #now = new Date();

  /**
   * @param url a migrated database
   * @param secret that of the data folder: passwords of channels are sealed with it
   * @param remembers notices and suggestions are found for what happens from now on
   */
  static async open(url, { dataDir, secret, remembers = false }) {
    const desk = new Desk();
    const env = {
      ...envSchema.parse({}),
      LOKET_DATA_DIR: dataDir,
      LOKET_SECRET: secret,
      DATABASE_URL: url,
      ROLE: 'api',
    };
    const platform = PlatformModule.forRoot({ env, logger: createLogger('fatal'), entities });
    desk.app = await NestFactory.createApplicationContext(
      { module: Past, imports: [platform, JobsModule, ...features, ...(remembers ? readers : [])] },
      { logger: false, abortOnError: false },
    );
    desk.database = desk.get(DataSource);
    // Nobody listens to the past: reading the log after every step of it was a fifth of the time.
    if (!remembers) await desk.get(EventFeed).onApplicationShutdown();
    desk.get(Clock).now = () => new Date(desk.#now);
    const bus = desk.get(BUS);
    bus.handle('channels.changed', () => Promise.resolve({}));
    bus.handle('channel.send', ({ message }) =>
      Promise.resolve({
        ok: true,
        result: {
          externalId: `${message.messageId}@terang.example`,
          references: [],
          ...(message.thread.conversation && { conversation: message.thread.conversation }),
        },
      }),
    );
    await bus.request('adapters.announce', { hostId: 'demo', adapters });
    return desk;
  }

  /** A service of core. */
  get(type) {
    return this.app.get(type, { strict: false });
  }

  get now() {
    return this.#now;
  }

  set now(instant) {
    this.#now = new Date(instant);
  }

  async close() {
    await this.app.close();
  }
}
