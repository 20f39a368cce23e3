import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { mostHere, type Sign } from '@loket/contracts/signs.js';
import type { VisitorPage } from '@loket/contracts/visitors.js';
import { legible } from '@loket/core/intake/legible.js';
import { VisitorCards } from '@loket/core/visitors/visitor-cards.service.js';
import { VisitorMarks } from '@loket/core/visitors/visitor-marks.service.js';
import { VisitorsService } from '@loket/core/visitors/visitors.service.js';
import { Clock } from '@loket/platform/clock.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { Signs } from '@loket/platform/signs/signs.js';
import { LiveBroadcast } from '../live/live-broadcast.js';
import { cameFrom } from './came-from.js';
import { throttled } from './throttled.js';

/** Whoever follows a link is away for a moment: he has left only when he has not come back by then. */
const graceMs = 8_000;
/** What agents are told of one visitor, however many tabs he has: more often nobody can read it. */
const tellEveryMs = 1_000;
/** how often the other processes are told who is here, and how long they believe it */
const hereMs = 15_000;
const elsewhereMs = 40_000;
/** characters of a page's addresses and title; a longer one stands on the visitor's card, and in no sign */
const longestPage = 2_000;

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
 * Which visitors are on a page now, and what agents are told of it: only those who have a case of the very customer before
 * them, and as a sign that passes. Nothing of it becomes an event.
 */
@Injectable()
export class VisitorWhereabouts implements OnModuleInit, OnApplicationShutdown {
  /** those of this process */
  private readonly visits = new Map<string, Visit>();
  /** those of others, and until when that is believed; milliseconds */
  private readonly elsewhere = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly cards: VisitorCards,
    private readonly marks: VisitorMarks,
    private readonly visitors: VisitorsService,
    private readonly live: LiveBroadcast,
    private readonly signs: Signs,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.signs.listen('visitor', (sign) => this.hear(sign));
    this.signs.listen('visitor.typing', (sign) => this.quietly(this.showTyping(sign)));
    this.signs.listen('visitors.here', ({ visitorIds }) => {
      for (const id of visitorIds) this.believe(id);
    });
    this.timer = setInterval(() => this.tellHere(), hereMs).unref();
  }

  onApplicationShutdown(): void {
    this.closed = true;
    clearInterval(this.timer);
    for (const { leaving } of this.visits.values()) clearTimeout(leaving);
  }

  /** On a page now, whichever process he is connected to. */
  isHere(visitorId: string): boolean {
    return this.visits.has(visitorId) || (this.elsewhere.get(visitorId) ?? 0) > this.clock.now().getTime();
  }

  /** Is any visitor on any page? */
  anybody(): boolean {
    return this.visits.size > 0 || this.elsewhere.size > 0;
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

  private tell(visitorId: string): void {
    this.signs.tell('visitor', {
      visitorId,
      ...this.whereabouts(visitorId),
      at: this.clock.now().toISOString(),
    });
  }

  private tellTyping(visitorId: string, { channelId }: Visit, typing: boolean): void {
    this.signs.tell('visitor.typing', { visitorId, channelId, typing });
  }

  private whereabouts(visitorId: string): { online: boolean; page: VisitorPage | null } {
    const visit = this.visits.get(visitorId);
    const page = visit?.page ?? null;
    const length = page ? page.url.length + page.title.length + page.referrer.length : 0;
    return { online: visit !== undefined, page: length > longestPage ? null : page };
  }

  /** The others forget whoever is not named again; those who stay long are named for newcomers too. */
  private tellHere(): void {
    const now = this.clock.now().getTime();
    for (const [id, until] of this.elsewhere) if (until <= now) this.elsewhere.delete(id);
    const ids = [...this.visits.keys()];
    for (let at = 0; at < ids.length; at += mostHere)
      this.signs.tell('visitors.here', { visitorIds: ids.slice(at, at + mostHere) });
  }

  private believe(visitorId: string): void {
    if (!this.visits.has(visitorId)) this.elsewhere.set(visitorId, this.clock.now().getTime() + elsewhereMs);
  }

  private hear(sign: Sign<'visitor'>): void {
    if (sign.online) this.believe(sign.visitorId);
    else this.elsewhere.delete(sign.visitorId);
    this.quietly(this.show(sign));
  }

  private async show({ visitorId, at, ...told }: Sign<'visitor'>): Promise<void> {
    const watched = this.live.watchedCases();
    if (watched.length === 0) return;
    const found = await this.cards.lookedAt(visitorId, watched);
    if (!found) return;
    // He may have come or gone since this was told, or left another process while he has a page open here.
    const now = this.visits.has(visitorId) ? this.whereabouts(visitorId) : told;
    this.live.visitor(found.caseIds, { customerId: found.customerId, visitorId, ...now, at });
  }

  private async showTyping({ visitorId, channelId, typing }: Sign<'visitor.typing'>): Promise<void> {
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
