import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { LiveEvent } from '@loket/contracts/events.js';
import {
  comparePositions,
  formatCursor,
  parseCursor,
  startOfLog,
  type EventPosition,
} from '../events/event-cursor.js';
import { audienceOf } from '../events/event-audience.js';
import { readEvents, readLogState, type StoredEvent } from '../events/events.queries.js';
import { LiveEvents } from './live-events.js';

/** Missed events beyond these are cheaper to refetch than to replay. */
const maxReplay = 2_000;

/** What happened since a cursor, for those who were away. */
@Injectable()
export class EventHistory {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly live: LiveEvents,
  ) {}

  /**
   * One page for GET /events.
   *
   * @param after leave out to begin at the start of the log
   * @throws AppError `invalid` `cursor_invalid`, `conflict` `cursor_expired` when the log does not reach that far
   */
  async page(
    { after, limit }: { after?: string; limit: number },
    isAdmin: boolean,
  ): Promise<{ items: LiveEvent[]; nextCursor: string }> {
    const from = after === undefined ? startOfLog : parseCursor(after);
    if (!from) throw new AppError('invalid', 'cursor_invalid', 'this is no cursor of the event log');
    if (await this.isBeyondLog(from)) {
      throw new AppError(
        'conflict',
        'cursor_expired',
        'the log does not know this cursor; read everything anew',
      );
    }
    const events = await readEvents(this.manager, from, limit);
    const visible = events.filter(({ type }) => {
      const audience = audienceOf(type);
      return audience === 'agents' || (audience === 'admins' && isAdmin);
    });
    return {
      items: await this.live.enrich(visible, () => true),
      nextCursor: formatCursor(events.at(-1)?.position ?? from),
    };
  }

  /**
   * Everything between two places that somebody wants.
   *
   * @returns null when it cannot be replayed: too much, or a cursor that this log never gave out
   */
  async replay(
    after: string,
    upTo: EventPosition,
    wants: (event: StoredEvent) => boolean,
    wantsItem: (caseId: string) => boolean,
  ): Promise<LiveEvent[] | null> {
    const from = parseCursor(after);
    if (!from) return null;
    if (comparePositions(from, upTo) >= 0) return (await this.isBeyondLog(from)) ? null : [];
    const events = await readEvents(this.manager, from, maxReplay + 1, upTo);
    return events.length > maxReplay ? null : this.live.enrich(events.filter(wants), wantsItem);
  }

  /** A cursor from before a restore: its transaction has not happened yet in this database. */
  private async isBeyondLog({ tx }: EventPosition): Promise<boolean> {
    if (tx === 0n) return false;
    return tx >= (await readLogState(this.manager)).xmin;
  }
}
