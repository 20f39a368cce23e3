import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type {
  CaseCounts,
  CaseDetail,
  CaseSummary,
  TimelineItem,
  TimelineMessage,
} from '@loket/contracts/cases.js';
import type { EventData, LiveEvent } from '@loket/contracts/events.js';
import type { Page } from '@loket/contracts/primitives.js';
import { dropArrival, noteArrival } from './arrivals.js';
import { recountCallbacks } from './callbacks.js';
import { refetchCalmly } from './calm.js';
import { applyIncidentEvent } from './incidents.js';
import { keys, type CaseListParams } from './keys.js';
import { followQuotes } from './quotes.js';
import { applyReshape, isReshaping } from './reshape.js';
import { dropSuggestion, suggestionsChanged } from './suggestions.js';

export type CaseList = InfiniteData<Page<CaseSummary>, string | null>;
export type Timeline = InfiniteData<Page<TimelineItem>, string | null>;

/** A message that we have sent but that the server has not confirmed yet. */
export const unconfirmed = -1;

/** Does the case belong to the list? null = only the server can tell (a search). */
export function belongs(summary: CaseSummary, params: CaseListParams, me: string): boolean | null {
  if (summary.mergedInto) return false;
  if (params.q) return null;
  if (params.status !== 'all' && summary.status !== params.status) return false;
  if (params.view === 'mine') return summary.assignee?.id === me;
  if (params.view === 'unassigned') return summary.assignee === null;
  if (params.view === 'callback') return summary.callback !== null && !asleep(summary);
  return true;
}

function asleep({ snoozedUntil }: CaseSummary): boolean {
  return snoozedUntil !== null && Date.parse(snoozedUntil) > Date.now();
}

function listsOf(client: QueryClient): [CaseListParams, CaseList][] {
  return client
    .getQueriesData<CaseList>({ queryKey: keys.caseLists })
    .flatMap(([key, data]) => (data ? [[key[1] as CaseListParams, data] as [CaseListParams, CaseList]] : []));
}

/**
 * Puts a case's state in place wherever it is shown, unless what is shown is newer. Order never changes here. A case
 * that was merged into another leaves every list at once: its number leads to the other now.
 */
export function putCase(client: QueryClient, summary: CaseSummary): void {
  for (const [params, list] of listsOf(client)) {
    const found = list.pages.some((page) => page.items.some((item) => item.id === summary.id));
    if (!found) continue;
    const pages = list.pages.map((page) => {
      const at = page.items.findIndex((item) => item.id === summary.id && item.version <= summary.version);
      if (at < 0) return page;
      const items = summary.mergedInto ? page.items.toSpliced(at, 1) : page.items.with(at, summary);
      return { ...page, items };
    });
    client.setQueryData<CaseList>(keys.caseList(params), { ...list, pages });
  }
  const key = keys.case(summary.number);
  const shown = client.getQueryData<CaseDetail>(key);
  if (shown && shown.id !== summary.id) {
    // it was merged when it was asked for, and is a case of its own again
    if (!summary.mergedInto) void client.resetQueries({ queryKey: key, exact: true });
  } else if (shown && shown.version <= summary.version) client.setQueryData(key, { ...shown, ...summary });
}

/** What a list is ordered by; lists of newest first run backwards. */
const sortKey: Record<
  CaseListParams['sort'],
  (summary: CaseSummary, view: CaseListParams['view']) => string
> = {
  newest: (summary) => summary.lastMessageAt,
  oldest: (summary) => summary.createdAt,
  waiting: (summary, view) =>
    (view === 'callback' ? summary.callback?.since : summary.waitingSince) ?? '9999',
};

function order({ sort, view }: CaseListParams, a: CaseSummary, b: CaseSummary): number {
  const key = (summary: CaseSummary) => Date.parse(sortKey[sort](summary, view));
  return sort === 'newest' ? key(b) - key(a) : key(a) - key(b);
}

/** Puts a case that one's own hand has made or brought back where it would stand in the list. */
function insertCase(client: QueryClient, params: CaseListParams, list: CaseList, summary: CaseSummary): void {
  for (const [at, page] of list.pages.entries()) {
    const before = page.items.findIndex((item) => order(params, summary, item) <= 0);
    const isLast = at === list.pages.length - 1;
    if (before < 0 && !(isLast && page.nextCursor === null)) continue;
    const items = page.items.toSpliced(before < 0 ? page.items.length : before, 0, summary);
    const pages = list.pages.with(at, { ...page, items });
    return void client.setQueryData<CaseList>(keys.caseList(params), { ...list, pages });
  }
}

/** Adds or replaces one item of a timeline that is loaded; a message only by a version that is not older. */
export function putItem(client: QueryClient, item: TimelineItem): void {
  client.setQueryData<Timeline>(keys.timeline(item.caseId), (timeline) => {
    const newest = timeline?.pages[0];
    if (!timeline || !newest) return timeline;
    let known = false;
    const pages = timeline.pages.map((page) => {
      const at = page.items.findIndex((other) => other.id === item.id);
      if (at < 0) return page;
      known = true;
      const old = page.items[at];
      if (old?.type === 'message' && item.type === 'message' && old.version > item.version) return page;
      return { ...page, items: page.items.with(at, item) };
    });
    if (known) return { ...timeline, pages };
    const kept = newest.items.filter((other) => !standsFor(item, other));
    const at = kept.findLastIndex((other) => !comesAfter(other, item)) + 1;
    const items = kept.toSpliced(at, 0, item);
    return { ...timeline, pages: timeline.pages.with(0, { ...newest, items }) };
  });
}

/** Timelines are in order of instant, then id; what the server has not confirmed yet stands last. */
function comesAfter(a: TimelineItem, b: TimelineItem): boolean {
  const [at, bt] = [Date.parse(a.at), Date.parse(b.at)];
  if (a.id.startsWith('local:') !== b.id.startsWith('local:')) return a.id.startsWith('local:');
  return at === bt ? a.id > b.id : at > bt;
}

/** The confirmed message may come by socket before the answer to our own request: it takes that one's place. */
function standsFor(item: TimelineItem, other: TimelineItem): boolean {
  if (other.type !== item.type || other.type === 'event' || item.type === 'event') return false;
  const waiting = other.type === 'message' ? other.version === unconfirmed : other.id.startsWith('local:');
  return waiting && other.text === item.text && other.agent?.id === item.agent?.id;
}

export function dropItem(client: QueryClient, caseId: string, id: string): void {
  client.setQueryData<Timeline>(
    keys.timeline(caseId),
    (timeline) =>
      timeline && {
        ...timeline,
        pages: timeline.pages.map((page) => ({
          ...page,
          items: page.items.filter((item) => item.id !== id),
        })),
      },
  );
}

/** What one event does to the counts beside the views; they are fetched again now and then anyway. */
export function countsAfter(counts: CaseCounts, event: LiveEvent, me: string): CaseCounts {
  const summary = event.case;
  if (!summary || counts.capped) return counts;
  const add = (n: number, assignee: string | null | undefined): CaseCounts => ({
    ...counts,
    all: Math.max(0, counts.all + n),
    mine: Math.max(0, counts.mine + (assignee === me ? n : 0)),
    unassigned: Math.max(0, counts.unassigned + (assignee ? 0 : n)),
  });
  const { from, to } = (event.data.status ?? event.data) as { from?: string | null; to?: string | null };
  switch (event.type) {
    case 'case.opened':
      return summary.status === 'resolved' ? counts : add(1, summary.assignee?.id);
    case 'case.reopened':
      return from === 'open' ? counts : add(1, summary.assignee?.id);
    case 'case.updated':
      if (!event.data.status || (from === 'open') === (to === 'open')) return counts;
      return add(to === 'open' ? 1 : -1, summary.assignee?.id);
    case 'case.assigned': {
      if (summary.status !== 'open') return counts;
      const one = (id: string | null | undefined, n: number) => ({
        mine: id === me ? n : 0,
        unassigned: id ? 0 : n,
      });
      const [left, joined] = [one(from, -1), one(to, 1)];
      return {
        ...counts,
        mine: Math.max(0, counts.mine + left.mine + joined.mine),
        unassigned: Math.max(0, counts.unassigned + left.unassigned + joined.unassigned),
      };
    }
    default:
      return counts;
  }
}

/** Who is to be called back changed; sleeping cases are not counted among them. */
function touchesCallback({ data, case: summary }: LiveEvent): boolean {
  return data.callback !== undefined || (data.snoozedUntil !== undefined && summary?.callback != null);
}

function noteInLists(client: QueryClient, before: Map<string, CaseSummary>, event: LiveEvent, me: string) {
  const summary = event.case;
  if (!summary) return;
  for (const [params, list] of listsOf(client)) {
    const belongsNow = belongs(summary, params, me);
    if (summary.mergedInto) dropArrival(params, summary.id);
    const shown = list.pages.some((page) => page.items.some((item) => item.id === summary.id));
    if (shown) {
      const old = before.get(summary.id);
      const key = (one: CaseSummary) => sortKey[params.sort](one, params.view);
      const first = list.pages[0]?.items[0]?.id === summary.id;
      if (old && belongsNow && !first && key(old) !== key(summary)) noteArrival(params, summary.id, 'moved');
    } else if (belongsNow && event.actorId === me && isReshaping(event))
      insertCase(client, params, list, summary);
    else if (belongsNow) noteArrival(params, summary.id, 'arrived');
    else if (belongsNow === false) dropArrival(params, summary.id);
  }
}

export interface PatchContext {
  /** id of the agent who is signed in */
  me: string;
  /** an event may come twice: by two rooms, or again after a reconnect */
  first: boolean;
  /** rooms `case:{id}` bring items; without the room, a loaded timeline must be fetched again */
  watching: (caseId: string) => boolean;
}

/** Makes the cache look as if the server had been asked after this event. */
export function applyEvent(client: QueryClient, event: LiveEvent, context: PatchContext): void {
  const [family] = event.type.split('.');
  if (family === 'channel') refetchCalmly(client, keys.channels);
  if (family === 'quarantine') refetchCalmly(client, keys.quarantine);
  if (family === 'agent') refetchCalmly(client, isOfWork(event) ? keys.agentWork : keys.agents);
  if (family === 'team') refetchCalmly(client, keys.teams);
  if (family === 'tag') {
    refetchCalmly(client, keys.tags);
    refetchCalmly(client, keys.settings('tags'));
  }
  if (family === 'settings') void client.invalidateQueries({ queryKey: ['settings'] });
  if (event.type === 'suggestion.settled') {
    const { suggestionId, kind } = event.data as EventData<'suggestion.settled'>;
    dropSuggestion(client, suggestionId, kind);
  }
  if (family === 'suggestion' && context.first) suggestionsChanged(client);
  if (event.type === 'customer.updated' && typeof event.data.customerId === 'string') {
    void client.invalidateQueries({ queryKey: keys.customer(event.data.customerId) });
  }
  if (context.first) applyIncidentEvent(client, event);
  if (context.first && isReshaping(event)) applyReshape(client, event);
  if (!event.case || !event.caseId) return;

  const before = new Map<string, CaseSummary>();
  for (const [, list] of listsOf(client)) {
    for (const page of list.pages) for (const item of page.items) before.set(item.id, item);
  }
  noteInLists(client, before, event, context.me);
  putCase(client, event.case);
  if (context.first) {
    client.setQueryData<CaseCounts>(
      keys.caseCounts,
      (counts) => counts && countsAfter(counts, event, context.me),
    );
    if (touchesCallback(event)) recountCallbacks(client);
    if (event.type === 'case.opened') {
      void client.invalidateQueries({ queryKey: keys.customerCases(event.case.customer.id) });
    }
  }
  if (event.item) {
    putItem(client, event.item);
    if (event.type === 'message.changed' && isMessage(event.item)) followQuotes(client, event.item);
  }
  if (!event.item && !context.watching(event.caseId)) {
    void client.invalidateQueries({ queryKey: keys.timeline(event.caseId) });
  }
  if (event.type === 'message.received' && context.first) {
    // a new sender may offer new ways to answer, and may have taught us an identity
    void client.invalidateQueries({ queryKey: keys.case(event.case.number) });
    void client.invalidateQueries({ queryKey: keys.customer(event.case.customer.id) });
  }
}

/** Somebody comes, goes or can carry more: his name and face are what they were. */
function isOfWork({ type }: LiveEvent): boolean {
  return type === 'agent.availability_changed' || type === 'agent.work_updated';
}

export function isMessage(item: TimelineItem): item is TimelineMessage {
  return item.type === 'message';
}
