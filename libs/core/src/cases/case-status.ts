import type { CaseStatus } from '@loket/contracts/cases.js';

/** The fields of a case that depend on its status. */
export interface StatusFields {
  status: CaseStatus;
  lastDirection: 'inbound' | 'outbound' | null;
  lastMessageAt: Date;
  waitingSince: Date | null;
  snoozedUntil: Date | null;
  resolvedAt: Date | null;
  /** the task to call back ends with the case */
  callbackSince: Date | null;
  callbackNumber: string | null;
  callbackDoneAt: Date | null;
}

/** Where a person may move a case from each status. A new message of the customer moves it too: see intake. */
export const transitions: Record<CaseStatus, readonly CaseStatus[]> = {
  open: ['pending', 'resolved'],
  pending: ['open', 'resolved'],
  resolved: ['open', 'pending'],
};

/**
 * A case moved to another status by a person.
 *
 * `waitingSince` tells since when the customer waits for us. It starts with his first unanswered message and ends with
 * an answer, or when somebody decides that he does not wait (pending, resolved). A case put back to `open` while his
 * message is still the last word waits since that message.
 */
export function changeStatus(fields: StatusFields, to: CaseStatus, now: Date): StatusFields {
  if (fields.status === to) return fields;
  const unanswered = fields.lastDirection === 'inbound' ? fields.lastMessageAt : null;
  switch (to) {
    case 'open':
      return { ...fields, status: to, resolvedAt: null, waitingSince: fields.waitingSince ?? unanswered };
    case 'pending':
      return { ...fields, status: to, resolvedAt: null, waitingSince: null };
    case 'resolved':
      return {
        ...fields,
        ...withoutCallback(now),
        status: to,
        resolvedAt: now,
        waitingSince: null,
        snoozedUntil: null,
      };
  }
}

/** Nobody has to be called back any more, whatever older calls are still told later. */
export function withoutCallback(
  now: Date,
): Pick<StatusFields, 'callbackSince' | 'callbackNumber' | 'callbackDoneAt'> {
  return { callbackSince: null, callbackNumber: null, callbackDoneAt: now };
}

/** A case as an answer of ours leaves it, before the status that the agent may choose with it. */
export function answered<T extends Pick<StatusFields, 'lastDirection' | 'lastMessageAt' | 'waitingSince'>>(
  fields: T,
  now: Date,
): T {
  return { ...fields, lastDirection: 'outbound', lastMessageAt: now, waitingSince: null };
}
