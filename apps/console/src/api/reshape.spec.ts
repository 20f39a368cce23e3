import { describe, expect, it, jest } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { LiveEvent } from '@loket/contracts/events.js';
import type { Suggestion } from '@loket/contracts/suggestions.js';
import { arrivalsOf, clearArrivals } from './arrivals.js';
import { keys, type CaseListParams } from './keys.js';
import { newerTimeline } from './newer.js';
import { belongs } from './belongs.js';
import { applyEvent, putCase, type CaseList } from './patch.js';
import type { SuggestionList } from './suggestions.js';

const me = 'me';
const context = { me, first: true, watching: () => true };
const all: CaseListParams = { view: 'all', status: 'open', sort: 'newest' };

function summary(number: number, over: Partial<CaseSummary> = {}): CaseSummary {
  const partial: Partial<CaseSummary> = {
    id: `c${number}`,
    number,
    status: 'open',
    assignee: null,
    customer: { id: `k${number}`, name: null, address: null },
    lastMessageAt: `2026-11-21T10:0${number}:00.000Z`,
    mergedInto: null,
    version: 1,
    ...over,
  };
  return partial as CaseSummary;
}

let next = 1;
function event(type: LiveEvent['type'], over: Partial<LiveEvent>): LiveEvent {
  const n = String(next++);
  return {
    cursor: n,
    id: `r${n}`,
    type,
    at: '2026-11-21T12:00:00.000Z',
    caseId: over.case?.id ?? null,
    version: over.case?.version ?? null,
    actorId: null,
    data: {},
    case: null,
    item: null,
    ...over,
  };
}

function clientWith(items: CaseSummary[], params = all): QueryClient {
  const client = new QueryClient();
  clearArrivals(params);
  const list: CaseList = { pages: [{ items, nextCursor: null }], pageParams: [null] };
  client.setQueryData(keys.caseList(params), list);
  return client;
}
const numbers = (client: QueryClient, params = all) =>
  client
    .getQueryData<CaseList>(keys.caseList(params))
    ?.pages.flatMap((page) => page.items.map((item) => item.number));

const mergedAway = summary(2, { mergedInto: { id: 'c1', number: 1 }, version: 2 });
const merge = (over: Partial<LiveEvent> = {}) =>
  event('case.merged', { case: mergedAway, data: { operationId: 'o1' }, ...over });

describe('a case that was merged into another', () => {
  it.each([all, { ...all, q: 'words' }, { ...all, status: 'all' as const }])(
    'belongs to no list: %j',
    (params) => {
      expect(belongs(mergedAway, params, { me, teams: null })).toBe(false);
    },
  );

  it('leaves every list at once, and says nothing of new rows', () => {
    const client = clientWith([summary(3), summary(2), summary(1)]);
    applyEvent(client, merge(), context);
    applyEvent(client, event('case.merged', { case: summary(1, { version: 2 }) }), context);
    expect(numbers(client)).toEqual([3, 1]);
    expect(arrivalsOf(all).arrived.size).toBe(0);
  });

  it('is not taken out by an event that is older than what is shown', () => {
    const client = clientWith([summary(2, { version: 5 })]);
    applyEvent(client, merge(), context);
    expect(numbers(client)).toEqual([2]);
  });

  it('comes back to its place under the hand that brought it back, and waits for the others', () => {
    const undone = (actorId: string) =>
      event('operation.undone', { case: summary(2, { version: 3 }), actorId, data: { customerIds: [] } });
    const mine = clientWith([summary(3), summary(1)]);
    applyEvent(mine, undone(me), context);
    expect(numbers(mine)).toEqual([3, 2, 1]);
    expect(arrivalsOf(all).arrived.size).toBe(0);
    const theirs = clientWith([summary(3), summary(1)]);
    applyEvent(theirs, undone('other'), context);
    expect(numbers(theirs)).toEqual([3, 1]);
    expect([...arrivalsOf(all).arrived]).toEqual(['c2']);
  });

  it('is not put after the last row while there are more to load', () => {
    const client = clientWith([summary(3)]);
    client.setQueryData<CaseList>(
      keys.caseList(all),
      (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, nextCursor: 'more' })) },
    );
    applyEvent(
      client,
      event('operation.undone', { case: summary(2, { version: 3 }), actorId: me, data: { customerIds: [] } }),
      context,
    );
    expect(numbers(client)).toEqual([3]);
  });

  it('gives its number to the other one in the cache only until it is a case of its own again', () => {
    const client = new QueryClient();
    client.setQueryData(keys.case(2), { ...summary(1), replyOptions: [] });
    putCase(client, mergedAway);
    expect(client.getQueryData(keys.case(2))).toMatchObject({ id: 'c1' });
    putCase(client, summary(2, { version: 3 }));
    expect(client.getQueryData(keys.case(2))).toBeUndefined();
  });
});

describe('what such events make stale', () => {
  const stale = (client: QueryClient, key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

  it('is the timeline, the case, the history and the customer of each case', () => {
    const client = new QueryClient();
    const touched = [
      keys.timeline('c2'),
      keys.case(2),
      keys.operations({ case: 'c2' }),
      keys.customerCases('k2'),
    ];
    for (const key of [...touched, keys.timeline('c9')]) client.setQueryData(key, {});
    applyEvent(client, merge(), context);
    expect(touched.map((key) => stale(client, key))).toEqual([true, true, true, true]);
    expect(stale(client, keys.timeline('c9'))).toBe(false);
  });

  it('is, for merged customers, every list that shows one of them', () => {
    const client = clientWith([summary(1), summary(2)]);
    const other: CaseListParams = { ...all, view: 'mine' };
    client.setQueryData<CaseList>(keys.caseList(other), {
      pages: [{ items: [summary(3)], nextCursor: null }],
      pageParams: [null],
    });
    for (const id of ['k1', 'k2', 'k3']) client.setQueryData(keys.customer(id), {});
    applyEvent(
      client,
      event('customer.merged', { data: { operationId: 'o', from: 'k2', into: 'k1' } }),
      context,
    );
    expect([keys.caseList(all), keys.caseList(other)].map((key) => stale(client, key))).toEqual([
      true,
      false,
    ]);
    expect(['k1', 'k2', 'k3'].map((id) => stale(client, keys.customer(id)))).toEqual([true, true, false]);
  });
});

describe('a timeline after messages left', () => {
  const message = (id: string, at: string) => ({ type: 'message', id, version: 1, at });
  const pages = (...items: object[]) => ({ pages: [{ items, nextCursor: null }], pageParams: [null] });

  it('does not keep what was not fetched again, but what came since', () => {
    const client = new QueryClient();
    applyEvent(client, event('case.split', { case: summary(7), data: { operationId: 'o' } }), context);
    const stays = message('a', '2026-11-21T11:00:00.000Z');
    const left = message('b', '2026-11-21T11:30:00.000Z');
    const came = message('c', '2026-11-21T12:00:05.000Z');
    expect(newerTimeline('c7', pages(stays, left, came), pages(stays))).toEqual(pages(stays, came));
    expect(newerTimeline('c8', pages(stays, left), pages(stays))).toEqual(pages(stays, left));
  });
});

describe('suggestions', () => {
  const suggestion = (id: string) => ({ id, kind: 'case' }) as Suggestion;
  const settled = event('suggestion.settled', {
    data: { suggestionId: 's1', kind: 'case', state: 'accepted', caseIds: [], customerIds: [] },
  });

  it('leave every list when they are settled, and the count once', () => {
    const client = new QueryClient();
    const lists = [keys.suggestions({}), keys.suggestions({ case: 'c1' })];
    for (const key of lists) {
      const list: SuggestionList = {
        pages: [{ items: [suggestion('s1'), suggestion('s2')], nextCursor: null }],
        pageParams: [null],
      };
      client.setQueryData(key, list);
    }
    client.setQueryData(keys.suggestionCounts, { case: 2, customer: 1, incident: 0 });
    applyEvent(client, settled, context);
    applyEvent(client, settled, { ...context, first: false });
    for (const key of lists)
      expect(client.getQueryData<SuggestionList>(key)?.pages[0]?.items.map((one) => one.id)).toEqual(['s2']);
    expect(client.getQueryData(keys.suggestionCounts)).toEqual({ case: 1, customer: 1, incident: 0 });
  });

  it('are fetched again a little after one is added', () => {
    jest.useFakeTimers();
    const client = new QueryClient();
    client.setQueryData(keys.suggestions({}), { pages: [], pageParams: [] });
    client.setQueryData(keys.suggestionCounts, { case: 0, customer: 0, incident: 0 });
    applyEvent(client, event('suggestion.added', { data: { suggestionId: 's', kind: 'case' } }), context);
    jest.advanceTimersByTime(1_000);
    jest.useRealTimers();
    expect(client.getQueryState(keys.suggestions({}))?.isInvalidated).toBe(true);
    expect(client.getQueryState(keys.suggestionCounts)?.isInvalidated).toBe(true);
  });
});
