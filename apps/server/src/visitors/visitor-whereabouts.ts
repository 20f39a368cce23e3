import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { VisitorPage } from '@loket/contracts/visitors.js';
import { legible } from '@loket/core/intake/legible.js';
import { VisitorCards } from '@loket/core/visitors/visitor-cards.service.js';
import { VisitorMarks } from '@loket/core/visitors/visitor-marks.service.js';
import { VisitorsService } from '@loket/core/visitors/visitors.service.js';
import { Clock } from '@loket/platform/clock.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { LiveBroadcast } from '../live/live-broadcast.js';
import { cameFrom } from './came-from.js';
import { throttled } from './throttled.js';

/** Whoever follows a link is away for a moment: he has left only when he has not come back by then. */
const graceMs = 8_000;
/** What agents are told of one visitor, however many tabs he has: more often nobody can read it. */
const tellEveryMs = 1_000;

interface Visit {
  channelId: string;
  /** open sockets */
  tabs: number;
  page: VisitorPage | null;
  typing: boolean;
  leaving: NodeJS.Timeout | undefined;
  tell: () => Promise<void>;
  tellTyping: (typing: boolean) => Promise<void>;
}

/**
 * Which visitors are on a page now, in this process, and what agents are told of it: only those who have a case of the
 * very customer before them, and as a sign that passes. Nothing of it becomes an event.
 */
@Injectable()
export class VisitorWhereabouts implements OnApplicationShutdown {
  private readonly visits = new Map<string, Visit>();
  private closed = false;

  constructor(
    private readonly cards: VisitorCards,
    private readonly marks: VisitorMarks,
    private readonly visitors: VisitorsService,
    private readonly live: LiveBroadcast,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationShutdown(): void {
    this.closed = true;
    for (const { leaving } of this.visits.values()) clearTimeout(leaving);
  }

  isHere(visitorId: string): boolean {
    return this.visits.has(visitorId);
  }

  /** One more tab. */
  came({ visitorId, channelId }: { visitorId: string; channelId: string }): void {
    const known = this.visits.get(visitorId);
    if (known) {
      known.tabs += 1;
      clearTimeout(known.leaving);
      return;
    }
    const visit: Visit = {
      channelId,
      tabs: 1,
      page: null,
      typing: false,
      leaving: undefined,
      tell: throttled<void>(tellEveryMs, () => this.tell(visitorId)),
      tellTyping: throttled(tellEveryMs, (typing) => this.tellTyping(visitorId, visit, typing)),
    };
    this.visits.set(visitorId, visit);
    this.quietly(visit.tell());
  }

  /** Another page, in any of his tabs. */
  async moved(visitorId: string, now: VisitorPage): Promise<void> {
    const visit = this.visits.get(visitorId);
    if (!visit) return;
    const page = legible({ ...now, referrer: cameFrom(now, visit.page) });
    visit.page = page;
    await this.visitors.arrived(visitorId, { page });
    await visit.tell();
  }

  /** One tab less. */
  left(visitorId: string): void {
    const visit = this.visits.get(visitorId);
    if (!visit || --visit.tabs > 0 || this.closed) return;
    const at = this.clock.now();
    this.wrote(visitorId);
    visit.leaving = setTimeout(() => {
      this.visits.delete(visitorId);
      this.quietly(this.visitors.left(visitorId, at).then(() => visit.tell()));
    }, graceMs).unref();
  }

  async typing(visitorId: string, typing: boolean): Promise<void> {
    const visit = this.visits.get(visitorId);
    if (!visit || (!typing && !visit.typing)) return;
    visit.typing = typing;
    await visit.tellTyping(typing);
  }

  /** What he was writing is sent, or given up. */
  wrote(visitorId: string): void {
    this.quietly(this.typing(visitorId, false));
  }

  private async tell(visitorId: string): Promise<void> {
    const watched = this.live.watchedCases();
    if (watched.length === 0) return;
    const found = await this.cards.lookedAt(visitorId, watched);
    if (!found) return;
    // He may have come or gone since this was to be told.
    const visit = this.visits.get(visitorId);
    const [online, page] = [visit !== undefined, visit?.page ?? null];
    const at = this.clock.now().toISOString();
    this.live.visitor(found.caseIds, { customerId: found.customerId, visitorId, online, page, at });
  }

  private async tellTyping(visitorId: string, { channelId }: Visit, typing: boolean): Promise<void> {
    if (this.live.connected === 0) return;
    const found = await this.marks.caseOf(channelId, visitorId);
    if (found) this.live.typing({ caseId: found.caseId, channelId, name: found.name, typing });
  }

  /** Nobody waits for these, and the next one says the same. */
  private quietly(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.logger.debug({ err: error }, 'agents could not be told of a visitor');
    });
  }
}
