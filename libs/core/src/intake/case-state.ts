import { newId } from '@loket/platform/ids.js';
import { spoken } from '../calls/call-rules.js';
import { answered } from '../cases/case-status.js';
import { previewOf } from '../cases/preview.js';
import type { NewEvent } from '../events/event-log.js';
import type { CaseState, IntakeItem } from './intake-item.js';
import type { CaseRow } from './intake.queries.js';

export function caseStateOf(row: CaseRow): CaseState {
  return {
    id: row.id,
    number: Number(row.number),
    isNew: false,
    customerId: row.customer_id,
    channelId: null,
    subject: row.subject,
    status: row.status,
    channelKinds: row.channel_kinds,
    preview: row.preview,
    lastDirection: row.last_direction,
    messageCount: row.message_count,
    waitingSince: row.waiting_since,
    snoozedUntil: row.snoozed_until,
    lastMessageAt: row.last_message_at,
    resolvedAt: row.resolved_at,
    version: row.version,
    createdAt: row.created_at,
  };
}

export function newCaseState(item: IntakeItem, now: Date): CaseState {
  return {
    id: newId(),
    number: null,
    isNew: true,
    customerId: item.customer?.id ?? '',
    channelId: item.channel.id,
    subject: titleOf(item),
    // We have written first: now it is the customer's turn.
    status: item.message.history ? 'resolved' : item.own ? 'pending' : 'open',
    channelKinds: [item.channel.kind],
    preview: '',
    lastDirection: null,
    messageCount: 0,
    waitingSince: null,
    snoozedUntil: null,
    lastMessageAt: now,
    resolvedAt: item.message.history ? now : null,
    version: 0,
    createdAt: now,
  };
}

/**
 * Empty when there are only files; then the first words that follow name the case. What somebody noted about a call says
 * more than that there was one.
 */
function titleOf({ message: { subject, text, call } }: IntakeItem): string {
  const words = call ? call.notes || (text.split('\n', 1)[0] ?? '') : text;
  return subject?.trim() || previewOf(words).slice(0, 80);
}

/**
 * What an inbound message does to its case. A person's message makes it open and starts the customer's wait; automatic
 * mail is only appended: it reopens nothing, wakes nothing and awaits no answer (DESIGN §5).
 *
 * @returns the events, with the versions that they lead to
 */
export function addToCase(state: CaseState, item: IntakeItem, messageId: string, now: Date): NewEvent[] {
  if (item.own) return addOwnToCase(state, item, messageId, now);
  const rule = item.match?.rule ?? 'new_case';
  const automatic = (item.message.automatic ?? null) !== null;
  const silent = automatic || item.message.history === true;
  const about = { caseId: state.id, actorId: item.said?.agentId ?? null };
  const events: NewEvent[] = [];

  if (state.version === 0) {
    events.push({ ...about, type: 'case.opened', version: ++state.version, data: { messageId, rule } });
  } else if (!silent && state.status !== 'open') {
    events.push({
      ...about,
      type: 'case.reopened',
      version: ++state.version,
      data: { messageId, from: state.status },
    });
    state.status = 'open';
    state.resolvedAt = null;
  }
  if (!silent) {
    // Who was spoken to on the telephone has had his answer.
    if (item.message.call && spoken(item.message.call)) state.waitingSince = null;
    else state.waitingSince ??= now;
    state.snoozedUntil = null;
    state.lastDirection = 'inbound';
  }
  if (!automatic || state.messageCount === 0) {
    state.preview = previewOf(item.message.text);
    state.lastDirection = 'inbound';
    if (state.subject === '') state.subject = titleOf(item);
  }
  append(state, item, now);
  events.push({ ...about, type: 'message.received', version: ++state.version, data: { messageId, rule } });
  return events;
}

/**
 * What our own side wrote past Loket answers its case like any answer, unless the customer has written since, or a call
 * that nobody took. It opens no resolved case again.
 */
function addOwnToCase(state: CaseState, item: IntakeItem, messageId: string, now: Date): NewEvent[] {
  const about = { caseId: state.id, actorId: item.said?.agentId ?? null };
  const events: NewEvent[] = [];
  if (state.version === 0) {
    const data = { messageId, rule: 'new_case' as const };
    events.push({ ...about, type: 'case.opened', version: ++state.version, data });
  }
  append(state, item, now);
  const { lastDirection, waitingSince } = answered(state, state.lastMessageAt);
  state.lastDirection = lastDirection;
  const { call } = item.message;
  if (!item.overtaken && !item.message.history && (!call || spoken(call))) state.waitingSince = waitingSince;
  state.preview = previewOf(item.message.text);
  events.push({ ...about, type: 'message.sent_elsewhere', version: ++state.version, data: { messageId } });
  return events;
}

function append(state: CaseState, item: IntakeItem, now: Date): void {
  state.messageCount += 1;
  // Never behind an earlier message of the case, even when clocks of two processes differ: the timeline is ordered by it.
  state.lastMessageAt = new Date(
    Math.max(now.getTime(), state.lastMessageAt.getTime() + (state.messageCount > 1 ? 1 : 0)),
  );
  if (!state.channelKinds.includes(item.channel.kind))
    state.channelKinds = [...state.channelKinds, item.channel.kind];
}
