import { describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { CaseCounts, CaseSummary, TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import type { LiveEvent } from '@loket/contracts/events.js';
import { arrivalsOf, clearArrivals } from './arrivals.js';
import { keys, type CaseListParams } from './keys.js';
import { belongs, callbacksAfter, countsAfter, type Viewer } from './belongs.js';
import { applyEvent, putCase, putItem, unconfirmed, type CaseList, type Timeline } from './patch.js';

const me = 'me';
const viewer: Viewer = { me, teams: new Set(['t1']) };
const all: CaseListParams = { view: 'all', status: 'open', sort: 'newest' };

function summary(over: Partial<CaseSummary> = {}): CaseSummary {
  return {
    id: 'c1',
    number: 1,
    subject: 's',
    status: 'open',
    priority: 'normal',
    assignee: null,
    team: null,
    customer: { id: 'k1', name: 'K', address: null },
    channelKinds: ['email'],
    tags: [],
    preview: 'p',
    previewFile: null,
    lastDirection: 'inbound',
    messageCount: 1,
    waitingSince: null,
    snoozedUntil: null,
    callback: null,
    lastMessageAt: '2026-11-21T10:00:00.000Z',
    createdAt: '2026-11-21T09:00:00.000Z',
    resolvedAt: null,
    mergedInto: null,
    incident: null,
    version: 1,
    ...over,
  };
}

function message(over: Partial<TimelineMessage> = {}): TimelineMessage {
  return {
    type: 'message',
    id: 'm1',
    caseId: 'c1',
    at: '2026-11-21T10:00:00.000Z',
    direction: 'outbound',
    channelId: 'ch',
    channelKind: 'email',
    externalId: null,
    threadId: 't',
    customerId: 'k1',
    from: { kind: 'email', value: 'a@b.c', name: null, proof: null, evidence: [] },
    recipients: [],
    agent: { id: me, name: 'Me' },
    sentAt: '2026-11-21T10:00:00.000Z',
    subject: null,
    text: 'hello',
    quoted: null,
    html: null,
    quote: null,
    changes: [],
    template: null,
    call: null,
    attachments: [],
    automatic: null,
    match: null,
    state: 'pending',
    stateReason: null,
    stateDetail: null,
    stateAt: null,
    bouncedBy: null,
    warnings: [],
    hasRaw: false,
    version: 1,
    ...over,
  };
}

let nextEvent = 1;
function event(over: Partial<LiveEvent>): LiveEvent {
  const n = String(nextEvent++);
  return {
    cursor: n,
    id: n,
    type: 'case.updated',
    at: '2026-11-21T10:00:00.000Z',
    caseId: over.case?.id ?? null,
    version: over.case?.version ?? null,
    actorId: null,
    data: {},
    case: null,
    item: null,
    ...over,
  };
}

function clientWith(items: CaseSummary[], params: CaseListParams = all): QueryClient {
  const client = new QueryClient();
  client.setQueryData<CaseList>(keys.caseList(params), {
    pages: [{ items, nextCursor: null }],
    pageParams: [null],
  });
  return client;
}
const shown = (client: QueryClient, params = all) =>
  client.getQueryData<CaseList>(keys.caseList(params))?.pages.flatMap((page) => page.items) ?? [];
const timelineOf = (client: QueryClient) =>
  client.getQueryData<Timeline>(keys.timeline('c1'))?.pages.flatMap((page) => page.items) ?? [];
function withTimeline(items: TimelineItem[]): QueryClient {
  const client = new QueryClient();
  client.setQueryData<Timeline>(keys.timeline('c1'), {
    pages: [{ items, nextCursor: null }],
    pageParams: [null],
  });
  return client;
}
const context = { me, first: true, watching: () => true };

const toCallBack: CaseListParams = { view: 'callback', status: 'all', sort: 'waiting' };
const since = (hour: number) => ({ since: `2026-11-21T0${String(hour)}:00:00.000Z`, number: null });

describe('belongs', () => {
  it.each<[Partial<CaseSummary>, CaseListParams, boolean | null]>([
    [{}, all, true],
    [{ status: 'resolved' }, all, false],
    [{ status: 'resolved' }, { ...all, status: 'all' }, true],
    [{ assignee: { id: me, name: '' } }, { ...all, view: 'mine' }, true],
    [{ assignee: { id: 'other', name: '' } }, { ...all, view: 'mine' }, false],
    [{ assignee: { id: 'other', name: '' } }, { ...all, view: 'unassigned' }, false],
    [{}, { ...all, view: 'unassigned' }, true],
    [{}, toCallBack, false],
    [{ callback: since(9) }, toCallBack, true],
    [{ callback: since(9), status: 'pending' }, toCallBack, true],
    [{ callback: since(9), snoozedUntil: '2999-01-01T00:00:00.000Z' }, toCallBack, false],
    [{ callback: since(9), snoozedUntil: '2020-01-01T00:00:00.000Z' }, toCallBack, true],
    [{}, { ...all, q: 'words' }, null],
    [{ status: 'resolved' }, { ...all, q: 'words' }, false],
    [{ team: { id: 't1', name: '' } }, { ...all, view: 'teams' }, true],
    [{ team: { id: 't2', name: '' } }, { ...all, view: 'teams' }, false],
    [{}, { ...all, view: 'teams' }, false],
    [{}, { ...all, view: 'mentions' }, null],
    [{}, { ...all, view: 'following' }, null],
    [{ status: 'resolved' }, { ...all, view: 'following' }, false],
    [{ snoozedUntil: '2999-01-01T00:00:00.000Z' }, { ...all, view: 'snoozed' }, true],
    [{ snoozedUntil: '2999-01-01T00:00:00.000Z' }, all, false],
    // looked for, or of one customer, it is found
    [{ snoozedUntil: '2999-01-01T00:00:00.000Z' }, { ...all, customer: 'k1' }, true],
    [{}, { ...all, customer: 'merged-into-k1' }, null],
    [{}, { ...all, assignee: 'none' }, true],
    [{ assignee: { id: me, name: '' } }, { ...all, assignee: 'me' }, true],
    [{ assignee: { id: me, name: '' } }, { ...all, assignee: 'other' }, false],
    [{}, { ...all, team: 'none' }, true],
    [{ team: { id: 't1', name: '' } }, { ...all, team: 't1' }, true],
    [{ channelKinds: ['email', 'phone'] }, { ...all, kind: 'whatsapp,phone' }, true],
    [{}, { ...all, kind: 'whatsapp,phone' }, false],
    [{ priority: 'urgent' }, { ...all, priority: 'high,urgent' }, true],
    [{}, { ...all, priority: 'high,urgent' }, false],
    [{ tags: ['retur'] }, { ...all, tag: 'retur' }, true],
    [{}, { ...all, tag: 'retur' }, false],
    [{ waitingSince: '2020-01-01T00:00:00.000Z' }, { ...all, waitingMinutes: 60 }, true],
    [{ waitingSince: '2999-01-01T00:00:00.000Z' }, { ...all, waitingMinutes: 60 }, false],
    [{}, { ...all, channel: 'ch1' }, null],
    [{}, { ...all, channel: 'ch1', tag: 'retur' }, false],
  ])('%j in %j', (over, params, expected) => {
    expect(belongs(summary(over), params, viewer)).toBe(expected);
  });
});

describe('belongs to my teams', () => {
  it('is not known before the teams are', () => {
    const mine = summary({ team: { id: 't1', name: '' } });
    expect(belongs(mine, { ...all, view: 'teams' }, { me, teams: null })).toBeNull();
  });
});

describe('putCase', () => {
  it('updates a row in its place and never by an older version', () => {
    const client = clientWith([summary({ id: 'c0', number: 0 }), summary({ version: 3, subject: 'newer' })]);
    putCase(client, summary({ version: 2, subject: 'older' }));
    expect(shown(client).map((row) => row.subject)).toEqual(['s', 'newer']);
    putCase(client, summary({ version: 4, subject: 'newest' }));
    expect(shown(client).map((row) => row.subject)).toEqual(['s', 'newest']);
  });

  it('keeps what only the detail holds', () => {
    const client = new QueryClient();
    client.setQueryData(keys.case(1), { ...summary(), replyOptions: ['kept'] });
    putCase(client, summary({ version: 2, subject: 'new' }));
    expect(client.getQueryData(keys.case(1))).toMatchObject({ subject: 'new', replyOptions: ['kept'] });
  });
});

describe('arrivals', () => {
  it('are not what stands further down, where the list is not loaded yet', () => {
    const client = new QueryClient();
    client.setQueryData<CaseList>(keys.caseList(all), {
      pages: [{ items: [summary()], nextCursor: 'more' }],
      pageParams: [null],
    });
    const context = { me, first: true, watching: () => false };
    const of = (id: string, lastMessageAt: string) =>
      event({ case: summary({ id, number: 7, version: 2, lastMessageAt }), caseId: id });
    applyEvent(client, of('older', '2026-11-20T10:00:00.000Z'), context);
    expect(arrivalsOf(all).arrived.size).toBe(0);
    applyEvent(client, of('newer', '2026-11-22T10:00:00.000Z'), context);
    expect([...arrivalsOf(all).arrived]).toEqual(['newer']);
    clearArrivals(all);
  });

  it('wait until asked for; rows that are shown do not move', () => {
    const client = clientWith([summary({ id: 'c0', number: 0 }), summary()]);
    applyEvent(client, event({ type: 'case.opened', case: summary({ id: 'c2', number: 2 }) }), context);
    const later = summary({ version: 2, lastMessageAt: '2026-11-21T11:00:00.000Z' });
    applyEvent(client, event({ type: 'message.received', case: later }), context);
    expect(shown(client).map((row) => row.id)).toEqual(['c0', 'c1']);
    expect(shown(client)[1]?.version).toBe(2);
    expect([...arrivalsOf(all).arrived]).toEqual(['c2']);
    expect([...arrivalsOf(all).moved]).toEqual(['c1']);
    // it was resolved elsewhere before anybody looked
    applyEvent(
      client,
      event({ case: summary({ id: 'c2', number: 2, version: 2, status: 'resolved' }) }),
      context,
    );
    expect(arrivalsOf(all).arrived.size).toBe(0);
  });
});

describe('putItem', () => {
  it('takes a message state only from a version that is not older', () => {
    const client = withTimeline([message({ version: 2, state: 'sent' })]);
    putItem(client, message({ version: 1, state: 'pending' }));
    expect(timelineOf(client)).toMatchObject([{ state: 'sent' }]);
    putItem(client, message({ version: 3, state: 'delivered' }));
    expect(timelineOf(client)).toMatchObject([{ state: 'delivered' }]);
  });

  it('lets the confirmed message stand in for the one that was sent, whichever comes first', () => {
    const local = message({ id: 'local:1', version: unconfirmed });
    const client = withTimeline([message({ id: 'm0', text: 'before' }), local]);
    putItem(client, message({ id: 'm1' }));
    expect(timelineOf(client).map((item) => item.id)).toEqual(['m0', 'm1']);
  });

  it('keeps the order of instants, then ids, with the unconfirmed last', () => {
    const client = withTimeline([
      message({ id: 'b' }),
      message({ id: 'd', at: '2026-11-21T10:00:02.000Z' }),
      message({ id: 'local:1', version: unconfirmed, text: 'other', at: '2026-11-21T10:00:00.500Z' }),
    ]);
    putItem(client, message({ id: 'c', at: '2026-11-21T10:00:01.000Z' }));
    putItem(client, message({ id: 'a' }));
    putItem(client, message({ id: 'e', at: '2026-11-21T10:00:03.000Z' }));
    expect(timelineOf(client).map((item) => item.id)).toEqual(['a', 'b', 'c', 'd', 'e', 'local:1']);
  });
});

describe('applyEvent', () => {
  const told = (type: LiveEvent['type'], item: TimelineMessage) =>
    event({ type, case: summary({ version: 2 }), caseId: 'c1', version: 2, item });
  const change = { at: '2026-11-21T10:01:00.000Z', side: 'customer', name: 'K', emoji: null } as const;
  const edited = { ...change, type: 'edited', text: 'jam 4' } as const;
  const quoting = message({
    id: 'm2',
    at: '2026-11-21T10:00:30.000Z',
    quote: { messageId: 'm1', direction: 'inbound', name: 'K', text: 'hello', mediaType: null },
  });

  it('shows at once what happened to a message, also where it is quoted; never less than is known', () => {
    const client = withTimeline([message({ direction: 'inbound', state: null }), quoting]);
    const second = message({ direction: 'inbound', state: null, version: 3, changes: [edited] });
    applyEvent(client, told('message.changed', second), context);
    applyEvent(client, told('message.changed', { ...second, version: 2, changes: [] }), context);
    expect(timelineOf(client)).toMatchObject([
      { id: 'm1', version: 3, changes: [{ text: 'jam 4' }] },
      { id: 'm2', quote: { text: 'hello' } },
    ]);
    applyEvent(client, told('message.changed', { ...second, version: 4 }), context);
    expect(timelineOf(client)).toMatchObject([{ version: 4 }, { quote: { text: 'jam 4' } }]);
  });

  it('puts what was written on the phone where it belongs, beside what is being sent from here', () => {
    const sending = message({ id: 'local:1', text: 'sama', version: unconfirmed });
    const client = withTimeline([message(), sending]);
    const phone = message({
      id: 'm9',
      at: '2026-11-21T10:02:00.000Z',
      agent: null,
      state: 'sent',
      text: 'sama',
    });
    applyEvent(client, told('message.sent_elsewhere', phone), context);
    applyEvent(client, told('message.sent_elsewhere', phone), { ...context, first: false });
    expect(timelineOf(client).map((item) => item.id)).toEqual(['m1', 'm9', 'local:1']);
  });

  it('fetches a timeline again that is loaded but not watched', () => {
    const client = withTimeline([message()]);
    const missed = event({ type: 'message.received', case: summary({ version: 2 }) });
    applyEvent(client, missed, { ...context, watching: () => true });
    expect(client.getQueryState(keys.timeline('c1'))?.isInvalidated).toBe(false);
    applyEvent(client, missed, { ...context, watching: () => false });
    expect(client.getQueryState(keys.timeline('c1'))?.isInvalidated).toBe(true);
  });
});

describe('what a colleague keeps at hand', () => {
  it.each<[string, LiveEvent['type'], string | null, boolean]>([
    ['a shared view changed', 'view.updated', null, true],
    ['mine, in another window', 'view.updated', me, true],
    ['somebody else’s own', 'view.updated', 'other', false],
    ['an answer for many', 'canned_answer.updated', null, true],
    ['an answer of mine', 'canned_answer.updated', me, true],
    ['an answer of somebody else', 'canned_answer.updated', 'other', false],
  ])('%s', (_, type, onlyFor, again) => {
    const client = clientWith([]);
    const key = type === 'view.updated' ? keys.savedViews : keys.cannedAnswers;
    client.setQueryData(key, { items: [] });
    client.setQueryData(keys.caseCounts, {});
    applyEvent(client, event({ type, case: null, caseId: null, data: { onlyFor } }), context);
    expect(client.getQueryState(key)?.isInvalidated).toBe(again);
    // its number changes with it
    expect(client.getQueryState(keys.caseCounts)?.isInvalidated).toBe(again && type === 'view.updated');
  });
});

describe('those to be called back', () => {
  it('are counted anew when somebody comes, goes or sleeps, once for many, and not for anything else', async () => {
    const client = clientWith([], toCallBack);
    let asked = 0;
    const counted = new Promise<void>((done) => {
      client.getQueryCache().subscribe(({ type, query }) => {
        if (type !== 'updated' || query.queryKey[0] !== 'case-counts' || !query.state.isInvalidated) return;
        asked += 1;
        done();
      });
    });
    const counts: CaseCounts = {
      mine: 2,
      teams: 1,
      unassigned: 3,
      mentions: 4,
      following: 5,
      snoozed: 1,
      all: 9,
      callback: 1,
      atRisk: 2,
      queues: {},
      views: {},
      capped: false,
    };
    client.setQueryData(keys.caseCounts, counts);
    const waiting = summary({ callback: since(9) });
    applyEvent(client, event({ type: 'note.added', case: waiting }), context);
    expect(client.getQueryState(keys.caseCounts)?.isInvalidated).toBe(false);
    const data = { callback: { from: null, to: since(9) } };
    applyEvent(client, event({ type: 'message.received', case: waiting, data }), context);
    const snoozed = { snoozedUntil: { from: null, to: '2999-01-01T00:00:00.000Z' } };
    applyEvent(client, event({ type: 'case.updated', case: waiting, data: snoozed }), context);
    await counted;
    expect(asked).toBe(1);
  });
});

describe('countsAfter', () => {
  const counts: CaseCounts = {
    mine: 2,
    teams: 1,
    unassigned: 3,
    mentions: 4,
    following: 5,
    snoozed: 1,
    all: 9,
    callback: 1,
    atRisk: 2,
    queues: { t2: 5 },
    views: { v1: 7 },
    capped: false,
  };
  const mine = { assignee: { id: me, name: '' } };
  it.each<[string, Partial<LiveEvent>, Partial<CaseCounts>]>([
    ['opened', { type: 'case.opened', case: summary() }, { all: 10, unassigned: 4 }],
    [
      'moved to another team',
      {
        type: 'case.assigned',
        data: { from: null, to: null, team: { from: 't2', to: 't1' } },
        case: summary({ team: { id: 't1', name: 'Retur' } }),
      },
      { teams: 2, queues: { t1: 1, t2: 4 } },
    ],
    [
      'reopened',
      { type: 'case.reopened', data: { from: 'resolved' }, case: summary(mine) },
      { all: 10, mine: 3 },
    ],
    [
      'resolved',
      { data: { status: { from: 'open', to: 'resolved' } }, case: summary({ ...mine, status: 'resolved' }) },
      { all: 8, mine: 1 },
    ],
    [
      'pending to resolved',
      { data: { status: { from: 'pending', to: 'resolved' } }, case: summary({ status: 'resolved' }) },
      {},
    ],
    ['renamed', { data: { subject: { from: 'a', to: 'b' } }, case: summary() }, {}],
    [
      'assigned to me',
      { type: 'case.assigned', data: { from: null, to: me }, case: summary(mine) },
      { mine: 3, unassigned: 2 },
    ],
    [
      'given to my team',
      {
        type: 'case.assigned',
        data: { from: me, to: null, team: { from: null, to: 't1' } },
        case: summary({ team: { id: 't1', name: 'T' } }),
      },
      { mine: 1, unassigned: 4, teams: 2, queues: { t1: 1, t2: 5 } },
    ],
    [
      'snoozed',
      {
        data: { snoozedUntil: { from: null, to: '2999-01-01T00:00:00.000Z' } },
        case: summary({ ...mine, snoozedUntil: '2999-01-01T00:00:00.000Z' }),
      },
      { mine: 1, all: 8, snoozed: 2 },
    ],
    [
      'snoozed, and woken by an answer',
      {
        type: 'case.updated',
        data: { snoozedUntil: { from: '2999-01-01T00:00:00.000Z', to: null } },
        case: summary(),
      },
      { unassigned: 4, all: 10, snoozed: 0 },
    ],
    [
      'assigned while resolved',
      { type: 'case.assigned', data: { from: null, to: me }, case: summary({ ...mine, status: 'resolved' }) },
      {},
    ],
  ])('%s', (_, over, changed) => {
    expect(countsAfter(counts, event(over), viewer)).toEqual({ ...counts, ...changed });
  });

  it('count who is to be called back by the case as it was shown', () => {
    const calls = summary({ callback: { since: '2026-11-21T10:00:00.000Z' } as CaseSummary['callback'] });
    const later = (one: CaseSummary) => ({ ...one, version: one.version + 1 });
    expect(callbacksAfter(counts, summary(), later(calls)).callback).toBe(2);
    expect(callbacksAfter(counts, calls, later(summary())).callback).toBe(0);
    expect(callbacksAfter(counts, calls, later(calls))).toBe(counts);
    expect(callbacksAfter(counts, null, calls).callback).toBe(2);
    // it was shown that way already
    expect(callbacksAfter(counts, later(summary()), calls)).toBe(counts);
  });

  it('are left alone when they only say “many”', () => {
    const many = { ...counts, capped: true };
    expect(countsAfter(many, event({ type: 'case.opened', case: summary() }), viewer)).toBe(many);
  });
});
