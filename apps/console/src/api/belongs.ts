import type { QueryClient } from '@tanstack/react-query';
import type { CaseCounts, CaseSummary, CaseView } from '@loket/contracts/cases.js';
import type { LiveEvent } from '@loket/contracts/events.js';
import type { Team } from '@loket/contracts/teams.js';
import { keys, type CaseListParams } from './keys.js';

/** Whose lists they are. */
export interface Viewer {
  me: string;
  /** ids of the teams that he is in; null while nobody has asked for the teams */
  teams: ReadonlySet<string> | null;
}

/** @param me id of the agent who is signed in */
export function viewerOf(client: QueryClient, me: string): Viewer {
  const teams = client.getQueryData<{ items: Team[] }>(keys.teams)?.items;
  const mine = teams?.filter((team) => team.members.some(({ id }) => id === me));
  return { me, teams: mine ? new Set(mine.map(({ id }) => id)) : null };
}

/** Does the case belong to the list? null = only the server can tell: of a search, of mentions, of who follows it. */
export function belongs(summary: CaseSummary, params: CaseListParams, viewer: Viewer): boolean | null {
  if (summary.mergedInto) return false;
  const tests = [inView(summary, params, viewer), ...filters(summary, params, viewer)];
  if (tests.includes(false)) return false;
  return tests.includes(null) ? null : true;
}

function inView(summary: CaseSummary, { view, status, customer, q }: CaseListParams, viewer: Viewer) {
  if (status !== 'all' && summary.status !== status) return false;
  const leavesOutAsleep = (status === 'open' || view === 'callback') && view !== 'snoozed' && !customer && !q;
  if (leavesOutAsleep && asleep(summary)) return false;
  switch (view) {
    case 'mine':
      return summary.assignee?.id === viewer.me;
    case 'unassigned':
      return summary.assignee === null;
    case 'teams':
      return summary.team === null ? false : (viewer.teams?.has(summary.team.id) ?? null);
    case 'snoozed':
      return asleep(summary);
    case 'callback':
      return summary.callback !== null;
    case 'mentions':
    case 'following':
      return null;
    case 'all':
      return true;
  }
}

function* filters(summary: CaseSummary, params: CaseListParams, { me }: Viewer): Generator<boolean | null> {
  const { assignee, team, kind, priority, tag, waitingMinutes } = params;
  if (params.q) yield null;
  if (assignee === 'none') yield summary.assignee === null;
  else if (assignee) yield summary.assignee?.id === (assignee === 'me' ? me : assignee);
  if (team) yield (summary.team?.id ?? 'none') === team;
  // a case tells the kinds of its channels, not which ones they are
  if (params.channel) yield null;
  if (kind) yield summary.channelKinds.some((one) => kind.split(',').includes(one));
  if (priority) yield priority.split(',').includes(summary.priority);
  if (tag) yield summary.tags.includes(tag);
  if (waitingMinutes)
    yield (
      summary.waitingSince !== null &&
      Date.parse(summary.waitingSince) <= Date.now() - waitingMinutes * 60_000
    );
  // another profile's id may stand for the same customer
  if (params.customer) yield summary.customer.id === params.customer || null;
}

function asleep({ snoozedUntil }: CaseSummary): boolean {
  return snoozedUntil !== null && Date.parse(snoozedUntil) > Date.now();
}

/** One more or one less to call back: no event says who waited for that before, but the case as it was shown does; null: it is new. */
export function callbacksAfter(
  counts: CaseCounts,
  before: CaseSummary | null,
  after: CaseSummary,
): CaseCounts {
  if (counts.capped || (before && before.version >= after.version)) return counts;
  const waits = (summary: CaseSummary | null) => Number(summary?.callback != null && !summary.mergedInto);
  const by = waits(after) - waits(before);
  return by === 0 ? counts : { ...counts, callback: Math.max(0, counts.callback + by) };
}

const counted = ['mine', 'teams', 'unassigned', 'snoozed', 'all'] as const satisfies readonly CaseView[];

/**
 * What one event does to the counts beside the views: the case counts where it is now, and no more where it was before.
 * Who is named in a case or follows it the event does not tell; those are fetched again now and then, as all are.
 */
export function countsAfter(counts: CaseCounts, event: LiveEvent, viewer: Viewer): CaseCounts {
  const after = event.case;
  if (!after || counts.capped) return counts;
  const before = beforeEvent(after, event);
  if (before === undefined) return counts;
  const next = { ...counts, queues: { ...counts.queues } };
  let changed = false;
  const change = (params: Pick<CaseListParams, 'view' | 'team'>, count: number): number => {
    const counts1 = (summary: CaseSummary | null) =>
      summary !== null && belongs(summary, { ...params, status: 'open', sort: 'newest' }, viewer) ? 1 : 0;
    const by = counts1(after) - counts1(before);
    changed ||= by !== 0;
    return Math.max(0, count + by);
  };
  for (const view of counted) next[view] = change({ view }, next[view]);
  for (const team of new Set([before?.team?.id, after.team?.id]))
    if (team) next.queues[team] = change({ view: 'all', team }, next.queues[team] ?? 0);
  return changed ? next : counts;
}

interface Change<T> {
  from?: T;
}

/** The case without what the event did to it. @returns null when there was none, undefined when nothing counts */
function beforeEvent(after: CaseSummary, { type, data }: LiveEvent): CaseSummary | null | undefined {
  switch (type) {
    case 'case.opened':
      return null;
    case 'case.reopened':
      return { ...after, status: data.from as CaseSummary['status'], snoozedUntil: null };
    case 'case.updated': {
      const status = (data.status as Change<CaseSummary['status']> | undefined)?.from;
      const snoozed = data.snoozedUntil as Change<string | null> | undefined;
      if (status === undefined && snoozed === undefined) return undefined;
      return {
        ...after,
        ...(status !== undefined && { status }),
        ...(snoozed && { snoozedUntil: snoozed.from ?? null }),
      };
    }
    case 'case.assigned': {
      const team = data.team as Change<string | null> | undefined;
      const person = data.from as string | null | undefined;
      return {
        ...after,
        assignee: person ? { id: person, name: '' } : null,
        ...(team && { team: team.from ? { id: team.from, name: '' } : null }),
      };
    }
    default:
      return undefined;
  }
}
