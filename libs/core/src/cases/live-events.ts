import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { TimelineItem } from '@loket/contracts/cases.js';
import type { LiveEvent } from '@loket/contracts/events.js';
import { formatCursor } from '../events/event-cursor.js';
import type { StoredEvent } from '../events/events.queries.js';
import { caseSummaries } from './case-summaries.queries.js';
import { eventItemId, timelineEventItems, timelineMessages, timelineNotes } from './timeline.queries.js';

/** Makes stored events into what clients get: with the case and the item as they are today. */
@Injectable()
export class LiveEvents {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /**
   * A fixed number of statements, however many events.
   *
   * @param wantsItem of which cases the timeline items are needed; others get `item: null`
   */
  async enrich(events: readonly StoredEvent[], wantsItem: (caseId: string) => boolean): Promise<LiveEvent[]> {
    const caseIds = [...new Set(events.flatMap((e) => e.caseId ?? []))];
    const detailed = events.filter((e) => e.caseId !== null && wantsItem(e.caseId));
    const messageIds = [...new Set(detailed.flatMap((e) => idIn(e, 'messageId')))];
    // Whispers are read by the one whom they are for, never sent to everybody who has the case open.
    const open = detailed.filter((e) => e.data['toAgentId'] === undefined);
    const noteIds = [...new Set(open.flatMap((e) => idIn(e, 'noteId')))];
    // One after the other, on one connection: a batch must not take the pool from the intake.
    const cases = await caseSummaries(this.manager, caseIds);
    const messages = await timelineMessages(this.manager, messageIds);
    const notes = await timelineNotes(this.manager, noteIds);
    const lines = await timelineEventItems(this.manager, detailed);
    const itemOf = (e: StoredEvent): TimelineItem | null =>
      lines.get(eventItemId(e.type, e.position.id)) ??
      messages.get(idIn(e, 'messageId')[0] ?? '') ??
      notes.get(idIn(e, 'noteId')[0] ?? '') ??
      null;
    const wanted = new Set(detailed);
    return events.map((e) => ({
      cursor: formatCursor(e.position),
      id: e.position.id.toString(),
      type: e.type,
      at: e.at.toISOString(),
      caseId: e.caseId,
      version: e.version,
      actorId: e.actorId,
      data: e.data,
      case: e.caseId === null ? null : (cases.get(e.caseId) ?? null),
      item: wanted.has(e) ? itemOf(e) : null,
    }));
  }
}

function idIn(event: StoredEvent, field: 'messageId' | 'noteId'): string[] {
  const value = event.data[field];
  return typeof value === 'string' ? [value] : [];
}
