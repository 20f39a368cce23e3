import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { matchingSettingsSchema, type MatchingSettings } from '@loket/contracts/settings.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { EventFeed } from '../events/event-feed.js';
import { countedDocuments, readLexicon } from './lexicon-store.js';
import { type CurrentMatching, defaultMatching, limitsOf } from './settings.js';
import { builtInLexicon } from './text/lexicon.js';

export const matchingKey = 'matching';

/** Words come in all the time; what they weigh changes slowly. */
const lexiconMs = 30_000;
/** growth of the counted messages from which reading the lexicon anew is worth it */
const growth = 1.05;

/**
 * The matching settings and the lexicon of the workspace, always at hand: intake asks for them with every message. Every
 * process reads them anew when the log says that they were changed.
 */
@Injectable()
export class MatchingSettingsStore implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private now: CurrentMatching = { ...limitsOf(defaultMatching), lexicon: builtInLexicon };
  private products: readonly string[] = [];
  private documents = 0;
  private timer: NodeJS.Timeout | null = null;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly feed: EventFeed,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** As last read. Never waits. */
  current(): CurrentMatching {
    return this.now;
  }

  /** Reads settings and lexicon anew. Readings follow one another, so that an older one never wins. */
  refresh(): Promise<void> {
    const next = this.reading.then(() => this.read());
    this.reading = next.catch(() => undefined);
    return next;
  }

  async onModuleInit(): Promise<void> {
    this.feed.listen((events) => {
      if (events.some((event) => event.type === 'settings.updated')) void this.tryToRefresh();
    });
    await this.refresh();
  }

  onApplicationBootstrap(): void {
    // The feed begins with what comes after its own start; a change just before it is found by this.
    void this.tryToRefresh();
    this.timer = setInterval(() => void this.tryToRefresh(), lexiconMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.reading;
  }

  /** With the database away, what was read last stays in force. */
  private async tryToRefresh(): Promise<void> {
    await this.refresh().catch((error: unknown) => {
      this.logger.debug({ err: error }, 'matching settings cannot be read');
    });
  }

  private async read(): Promise<void> {
    const settings = await readMatchingSettings(this.manager);
    const documents = await countedDocuments(this.manager);
    const grown = documents > this.documents * growth || documents < this.documents;
    let { lexicon } = this.now;
    if (grown || this.products.join('\n') !== settings.products.join('\n')) {
      lexicon = await readLexicon(this.manager, settings.products);
      this.documents = documents;
      this.products = settings.products;
    }
    this.now = { ...limitsOf(settings), lexicon };
  }
}

/** The settings as they are stored; the defaults while nobody has stored any. */
export async function readMatchingSettings(manager: EntityManager): Promise<MatchingSettings> {
  const [row]: { value: Record<string, unknown>; version: number }[] = await manager.query(
    'SELECT value, version FROM settings WHERE key = $1',
    [matchingKey],
  );
  return row ? matchingSettingsSchema.parse({ ...row.value, version: row.version }) : defaultMatching;
}
