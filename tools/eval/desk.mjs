import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Agent } from '@loket/core/access/agent.entity.js';
import { CaseChanges } from '@loket/core/cases/case-changes.service.js';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { Channel } from '@loket/core/channels/channel.entity.js';
import { Customer } from '@loket/core/customers/customer.entity.js';
import { Identity } from '@loket/core/customers/identity.entity.js';
import { normaliseAddress } from '@loket/core/customers/normalise-address.js';
import { DeliveryModule } from '@loket/core/delivery/delivery.module.js';
import { DeliveryService } from '@loket/core/delivery/delivery.service.js';
import { entities } from '@loket/core/entities.js';
import { IntakeModule } from '@loket/core/intake/intake.module.js';
import { IntakeService } from '@loket/core/intake/intake.service.js';
import { MaintenanceModule } from '@loket/core/maintenance/maintenance.module.js';
import { MatchingSettingsStore } from '@loket/core/matching/settings-store.js';
import { MessagesModule } from '@loket/core/messages/messages.module.js';
import { NotesService } from '@loket/core/messages/notes.service.js';
import { RepliesService } from '@loket/core/messages/replies.service.js';
import { SettingsModule } from '@loket/core/settings/settings.module.js';
import { SettingsService } from '@loket/core/settings/settings.service.js';
import { SuggestionFinder } from '@loket/core/suggestions/suggestion-finder.js';
import { SuggestionsModule } from '@loket/core/suggestions/suggestions.module.js';
import { ingressOnlyCapabilities } from '@loket/contracts/channels.js';
import { jobContracts } from '@loket/contracts/jobs.js';
import { BUS } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { envSchema } from '@loket/platform/env.js';
import { newId } from '@loket/platform/ids.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { JobsModule } from '@loket/platform/jobs/jobs.module.js';
import { PlatformModule } from '@loket/platform/platform.module.js';
import { channelKinds } from './sets.mjs';

const capabilities = {
  ...ingressOnlyCapabilities,
  send: true,
  attachments: true,
  maxAttachmentBytes: 25_000_000,
  maxMessageBytes: 25_000_000,
};
/** What the adapters would announce; a phone line brings notes of calls and carries no answer. */
const adapters = [
  {
    kind: 'email',
    capabilities: {
      ...capabilities,
      sendsTo: ['email'],
      subject: true,
      html: true,
      threading: 'references',
    },
  },
  { kind: 'whatsapp', capabilities: { ...capabilities, sendsTo: ['whatsapp', 'lid', 'bsuid'] } },
  { kind: 'webchat', capabilities: { ...capabilities, sendsTo: ['visitor', 'external'] } },
];

/** The root: jobs of features that play no part here get a handler that does nothing. */
class Evaluation {
  constructor(jobs) {
    this.jobs = jobs;
  }

  onModuleInit() {
    for (const name of Object.keys(jobContracts))
      if (!this.jobs.handlerOf(name)) this.jobs.handle(name, () => Promise.resolve());
  }
}
Reflect.defineMetadata('design:paramtypes', [JobQueue], Evaluation);

/** The service desk on a database of its own, without HTTP; only the adapters and the clock are ours. */
export class Desk {
  #channels = new Map();
  #externalId = null;
  #now = new Date();

  /** @param url a migrated, empty database */
  static async open(url, dataDir) {
    const desk = new Desk();
    const env = {
      ...envSchema.parse({}),
      LOKET_DATA_DIR: dataDir,
      LOKET_SECRET: 'only for the evaluation, never for anything else',
      DATABASE_URL: url,
      // Nothing runs by itself: what works behind the messages is called when it is its turn.
      ROLE: 'api',
    };
    const platform = PlatformModule.forRoot({ env, logger: createLogger('error'), entities });
    const features = [
      CasesModule,
      DeliveryModule,
      IntakeModule,
      MaintenanceModule,
      MessagesModule,
      SettingsModule,
      SuggestionsModule,
    ];
    desk.app = await NestFactory.createApplicationContext(
      { module: Evaluation, imports: [platform, JobsModule, ...features] },
      { logger: false, abortOnError: false },
    );
    desk.database = desk.get(DataSource);
    desk.get(Clock).now = () => new Date(desk.#now);
    const bus = desk.get(BUS);
    bus.handle('channel.send', ({ message }) =>
      Promise.resolve({
        ok: true,
        result: { externalId: desk.#externalId ?? message.messageId, references: [] },
      }),
    );
    bus.handle('channels.changed', () => Promise.resolve({}));
    await bus.request('adapters.announce', { hostId: 'evaluation', adapters });
    desk.agentId = newId();
    await desk.database.getRepository(Agent).insert({
      id: desk.agentId,
      name: 'Agen',
      email: 'agen@loket.example',
      role: 'agent',
      passwordHash: '',
    });
    return desk;
  }

  get(type) {
    return this.app.get(type, { strict: false });
  }

  set now(instant) {
    this.#now = new Date(instant);
  }

  /** Sets up what the desk knew before the first message. */
  async prepare({ desks, customers }, { preset, joinAt = null, suggestAt = null }) {
    const products = Object.values(desks).flatMap((desk) => desk.products ?? []);
    await this.get(SettingsService).updateMatching({ preset, joinAt, suggestAt, products }, this.agentId);
    for (const { name, identities } of customers) {
      const customerId = newId();
      await this.database.getRepository(Customer).insert({ id: customerId, name });
      for (const { kind, value, proof } of identities) {
        const { verbatim, value: normal } = normaliseAddress(kind, value, 'ID');
        await this.database.getRepository(Identity).insert({
          id: newId(),
          customerId,
          kind,
          value: normal,
          verbatim,
          proof,
          resolves: proof === 'verified',
          source: 'agent',
        });
      }
    }
  }

  /** @returns id of the channel of this desk (company) and kind, made when it is first asked for */
  async channel(company, kind) {
    const key = `${company}:${kind}`;
    const known = this.#channels.get(key);
    if (known) return known;
    const id = newId();
    const config = kind === 'email' ? { address: `${company}@loket.example`, smtp: {} } : {};
    await this.database
      .getRepository(Channel)
      .insert({ id, kind, name: `${company} ${kind}`, address: config.address ?? null, config });
    this.#channels.set(key, id);
    return id;
  }

  /** Takes in one line of a set. `textOf` fills in numbers of cases. */
  async receive(line, textOf) {
    const channelId = await this.channel(line.desk ?? 'desk', channelKinds[line.channel]);
    const { inReplyTo = null, references = [], ...thread } = line.thread ?? {};
    return this.get(IntakeService).receive({
      channelId,
      externalId: externalIdOf(line.id),
      thread: {
        tokens: [],
        forwarded: false,
        ...thread,
        inReplyTo: inReplyTo && externalIdOf(inReplyTo),
        references: references.map(externalIdOf),
      },
      sender: { evidence: [], ...line.sender, also: line.sender.also?.map(fillAlso) },
      recipients: line.replyTo ? [{ role: 'reply_to', kind: 'email', value: line.replyTo }] : [],
      sentAt: line.at,
      subject: line.subject === undefined ? null : textOf(line.subject),
      text: textOf(line.text),
      quoted: line.quoted ?? null,
      html: null,
      attachments: (line.attachments ?? []).map(fileOf),
      automatic: line.automatic ?? null,
      bounce: line.bounce
        ? { tokens: [], diagnostic: null, ...line.bounce, about: line.bounce.about.map(externalIdOf) }
        : null,
      raw: null,
      warnings: [],
    });
  }

  /** An agent answers on the channel of the last message; where that cannot be, he leaves a note. */
  async reply(caseId, id, text) {
    this.#externalId = externalIdOf(id);
    try {
      const item = await this.get(RepliesService).create(
        caseId,
        { text, attachments: [] },
        { id: this.agentId, name: 'Agen' },
      );
      await this.get(DeliveryService).deliver(item.id);
    } catch (error) {
      if (error.code !== 'reply_impossible' && error.code !== 'reply_blocked') throw error;
      await this.note(caseId, text);
    } finally {
      this.#externalId = null;
    }
  }

  async note(caseId, text) {
    await this.get(NotesService).create(caseId, { text, attachments: [] }, this.agentId);
  }

  async resolve(caseId) {
    await this.get(CaseChanges).update(caseId, { status: 'resolved' }, this.agentId);
  }

  /** Lets everything that works behind the messages come to rest. */
  async settle() {
    await this.get(SuggestionFinder).settle();
    // By itself it looks for new words twice a minute.
    await this.get(MatchingSettingsStore).refresh();
  }

  async close() {
    await this.app.close();
  }
}

/** The set's own ids become ids of the channels; those with an @ are verbatim. */
function externalIdOf(id) {
  return id.includes('@') ? id : `${id}@evaluation.example`;
}

const fillAlso = (address) => ({ proof: 'claimed', source: 'form', ...address });

function fileOf({ name, seed, mediaType }) {
  const sha256 = createHash('sha256').update(seed).digest('hex');
  // Photos and documents are larger than the logos in signatures.
  return { name, mediaType, sha256, size: 180_000, contentId: null, inline: false };
}
