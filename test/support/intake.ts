import { DataSource } from 'typeorm';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import { entities } from '@loket/core/entities.js';
import { Channel } from '@loket/core/channels/channel.entity.js';
import { EventLog } from '@loket/core/events/event-log.js';
import type { IntakeChannels } from '@loket/core/intake/intake-channels.js';
import { IntakeService } from '@loket/core/intake/intake.service.js';
import { defaultMatching, limitsOf, type CurrentMatching } from '@loket/core/matching/settings.js';
import type { MatchingSettingsStore } from '@loket/core/matching/settings-store.js';
import { builtInLexicon } from '@loket/core/matching/text/lexicon.js';
import { SuggestionWriter } from '@loket/core/suggestions/suggestion-writer.js';
import { Message } from '@loket/core/messages/message.entity.js';
import { QuarantineEntry } from '@loket/core/quarantine/quarantine-entry.entity.js';
import { QuarantineService } from '@loket/core/quarantine/quarantine.service.js';
import { Clock } from '@loket/platform/clock.js';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { newId } from '@loket/platform/ids.js';
import { createLogger } from '@loket/platform/logging/logger.js';

export const testSecret = 'a secret for tests, thirty-two characters long';

/** A clock that a test sets by hand; runs by itself while nothing is set. */
export class TestClock extends Clock {
  private offsetMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  advanceHours(hours: number): void {
    this.offsetMs += hours * 3_600_000;
  }
}

export interface TestIntake {
  intake: IntakeService;
  quarantine: QuarantineService;
  database: DataSource;
  events: EventLog;
  clock: TestClock;
  /** the settings of the workspace; a test may change them */
  matching: CurrentMatching;
  /** @returns the id of a new channel */
  addChannel: (kind?: Channel['kind']) => Promise<string>;
  close: () => Promise<void>;
}

/** Intake on a real database, without HTTP and Nest; the directory of channels is the only thing simplified. */
export async function startIntake(url: string, poolSize = 20): Promise<TestIntake> {
  const database = await new DataSource(
    dataSourceOptions({ url, entities, migrations: [], poolSize }),
  ).initialize();
  const clock = new TestClock();
  const events = new EventLog();
  const logger = createLogger('silent');
  const quarantine = new QuarantineService(
    database,
    database.getRepository(QuarantineEntry),
    database.getRepository(Channel),
    database.getRepository(Message),
    logger,
    events,
    clock,
  );
  const known = new Map<string, Channel['kind']>();
  const channels: Pick<IntakeChannels, 'find'> = {
    find: (id) => {
      const kind = known.get(id) ?? 'email';
      return Promise.resolve({
        id,
        kind,
        conversational: kind !== 'email',
        defaultRegion: 'ID',
        trustCallerId: true,
        language: 'id',
        reopenWithinHours: 72,
      });
    },
  };
  const intake = new IntakeService(
    database,
    logger,
    testSecret,
    channels as IntakeChannels,
    events,
    quarantine,
    clock,
    { current: () => started.matching } as MatchingSettingsStore,
    new SuggestionWriter(events),
  );
  const started: TestIntake = {
    intake,
    quarantine,
    database,
    events,
    clock,
    matching: { ...limitsOf(defaultMatching), lexicon: builtInLexicon },
    addChannel: async (kind = 'email') => {
      const id = newId();
      await database.getRepository(Channel).insert({ id, kind, name: `${kind} channel`, config: {} });
      known.set(id, kind);
      return id;
    },
    close: async () => {
      await intake.onApplicationShutdown();
      await database.destroy();
    },
  };
  return started;
}

let counter = 0;

/** A plain message of a customer; say only what matters to the test. */
export function message(
  channelId: string,
  over: Partial<Omit<NormalizedMessage, 'thread' | 'sender'>> & {
    from?: string;
    sender?: Partial<NormalizedMessage['sender']>;
    thread?: Partial<NormalizedMessage['thread']>;
  } = {},
): NormalizedMessage {
  counter += 1;
  const { from, sender, thread, ...rest } = over;
  return {
    channelId,
    externalId: `m${String(counter)}.${newId()}@customer.example`,
    recipients: [],
    sentAt: '2026-11-20T03:00:00Z',
    subject: 'Mug retak',
    text: 'Mug saya retak waktu diterima, bisa diganti?',
    attachments: [],
    warnings: [],
    ...rest,
    sender: {
      kind: 'email',
      value: from ?? `dewi${String(counter)}@customer.example`,
      proof: 'claimed',
      evidence: [],
      ...sender,
    },
    thread: { references: [], tokens: [], forwarded: false, ...thread },
  };
}
