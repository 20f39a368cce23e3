import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { TimelineItem } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { decodeCursor, encodeCursor, type Page } from '@loket/contracts/primitives.js';
import {
  eventsOfItems,
  timelineEventItems,
  timelineKeys,
  timelineMessages,
  timelineNotes,
  type TimelineKey,
} from './timeline.queries.js';

/** Messages of all channels, notes and what happened, as one story. For agents only: it holds notes. */
@Injectable()
export class TimelineService {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /** @param viewerId whose whispers are in it */
  async ofCase(
    caseId: string,
    query: { cursor?: string; limit: number },
    viewerId: string,
  ): Promise<Page<TimelineItem>> {
    return this.page({ caseId }, query, viewerId);
  }

  /** Over all cases of a customer. */
  async ofCustomer(
    customerId: string,
    query: { cursor?: string; limit: number },
    viewerId: string,
  ): Promise<Page<TimelineItem>> {
    return this.page({ customerId }, query, viewerId);
  }

  async message(messageId: string): Promise<TimelineItem> {
    const item = (await timelineMessages(this.manager, [messageId])).get(messageId);
    if (!item) throw new AppError('not_found', 'message_not_found', 'there is no such message');
    return item;
  }

  /** @throws AppError `not_found` `note_not_found`, also when it is a whisper between others */
  async note(noteId: string, viewerId: string): Promise<TimelineItem> {
    const item = (await timelineNotes(this.manager, [noteId])).get(noteId);
    if (!item || !mayRead(item, viewerId))
      throw new AppError('not_found', 'note_not_found', 'there is no such note');
    return item;
  }

  private async page(
    scope: { caseId: string } | { customerId: string },
    { cursor, limit }: { cursor?: string; limit: number },
    viewerId: string,
  ): Promise<Page<TimelineItem>> {
    const before = cursor === undefined ? undefined : readCursor(cursor);
    const found = await timelineKeys(this.manager, scope, viewerId, limit + 1, before);
    const keys = found.slice(0, limit);
    const oldest = keys.at(-1);
    const items = await this.items(keys);
    return {
      items: keys.toReversed().flatMap((key) => items.get(key.id) ?? []),
      nextCursor: found.length > limit && oldest ? encodeCursor([oldest.at, oldest.id]) : null,
    };
  }

  private async items(keys: readonly TimelineKey[]): Promise<Map<string, TimelineItem>> {
    const ids = (kind: TimelineKey['kind']): string[] => keys.filter((k) => k.kind === kind).map((k) => k.id);
    const [messages, notes, lines] = await Promise.all([
      timelineMessages(this.manager, ids('message')),
      timelineNotes(this.manager, ids('note')),
      eventsOfItems(this.manager, ids('event')).then((events) => timelineEventItems(this.manager, events)),
    ]);
    return new Map([...messages, ...notes, ...lines]);
  }
}

function mayRead(item: TimelineItem, viewerId: string): boolean {
  return item.type !== 'note' || item.to === null || [item.to.id, item.agent.id].includes(viewerId);
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  const valid =
    typeof at === 'string' && /^\d{1,18}$/.test(at) && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id);
  if (!valid) throw new AppError('invalid', 'cursor_invalid', 'this cursor does not belong to this list');
  return { at, id };
}
