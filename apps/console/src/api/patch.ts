import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type {
  CaseCounts,
  CaseDetail,
  CasePage,
  CaseSummary,
  TimelineItem,
  TimelineMessage,
} from '@loket/contracts/cases.js';
import type { EventData, LiveEvent } from '@loket/contracts/events.js';
import type { Page } from '@loket/contracts/primitives.js';
import { dropArrival, noteArrival } from './arrivals.js';
import { applyAvailability } from './availability.js';
import { belongs, callbacksAfter, countsAfter, viewerOf, type Viewer } from './belongs.js';
import { stirBoard } from './board.js';
import { applyHeldEvent } from './held-replies.js';
import { refetchCalmly, refetchSoon } from './calm.js';
import { applyIncidentEvent } from './incidents.js';
import { keys, type CaseListParams } from './keys.js';
import { followQuotes } from './quotes.js';
import { recount, recountAfter, recountSuggestions } from './recount.js';
import { applyReshape, isReshaping } from './reshape.js';
import { dropSuggestion } from './suggestions.js';

/** Where in a list a page was asked for; `at`, `end`: which row is its first, or comes just after it. null = the top */
export type ListPlace =
  { offset: number; at: number } | { cursor: string; at: number } | { before: string; end: number } | null;
export type CaseListPage = Page<CaseSummary> & Partial<Pick<CasePage, 'previousCursor' | 'similar'>>;
export type CaseList = InfiniteData<CaseListPage, ListPlace>;
export type Timeline = InfiniteData<Page<TimelineItem>, string | null>;

/** A message that we have sent but that the server has not confirmed yet. */
export const unconfirmed = -1;

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
  putCases(client, [summary]);
}

/** The same for many at once: each list is drawn once. */
export function putCases(client: QueryClient, summaries: readonly CaseSummary[]): void {
  const byId = new Map(summaries.map((summary) => [summary.id, summary]));
  const newer = (item: CaseSummary) => {
    const summary = byId.get(item.id);
    return summary && item.version <= summary.version ? summary : item;
  };
  for (const [params, list] of listsOf(client)) {
    if (!list.pages.some((page) => page.items.some((item) => newer(item) !== item))) continue;
    const pages = list.pages.map((page) => {
      if (!page.items.some((item) => newer(item) !== item)) return page;
      return { ...page, items: page.items.map(newer).filter((item) => !item.mergedInto) };
    });
    client.setQueryData<CaseList>(keys.caseList(params), { ...list, pages });
  }
  for (const summary of summaries) putDetail(client, summary);
}

function putDetail(client: QueryClient, summary: CaseSummary): void {
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
  oldest: (summary) => summary.lastMessageAt,
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
    // above the part of the list that is loaded
    if (at === 0 && before === 0 && page.previousCursor) return;
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

function noteInLists(client: QueryClient, event: LiveEvent, viewer: Viewer) {
  const summary = event.case;
  if (!summary) return;
  const { me } = viewer;
  for (const [params, list] of listsOf(client)) {
    const belongsNow = belongs(summary, params, viewer);
    if (summary.mergedInto) dropArrival(params, summary.id);
    const old = inList(list, summary.id);
    if (old) {
      const key = (one: CaseSummary) => sortKey[params.sort](one, params.view);
      const first = list.pages[0]?.items[0]?.id === summary.id;
      if (belongsNow && !first && key(old) !== key(summary)) noteArrival(params, summary.id, 'moved');
    } else if (belongsNow && event.actorId === me && isReshaping(event))
      insertCase(client, params, list, summary);
    else if (belongsNow && !furtherDown(params, list, summary)) noteArrival(params, summary.id, 'arrived');
    else if (belongsNow === false) dropArrival(params, summary.id);
  }
}

/** It stands in the part of the list that is not loaded yet: it has been there, or nobody sees that it came. */
function furtherDown(params: CaseListParams, list: CaseList, summary: CaseSummary): boolean {
  const end = list.pages.at(-1);
  const last = end?.items.at(-1);
  return last !== undefined && end?.nextCursor !== null && order(params, summary, last) > 0;
}

function inList(list: CaseList, id: string): CaseSummary | undefined {
  for (const page of list.pages) {
    const found = page.items.find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

/** The case as it is shown somewhere. */
function shownCase(client: QueryClient, { id, number }: CaseSummary): CaseSummary | undefined {
  for (const [, list] of listsOf(client)) {
    const found = inList(list, id);
    if (found) return found;
  }
  const open = client.getQueryData<CaseDetail>(keys.case(number));
  return open?.id === id ? open : undefined;
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
  if (event.type === 'agent.availability_changed') applyAvailability(client, event);
  // his name and face are what they were
  else if (event.type === 'agent.work_updated') refetchCalmly(client, keys.agentWork);
  else if (family === 'agent') refetchCalmly(client, keys.agents);
  if (family === 'invitation') refetchSoon(client, keys.invitations);
  if (family === 'team') refetchCalmly(client, keys.teams);
  if (family === 'tag') {
    refetchSoon(client, keys.tags);
    refetchSoon(client, keys.settings('tags'));
  }
  if (concerns(event, 'view.updated', context.me)) {
    refetchSoon(client, keys.savedViews);
    if (context.first) recount(client, event.actorId === context.me ? 0 : undefined);
  }
  if (concerns(event, 'canned_answer.updated', context.me)) refetchSoon(client, keys.cannedAnswers);
  if (family === 'settings') void client.invalidateQueries({ queryKey: ['settings'] });
  if (event.type === 'suggestion.settled') {
    const { suggestionId, kind } = event.data as EventData<'suggestion.settled'>;
    dropSuggestion(client, suggestionId, kind);
  }
  if (family === 'suggestion' && context.first) recountSuggestions(client);
  if (context.first) recountAfter(client, event, context.me);
  if (event.type === 'customer.updated' && typeof event.data.customerId === 'string') {
    void client.invalidateQueries({ queryKey: keys.customer(event.data.customerId) });
  }
  if (context.first) stirBoard(client, event);
  if (context.first) applyHeldEvent(client, event);
  if (context.first) applyIncidentEvent(client, event);
  if (context.first && isReshaping(event)) applyReshape(client, event);
  if (!event.case || !event.caseId) return;

  const viewer = viewerOf(client, context.me);
  const before = shownCase(client, event.case) ?? (event.type === 'case.opened' ? null : undefined);
  noteInLists(client, event, viewer);
  putCase(client, event.case);
  if (context.first) {
    client.setQueryData<CaseCounts>(keys.caseCounts, (counts) => {
      const after = event.case;
      if (!counts || !after) return counts;
      return countsAfter(
        before === undefined ? counts : callbacksAfter(counts, before, after),
        event,
        viewer,
      );
    });
    if (event.type === 'case.opened') {
      void client.invalidateQueries({ queryKey: keys.customerCases(event.case.customer.id) });
    }
  }
  if (event.item) {
    putItem(client, event.item);
    if (event.type === 'message.changed' && isMessage(event.item)) followQuotes(client, event.item);
  }
  if (isWhisperOf(event, context.me))
    void client.invalidateQueries({ queryKey: keys.timeline(event.caseId) });
  if (!event.item && !context.watching(event.caseId)) {
    void client.invalidateQueries({ queryKey: keys.timeline(event.caseId) });
  }
  if (event.type === 'message.received' && context.first) {
    // a new sender may offer new ways to answer, and may have taught us an identity
    void client.invalidateQueries({ queryKey: keys.case(event.case.number) });
    void client.invalidateQueries({ queryKey: keys.customer(event.case.customer.id) });
  }
}

/** Something that one keeps for oneself is nobody else's news. */
function concerns(
  { type, data }: LiveEvent,
  wanted: 'view.updated' | 'canned_answer.updated',
  me: string,
): boolean {
  return type === wanted && (data.onlyFor === null || data.onlyFor === me);
}

/** A note for me alone, or one that I wrote to somebody: its words come with the timeline, never with the event. */
function isWhisperOf({ type, actorId, data }: LiveEvent, me: string): boolean {
  return type === 'note.added' && data.toAgentId !== undefined && (data.toAgentId === me || actorId === me);
}

export function isMessage(item: TimelineItem): item is TimelineMessage {
  return item.type === 'message';
}
