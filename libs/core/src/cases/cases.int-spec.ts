import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  listCasesQuery,
  type CaseSummary,
  type ListCases,
  type TimelineItem,
} from '@loket/contracts/cases.js';
import { message, startCore, type TestCore, nobody } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { Event } from '../events/event.entity.js';
import { NotesService } from '../messages/notes.service.js';
import { RepliesService } from '../messages/replies.service.js';
import { CustomersService } from '../customers/customers.service.js';
import { CaseAssignments } from './case-assignments.service.js';
import { CaseChanges } from './case-changes.service.js';
import { CasesService } from './cases.service.js';
import { SearchWords } from './search-words.service.js';
import { TimelineService } from './timeline.service.js';

let core: TestCore;
let cases: CasesService;
let changes: CaseChanges;
let assignments: CaseAssignments;
let channelId: string;
let rina: { id: string; name: string };
let budi: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  cases = core.get(CasesService);
  changes = core.get(CaseChanges);
  assignments = core.get(CaseAssignments);
  channelId = await core.addChannel();
  [rina, budi] = [await core.addAgent('Rina'), await core.addAgent('Budi')];
});
afterAll(() => core.close());

const open = async (over: Parameters<typeof message>[1] = {}): Promise<string> =>
  (await core.receive(message(channelId, over))).caseId;
const list = async (query: Partial<ListCases>, agentId = rina.id): Promise<CaseSummary[]> =>
  (await cases.list(listCasesQuery.parse({ status: 'all', limit: 100, ...query }), agentId)).items;
const ids = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id);
const eventsOf = async (caseId: string): Promise<string[]> => {
  const events = await core.database.getRepository(Event).find({ where: { caseId }, order: { id: 'ASC' } });
  // Every event has a version of its own, without gaps.
  expect(events.map((e) => e.version)).toEqual(events.map((_, i) => i + 1));
  return events.map((e) => e.type);
};

describe('a change of a case', () => {
  it('counts the version up, writes one event with who did it, and tells old and new', async () => {
    const id = await open();
    const { version } = await cases.get(id);
    const changed = await changes.update(id, { priority: 'high', tags: ['vip', 'vip'], version }, rina.id);
    expect(changed).toMatchObject({ priority: 'high', tags: ['vip'], version: version + 1 });
    expect(await eventsOf(id)).toEqual(['case.opened', 'message.received', 'case.updated']);
    const event = await core.database
      .getRepository(Event)
      .findOneByOrFail({ caseId: id, type: 'case.updated' });
    expect(event).toMatchObject({
      actorId: rina.id,
      data: { priority: { from: 'normal', to: 'high' }, tags: { from: [], to: ['vip'] } },
    });
  });

  it('that changes nothing is none', async () => {
    const id = await open();
    const before = await cases.get(id);
    expect(await changes.update(id, { status: 'open', subject: before.subject }, rina.id)).toEqual(before);
  });

  it('on a stale version is refused with the case as it is now', async () => {
    const id = await open();
    const { version } = await cases.get(id);
    const now = await changes.update(id, { status: 'pending' }, rina.id);
    await expect(changes.update(id, { priority: 'low', version }, budi.id)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'version_conflict',
      data: now,
    });
  });

  it('of two agents who take it at once gives it to one and tells the other who has it', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await open();
      const { version } = await cases.get(id);
      const taken = await Promise.allSettled(
        [rina, budi].map((agent) => assignments.assign(id, { agentId: agent.id, version }, agent.id)),
      );
      const { assignee } = await cases.get(id);
      const [lost, ...more] = taken.filter((t) => t.status === 'rejected');
      expect(more).toEqual([]);
      expect(lost?.reason).toMatchObject({ code: 'version_conflict', data: { assignee } });
      expect(await eventsOf(id)).toEqual(['case.opened', 'message.received', 'case.assigned']);
    }
  });

  it('to the one who has the case already is no change, also on a stale version', async () => {
    const id = await open();
    const taken = await assignments.assign(id, { agentId: rina.id, version: 2 }, rina.id);
    expect(await assignments.assign(id, { agentId: rina.id, version: 2 }, budi.id)).toEqual(taken);
    expect(
      (await assignments.assign(id, { agentId: null, version: taken.version }, rina.id)).assignee,
    ).toBeNull();
  });

  it('waits for its turn: intake and agents on one case lose nothing', async () => {
    const from = 'sinta@customer.example';
    const first = message(channelId, { from });
    const { caseId } = await core.receive(first);
    const answers = Array.from({ length: 20 }, () =>
      core.receive(message(channelId, { from, thread: { references: [first.externalId] } })),
    );
    const notes = Array.from({ length: 20 }, () =>
      core.get(NotesService).create(caseId, { text: 'catatan', attachments: [] }, rina.id),
    );
    await Promise.all([...answers, ...notes]);
    expect(await cases.get(caseId)).toMatchObject({ version: 42, messageCount: 21 });
    expect(await eventsOf(caseId)).toHaveLength(42);
  });
});

describe('snooze', () => {
  it('hides a case from the open view until its time, then it comes back by itself', async () => {
    const id = await open();
    await expect(changes.update(id, { snoozedUntil: '2020-01-01T00:00:00Z' }, rina.id)).rejects.toMatchObject(
      {
        code: 'snooze_in_past',
      },
    );
    const until = new Date(core.clock.now().getTime() + 3_600_000).toISOString();
    await changes.update(id, { snoozedUntil: until }, rina.id);
    expect(ids(await list({ status: 'open' }))).not.toContain(id);
    expect(ids(await list({ status: 'all' }))).toContain(id);
    core.clock.advanceHours(1.01);
    expect(ids(await list({ status: 'open' }))).toContain(id);
    await changes.wake();
    expect(await cases.get(id)).toMatchObject({ snoozedUntil: null });
    expect((await eventsOf(id)).at(-1)).toBe('case.updated');
  });
});

describe('lists', () => {
  it('page through every case exactly once, in order, for each way of sorting', async () => {
    for (const sort of ['newest', 'oldest', 'waiting'] as const) {
      const seen: CaseSummary[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await cases.list(
          listCasesQuery.parse({ status: 'all', sort, limit: 3, cursor: cursor ?? undefined }),
          rina.id,
        );
        seen.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(new Set(ids(seen)).size).toBe(seen.length);
      expect(new Set(ids(seen))).toEqual(new Set(ids(await list({}))));
      const times = seen.map((c) => (sort === 'waiting' ? (c.waitingSince ?? '9') : c.lastMessageAt));
      expect(times).toEqual(sort === 'newest' ? times.toSorted().toReversed() : times.toSorted());
    }
  });

  it('know mine from unassigned', async () => {
    const siti = await core.addAgent('Siti');
    const id = await open();
    await assignments.assign(id, { agentId: siti.id, version: 2 }, siti.id);
    expect(ids(await list({ view: 'mine' }, siti.id))).toEqual([id]);
    expect(await cases.counts(siti.id)).toMatchObject({ mine: 1, capped: false });
    expect(ids(await list({ view: 'unassigned' }))).not.toContain(id);
  });

  it.each(['x', 'WyJhIl0', '""'])('refuse the cursor %j', async (cursor) => {
    await expect(cases.list(listCasesQuery.parse({ cursor }), rina.id)).rejects.toMatchObject({
      code: 'cursor_invalid',
    });
  });
});

describe('a list', () => {
  it.each(['newest', 'oldest', 'waiting'] as const)(
    '%s is the same read back, and from anywhere',
    async (sort) => {
      const read = (over: Partial<ListCases>) =>
        cases.list(listCasesQuery.parse({ status: 'all', sort, limit: 4, ...over }), rina.id);
      const whole = ids((await read({ limit: 100 })).items);
      expect(whole.length).toBeGreaterThan(8);
      const back: string[] = [];
      let page = await read({ offset: whole.length - 1 });
      expect([ids(page.items), page.nextCursor]).toEqual([whole.slice(-1), null]);
      back.unshift(...ids(page.items));
      while (page.previousCursor !== null) {
        const next = await read({ before: page.previousCursor });
        // and on again to where one came from
        expect(ids((await read({ cursor: next.nextCursor! })).items)).toEqual(
          whole.slice(whole.length - back.length).slice(0, 4),
        );
        back.unshift(...ids(next.items));
        page = next;
      }
      expect(back).toEqual(whole);
    },
  );
});

describe('search', () => {
  it('finds a case by number, word, beginning of a word, name, address and telephone number', async () => {
    const id = await open({
      from: 'kartika.sari@pelanggan.example',
      sender: { name: 'Kartika Sari' },
      subject: 'Pesanan INV-20931 terlambat',
      text: 'Paket ke Banyuwangi belum sampai juga',
    });
    const { number } = await cases.get(id);
    for (const q of [
      `#${String(number)}`,
      String(number),
      'banyuwangi',
      'banyu',
      'paket juga',
      'INV-20931',
      'kartika',
      'sari@pelanggan',
    ]) {
      expect([q, ids(await list({ q }))]).toEqual([q, [id]]);
    }
    expect(await list({ q: 'banyuwangi tidakada' })).toEqual([]);
    expect(await list({ q: `'); DROP TABLE cases; --` })).toEqual([]);
    expect(await list({ q: '%' })).toEqual([]);
  });

  it('finds what was misspelt, and says what it looked for instead', async () => {
    const id = await open({
      from: 'wulandari@pelanggan.example',
      sender: { name: 'Wulandari Prameswari' },
      subject: 'Pengembalian sepatu',
      text: 'Ukurannya terlalu kecil',
    });
    await core.get(SearchWords).learn();
    const search = (q: string) => cases.list(listCasesQuery.parse({ status: 'all', q }), rina.id);
    for (const [q, similar] of [
      ['wulnadari', ['wulandari']],
      ['Pengembalain', ['pengembalian']],
      ['prameswri sepatu', ['prameswari']],
      // the name of one place, the words of another
      ['wulandari ukurannya', []],
      ['pengmbal', ['pengembalian']],
    ] as const) {
      const found = await search(q);
      expect([q, ids(found.items), found.similar]).toEqual([q, [id], similar]);
    }
    expect((await search('wulandari')).similar).toEqual([]);
    expect(await search('wulnadari tidakada')).toMatchObject({ items: [], similar: [] });
    const customers = await core.get(CustomersService).list({ q: 'wulnadari', limit: 20 });
    expect(customers.items.map(({ name }) => name)).toEqual(['Wulandari Prameswari']);
  });

  it('of a list gives its names and their number', async () => {
    const query = { q: 'pengembalian', status: 'all', view: 'all', sort: 'newest' } as const;
    const names = await cases.names({ ...query, limit: 5000 }, rina.id);
    const found = await list(query);
    expect(names.items).toEqual(found.map(({ id, number }) => ({ id, number })));
    expect(await cases.total(query, rina.id)).toEqual({ total: found.length, capped: false });
    const { q: _, ...everything } = query;
    const { total } = await cases.total(everything, rina.id);
    expect((await cases.names({ ...everything, limit: 5000 }, rina.id)).items).toHaveLength(total);
  });
});

describe('timeline', () => {
  it('tells messages, notes and changes in order, page by page, without loss', async () => {
    const { caseId } = await core.receive(message(channelId, { text: 'satu' }));
    await core.get(NotesService).create(caseId, { text: 'dua', attachments: [] }, rina.id);
    await assignments.assign(caseId, { agentId: rina.id, version: 3 }, rina.id);
    await core
      .get(RepliesService)
      .create(caseId, { text: 'empat', attachments: [], status: 'pending' }, rina);
    const told = (items: readonly TimelineItem[]): string[] =>
      items.map((item) => (item.type === 'event' ? item.event : item.text));
    const timeline = core.get(TimelineService);
    const whole = await timeline.ofCase(caseId, { limit: 100 }, nobody);
    const expected = ['case.opened', 'satu', 'dua', 'case.assigned', 'empat', 'case.updated'];
    expect(told(whole.items)).toEqual(expected);
    const pages: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await timeline.ofCase(caseId, { limit: 1, ...(cursor ? { cursor } : {}) }, nobody);
      pages.unshift(...told(page.items));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(expected);
    const { customer } = await cases.get(caseId);
    const ofCustomer = await timeline.ofCustomer(customer.id, { limit: 100 }, nobody);
    expect(ids(ofCustomer.items)).toEqual(ids(whole.items));
  });
});

describe('the feed', () => {
  it('has told all of the above', async () => {
    const { EventFeed } = await import('../events/event-feed.js');
    const last = await core.database
      .getRepository(Event)
      .find({ order: { tx: 'DESC', id: 'DESC' }, take: 1 });
    await until(() => core.get(EventFeed).position.id.toString() === last[0]?.id);
  });
});
