import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { BusRequest } from '@loket/contracts/bus.js';
import type { ChannelCapabilities } from '@loket/contracts/channels.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import { jobContracts, type JobName } from '@loket/contracts/jobs.js';
import type { OutboundMessage, SendOutcome } from '@loket/contracts/outbound.js';
import type { Template } from '@loket/contracts/templates.js';
import { Agent } from '@loket/core/access/agent.entity.js';
import { BoardModule } from '@loket/core/board/board.module.js';
import { BulkModule } from '@loket/core/bulk/bulk.module.js';
import { CannedModule } from '@loket/core/canned/canned.module.js';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { Channel } from '@loket/core/channels/channel.entity.js';
import { CustomersModule } from '@loket/core/customers/customers.module.js';
import { DeliveryModule } from '@loket/core/delivery/delivery.module.js';
import { DraftsModule } from '@loket/core/drafts/drafts.module.js';
import { entities } from '@loket/core/entities.js';
import { IncidentsModule } from '@loket/core/incidents/incidents.module.js';
import { IntakeModule } from '@loket/core/intake/intake.module.js';
import { IntakeService } from '@loket/core/intake/intake.service.js';
import { MaintenanceModule } from '@loket/core/maintenance/maintenance.module.js';
import { MessagesModule } from '@loket/core/messages/messages.module.js';
import { NoticesModule } from '@loket/core/notices/notices.module.js';
import { OperationsModule } from '@loket/core/operations/operations.module.js';
import { RoutingModule } from '@loket/core/routing/routing.module.js';
import { SettingsModule } from '@loket/core/settings/settings.module.js';
import { SuggestionsModule } from '@loket/core/suggestions/suggestions.module.js';
import { TagsModule } from '@loket/core/tags/tags.module.js';
import { TeamsModule } from '@loket/core/teams/teams.module.js';
import { ViewsModule } from '@loket/core/views/views.module.js';
import { WebhooksModule } from '@loket/core/webhooks/webhooks.module.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { envSchema } from '@loket/platform/env.js';
import { newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { JobWorker } from '@loket/platform/jobs/job-worker.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { PlatformModule } from '@loket/platform/platform.module.js';
import { DataSource } from 'typeorm';
import { freshDatabase } from './database.js';
import { message, TestClock, testSecret } from './intake.js';

export interface TestCore {
  get: <T>(type: Type<T>) => T;
  database: DataSource;
  databaseUrl: string;
  clock: TestClock;
  bus: Bus;
  /** what the adapters were given, and what they are to answer; `sent` when the script is empty */
  sent: OutboundMessage[];
  script: ((message: OutboundMessage) => Promise<SendOutcome> | SendOutcome)[];
  /** what the adapters say that was approved, each time anew; by channel in `templatesAsked` who wanted to know */
  templates: { answer: () => Promise<Template[]> | Template[] };
  templatesAsked: string[];
  /** what customers were told was read, and what the adapters are to make of it; nothing when the script is empty */
  marked: { channelId: string; externalId: string }[];
  markReadScript: (() => Promise<void> | void)[];
  addAgent: (name: string) => Promise<{ id: string; name: string }>;
  addChannel: (config?: Record<string, unknown>, kind?: Channel['kind']) => Promise<string>;
  /** takes in a message; @returns ids of what came of it */
  receive: (m: NormalizedMessage) => Promise<{ caseId: string; messageId: string; customerId: string }>;
  close: () => Promise<void>;
}

export { message };

/** An id that nobody has. */
export const nobody = '01890000-0000-7000-8000-000000000000';

export const accepted = (m: OutboundMessage): SendOutcome => ({
  ok: true,
  result: { externalId: `${m.messageId}@loket.example`, references: [] },
});

/**
 * The service desk on a real database; only the adapters and the clock are ours.
 *
 * @param background `false`: nothing happens by itself. No job runs, nothing is suggested or given out, so that a test can compare
 *   every row before and after
 */
export async function startCore({ background = true } = {}): Promise<TestCore> {
  const database = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'loket-core-'));
  const clock = new TestClock();
  const env = {
    ...envSchema.parse({}),
    LOKET_DATA_DIR: dataDir,
    LOKET_SECRET: testSecret,
    DATABASE_URL: database.url,
  };
  const platform = PlatformModule.forRoot({ env, logger: createLogger('silent'), entities });
  const features = [
    BoardModule,
    BulkModule,
    CannedModule,
    CasesModule,
    CustomersModule,
    DeliveryModule,
    DraftsModule,
    IncidentsModule,
    IntakeModule,
    MaintenanceModule,
    MessagesModule,
    OperationsModule,
    SettingsModule,
    TagsModule,
    TeamsModule,
    ViewsModule,
    WebhooksModule,
    ...(background ? [NoticesModule, RoutingModule, SuggestionsModule] : []),
  ];
  const building = Test.createTestingModule({
    imports: [platform, JobsModule, ...features],
    providers: [OtherJobs],
  })
    .overrideProvider(Clock)
    .useValue(clock);
  if (!background)
    building.overrideProvider(JobQueue).useValue(noJobs).overrideProvider(JobWorker).useValue({});
  const app: TestingModule = await building.compile();
  const bus = app.get<Bus>(BUS, { strict: false });
  const core = scriptAdapters(bus);
  bus.handle('channels.changed', () => Promise.resolve({}));
  await app.init();
  await bus.request('adapters.announce', {
    hostId: 'test',
    adapters: [
      { kind: 'email', capabilities, bySection: {} },
      {
        kind: 'whatsapp',
        capabilities: chatCapabilities,
        bySection: { cloud: cloudCapabilities, web: webCapabilities },
      },
    ],
  });
  const source = app.get(DataSource, { strict: false });
  return {
    ...core,
    get: (type) => app.get(type, { strict: false }),
    database: source,
    databaseUrl: database.url,
    clock,
    bus,
    addAgent: async (name) => {
      const agent = { id: newId(), name };
      const email = `${agent.id}@loket.example`;
      await source.getRepository(Agent).insert({ ...agent, email, role: 'agent', passwordHash: '' });
      return agent;
    },
    addChannel: async (config = { address: 'halo@toko.example', smtp: {} }, kind = 'email') => {
      const id = newId();
      await source
        .getRepository(Channel)
        .insert({ id, kind, name: 'Surel', address: 'halo@toko.example', config: config as object });
      return id;
    },
    receive: async (m) => {
      const result = await app.get(IntakeService, { strict: false }).receive(m);
      const { caseId, messageId, customerId } = result;
      if (!caseId || !messageId || !customerId) throw new Error(`the message was ${result.status}`);
      return { caseId, messageId, customerId };
    },
    close: async () => {
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The adapters of every kind, as far as core sees them. */
function scriptAdapters(
  bus: Bus,
): Pick<TestCore, 'sent' | 'script' | 'templates' | 'templatesAsked' | 'marked' | 'markReadScript'> {
  const sent: OutboundMessage[] = [];
  const script: TestCore['script'] = [];
  const templates: TestCore['templates'] = { answer: () => [] };
  const templatesAsked: string[] = [];
  const marked: TestCore['marked'] = [];
  const markReadScript: TestCore['markReadScript'] = [];
  bus.handle('channel.send', async ({ message: m }) => {
    sent.push(m);
    return (script.shift() ?? accepted)(m);
  });
  bus.handle('channel.templates', async ({ channel }) => {
    templatesAsked.push(channel.id);
    return { templates: await templates.answer() };
  });
  bus.handle('channel.markRead', async ({ channel, externalId }: BusRequest<'channel.markRead'>) => {
    marked.push({ channelId: channel.id, externalId });
    await markReadScript.shift()?.();
    return {};
  });
  return { sent, script, templates, templatesAsked, marked, markReadScript };
}

const capabilities: ChannelCapabilities = {
  send: true,
  sendsTo: ['email'],
  sendNeeds: 'smtp',
  subject: true,
  html: true,
  threading: 'references',
  attachments: true,
  maxAttachmentBytes: 1_000,
  maxMessageBytes: 1_500,
  typing: false,
  quotes: false,
  reactions: false,
  receipts: [],
  replyWindowHours: null,
  templates: false,
  markRead: false,
  session: false,
  webhook: null,
  test: false,
  rawMediaTypes: [],
};

/** A chat whose settings have no section: no window, nothing that only some chats can do. */
const chatCapabilities: ChannelCapabilities = {
  ...capabilities,
  sendsTo: ['whatsapp'],
  sendNeeds: undefined,
  subject: false,
  html: false,
  threading: 'conversation',
};

/** A chat with an official line (section `cloud`): free text for a day, then templates. */
const cloudCapabilities: ChannelCapabilities = {
  ...chatCapabilities,
  sendsTo: ['whatsapp', 'bsuid', 'phone'],
  sendNeeds: 'cloud',
  quotes: true,
  reactions: true,
  receipts: ['delivered', 'read'],
  replyWindowHours: 24,
  templates: true,
  markRead: true,
  webhook: {
    section: 'cloud',
    signature: 'hub_sha256',
    secret: 'appSecret',
    verifyToken: 'verifyToken',
    mediaType: 'application/json',
  },
  test: true,
};

/** The same chat through a linked phone (section `web`). */
const webCapabilities: ChannelCapabilities = {
  ...cloudCapabilities,
  sendsTo: ['whatsapp', 'lid', 'phone'],
  sendNeeds: 'web',
  replyWindowHours: null,
  templates: false,
  markRead: false,
  session: true,
  webhook: null,
};

/** Jobs of features that are left out here; as part of the root module it comes after all others. */
@Injectable()
class OtherJobs implements OnModuleInit {
  constructor(private readonly jobs: JobQueue) {}

  onModuleInit(): void {
    for (const name of Object.keys(jobContracts) as JobName[])
      if (!this.jobs.handlerOf(name)) this.jobs.handle(name, () => Promise.resolve());
  }
}

const noJobs: Pick<JobQueue, 'handle' | 'handlerOf' | 'add' | 'every'> = {
  handle: () => undefined,
  handlerOf: () => undefined,
  add: () => Promise.resolve(),
  every: () => Promise.resolve(),
};
