import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { EventType } from '@loket/contracts/events.js';
import { Clock } from '@loket/platform/clock.js';
import { CasesService } from '../cases/cases.service.js';
import { EventFeed } from '../events/event-feed.js';

/** Cases name people, teams and incidents, which change without them. */
const naming: readonly EventType[] = [
  'customer.updated',
  'customer.merged',
  'identity.linked',
  'identity.unlinked',
  'operation.undone',
  'agent.updated',
  'team.updated',
  'incident.updated',
];
/** What changed in a way that no event tells of is seen after so long all the same. */
const keepMs = 60_000;

/**
 * The cases of the board. It is asked for again with every change, and shows thousands of which one has changed: only that
 * one is read, by its version.
 */
@Injectable()
export class BoardCards implements OnModuleInit {
  private cards = new Map<string, CaseSummary>();
  private since = 0;

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly feed: EventFeed,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.feed.listen((events) => {
      if (events.some(({ type }) => naming.includes(type))) this.cards = new Map();
    });
  }

  /** @returns by id; cases that do not exist are missing */
  async read(ids: readonly string[]): Promise<ReadonlyMap<string, CaseSummary>> {
    const now = this.clock.now().getTime();
    if (now - this.since >= keepMs) {
      this.cards = new Map();
      this.since = now;
    }
    const known = this.cards;
    const rows: { id: string; version: number }[] = await this.manager.query(
      'SELECT id, version FROM cases WHERE id = ANY($1::uuid[])',
      [ids],
    );
    const cards = new Map<string, CaseSummary>();
    const changed: string[] = [];
    for (const { id, version } of rows) {
      const card = known.get(id);
      if (card?.version === version) cards.set(id, card);
      else changed.push(id);
    }
    for (const [id, card] of await this.cases.summaries(changed)) cards.set(id, card);
    // unless a name changed meanwhile; of what is not shown any more nothing is kept
    if (this.cards === known) this.cards = cards;
    return cards;
  }
}
