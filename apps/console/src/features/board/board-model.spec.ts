import { describe, expect, it } from '@jest/globals';
import type { Board } from '@loket/contracts/board.js';
import type { CaseSummary } from '@loket/contracts/cases.js';
import {
  findCard,
  isThere,
  shownAgents,
  sums,
  waitingCards,
  waitTone,
  withMoves,
  type BoardAgent,
  type BoardFilter,
} from './board-model.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 3, -minutes)).toISOString();
const now = new Date(at(0));
const team = { id: 't1', name: 'Retur' };
const other = { id: 't2', name: 'Gudang' };

function card(id: string, over: Partial<CaseSummary> = {}): CaseSummary {
  return {
    id,
    number: Number(id.slice(1)),
    subject: `Perihal ${id}`,
    status: 'open',
    priority: 'normal',
    assignee: null,
    team,
    customer: { id: `k${id}`, name: `Ibu ${id}`, address: null },
    channelKinds: ['email'],
    tags: [],
    preview: '',
    previewFile: null,
    lastDirection: 'inbound',
    messageCount: 1,
    waitingSince: at(10),
    snoozedUntil: null,
    callback: null,
    lastMessageAt: at(10),
    createdAt: at(20),
    resolvedAt: null,
    mergedInto: null,
    incident: null,
    version: 1,
    ...over,
  };
}

function agent(name: string, cases: CaseSummary[], over: Partial<BoardAgent> = {}): BoardAgent {
  const ref = { id: name, name };
  return {
    agent: ref,
    availability: 'online',
    since: at(60),
    limits: { total: 5, byChannel: {} },
    skills: [],
    languages: [],
    teamIds: [team.id],
    load: cases.length,
    oldestWaiting: cases[0]?.waitingSince ?? null,
    cases: cases.map((one) => ({ ...one, assignee: ref })),
    ...over,
  };
}

const board: Board = {
  at: at(0),
  agents: [
    agent('Rina', [card('c1', { waitingSince: at(40) }), card('c2')]),
    agent('Budi', [], { availability: 'away', skills: ['refunds'] }),
    agent('Citra', [card('c3')], { limits: { total: 2, byChannel: {} }, teamIds: [other.id] }),
    agent('Adi', [], { availability: 'offline' }),
  ],
  queues: [
    queue(team, [card('c7', { waitingSince: at(5) }), card('c8', { waitingSince: at(25) })]),
    queue(other, [card('c9', { team: other, waitingSince: at(12) })]),
  ],
};

function queue(of: typeof team, next: CaseSummary[]): Board['queues'][number] {
  const oldest = next.map(({ waitingSince }) => waitingSince ?? '').toSorted()[0] ?? null;
  return { team: of, waiting: next.length, oldest, arrived: 3, arrivals: [], inHand: 0, online: 1, next };
}

const lanes = (one: Board) =>
  Object.fromEntries([
    ...one.agents.map(({ agent: { name }, load, cases }) => [
      name,
      [load, ...cases.map(({ id, assignee }) => `${id}:${assignee?.name}`)],
    ]),
    ...one.queues.map((q) => [q.team?.name, [q.waiting, ...q.next.map(({ id }) => id)]]),
  ]) as Record<string, unknown[]>;

describe('withMoves', () => {
  it('gives cases to people, to queues and to nobody, with the figures that go with it', () => {
    const after = withMoves(board, [
      { caseId: 'c1', to: { kind: 'agent', id: 'Budi', name: 'Budi' } },
      { caseId: 'c7', to: { kind: 'agent', id: 'Budi', name: 'Budi' } },
      { caseId: 'c2', to: { kind: 'team', ...other } },
      { caseId: 'c3', to: { kind: 'nobody' } },
    ]);
    expect(lanes(after)).toEqual({
      Rina: [0],
      Budi: [2, 'c1:Budi', 'c7:Budi'],
      Citra: [0],
      Adi: [0],
      Retur: [2, 'c8', 'c3'],
      Gudang: [2, 'c9', 'c2'],
    });
    expect(findCard(after, 'c2')?.card.team).toEqual(other);
  });

  it('leaves the board as it is where there is nothing to move', () => {
    const same = [
      { caseId: 'c1', to: { kind: 'agent', id: 'Rina', name: 'Rina' } },
      { caseId: 'c7', to: { kind: 'nobody' } },
      { caseId: 'c7', to: { kind: 'team', ...team } },
      { caseId: 'gone', to: { kind: 'agent', id: 'Budi', name: 'Budi' } },
    ] as const;
    expect(withMoves(board, same)).toBe(board);
  });

  it('knows a case of another team as one that has to move', () => {
    const place = findCard(board, 'c9')!;
    expect(isThere(place, { kind: 'team', ...team })).toBe(false);
    expect(isThere(place, { kind: 'team', ...other })).toBe(true);
    expect(isThere(findCard(board, 'c1')!, { kind: 'team', ...team })).toBe(false);
  });
});

describe('shownAgents', () => {
  const all: BoardFilter = { team: null, availability: 'all', text: '', sort: 'name' };
  it.each<[Partial<BoardFilter>, string[]]>([
    [{}, ['Budi', 'Citra', 'Rina', 'Adi']],
    [{ sort: 'load' }, ['Citra', 'Rina', 'Budi', 'Adi']],
    [{ sort: 'oldest' }, ['Rina', 'Citra', 'Budi', 'Adi']],
    [{ team: other.id }, ['Citra']],
    [{ availability: 'online' }, ['Citra', 'Rina']],
    [{ text: 'REFUND' }, ['Budi']],
    [{ text: '#3' }, ['Citra']],
    [{ text: 'ibu c2' }, ['Rina']],
    [{ text: 'ina', availability: 'away' }, []],
  ])('%j', (filter, expected) => {
    expect(shownAgents(board, { ...all, ...filter }).map(({ agent: { name } }) => name)).toEqual(expected);
  });
});

describe('what waits', () => {
  it('is shown with who waits longest first, of all teams or of one', () => {
    expect(waitingCards(board, null).map(({ id }) => id)).toEqual(['c8', 'c9', 'c7']);
    expect(waitingCards(board, other.id).map(({ id }) => id)).toEqual(['c9']);
  });

  it('is summed up with the load of those who are there', () => {
    expect(sums(board, null)).toEqual({ waiting: 3, oldest: at(40), online: 2, load: 3, limit: 7 });
    expect(sums(board, other.id)).toEqual({ waiting: 1, oldest: at(12), online: 1, load: 1, limit: 2 });
  });

  it.each([
    [null, undefined],
    [at(14), undefined],
    [at(15), 'soon'],
    [at(30), 'late'],
  ])('%s is %s', (since, tone) => {
    expect(waitTone(since, now)).toBe(tone);
  });
});
