import type { UpdateCase } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import type { EventData } from '@loket/contracts/events.js';
import type { Case } from './case.entity.js';
import { changeStatus, withoutCallback } from './case-status.js';
import { callbackChange } from './callback.js';

/** What people change about a case, and what follows from it. */
export type Changeable = Pick<
  Case,
  | 'status'
  | 'priority'
  | 'subject'
  | 'tags'
  | 'snoozedUntil'
  | 'waitingSince'
  | 'resolvedAt'
  | 'callbackSince'
  | 'callbackNumber'
  | 'callbackDoneAt'
>;

/**
 * A case as a change leaves it.
 * @throws AppError `unprocessable` `snooze_in_past`, `snooze_resolved`
 */
export function changed(found: Case, change: UpdateCase, now: Date): Changeable {
  const next = changeStatus(found, change.status ?? found.status, now);
  const { status, waitingSince, resolvedAt, snoozedUntil } = next;
  const { callbackSince, callbackNumber, callbackDoneAt } =
    change.callbackDone && next.callbackSince !== null ? withoutCallback(now) : next;
  return {
    status,
    waitingSince,
    resolvedAt,
    callbackSince,
    callbackNumber,
    callbackDoneAt,
    snoozedUntil: change.snoozedUntil === undefined ? snoozedUntil : snooze(change.snoozedUntil, status, now),
    priority: change.priority ?? found.priority,
    subject: change.subject ?? found.subject,
    tags: change.tags ? [...new Set(change.tags)] : found.tags,
  };
}

function snooze(until: string | null, status: Case['status'], now: Date): Date | null {
  if (until === null) return null;
  const at = new Date(until);
  if (at <= now)
    throw new AppError('unprocessable', 'snooze_in_past', 'a case can only be snoozed into the future');
  if (status === 'resolved') {
    throw new AppError('unprocessable', 'snooze_resolved', 'a resolved case cannot be snoozed');
  }
  return at;
}

/** Old and new of what differs, as the event tells it; empty when nothing does. */
export function differences(before: Changeable, after: Changeable): EventData<'case.updated'> {
  const data: EventData<'case.updated'> = callbackChange(before, after);
  if (before.status !== after.status) data.status = { from: before.status, to: after.status };
  if (before.priority !== after.priority) data.priority = { from: before.priority, to: after.priority };
  if (before.subject !== after.subject) data.subject = { from: before.subject, to: after.subject };
  if (JSON.stringify(before.tags) !== JSON.stringify(after.tags))
    data.tags = { from: before.tags, to: after.tags };
  if (before.snoozedUntil?.getTime() !== after.snoozedUntil?.getTime()) {
    data.snoozedUntil = {
      from: before.snoozedUntil?.toISOString() ?? null,
      to: after.snoozedUntil?.toISOString() ?? null,
    };
  }
  return data;
}
