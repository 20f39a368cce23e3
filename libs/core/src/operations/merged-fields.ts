import type { CaseStatus, Priority } from '@loket/contracts/cases.js';
import type { Case } from '../cases/case.entity.js';

/** What people and the desk set on a case, and what a merge has to reconcile. */
export type MergeableFields = Pick<
  Case,
  | 'status'
  | 'priority'
  | 'assigneeId'
  | 'teamId'
  | 'tags'
  | 'waitingSince'
  | 'snoozedUntil'
  | 'resolvedAt'
  | 'incidentId'
>;

const openness: readonly CaseStatus[] = ['resolved', 'pending', 'open'];
const urgency: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];

/** The fields of `into` after `from` was merged into it: nothing that either side waits for may be forgotten. */
export function mergedFields(from: MergeableFields, into: MergeableFields): MergeableFields {
  const status = higher(openness, from.status, into.status);
  return {
    status,
    priority: higher(urgency, from.priority, into.priority),
    assigneeId: into.assigneeId ?? from.assigneeId,
    // With the person of the other case comes the team that he has it for.
    teamId:
      (into.assigneeId === null && from.assigneeId !== null ? from.teamId : null) ??
      into.teamId ??
      from.teamId,
    tags: [...new Set([...into.tags, ...from.tags])],
    waitingSince: status === 'open' ? earlier(from.waitingSince, into.waitingSince) : null,
    snoozedUntil: mergedSnooze(from, into),
    resolvedAt: status === 'resolved' ? into.resolvedAt : null,
    incidentId: into.incidentId ?? from.incidentId,
  };
}

/** A case that is awake stays so; one that is resolved has no say in it. */
function mergedSnooze(from: MergeableFields, into: MergeableFields): Date | null {
  const live = [from, into].filter(({ status }) => status !== 'resolved');
  if (live.length === 0 || live.some(({ snoozedUntil }) => snoozedUntil === null)) return null;
  return live.map(({ snoozedUntil }) => snoozedUntil).reduce(earlier, null);
}

function higher<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
