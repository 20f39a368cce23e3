import type { Board, BoardQueue } from '@loket/contracts/board.js';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Availability } from '@loket/contracts/teams.js';
import type { AssignTarget } from '../../ui/assign-rows.js';

export type BoardAgent = Board['agents'][number];

/** One case on its way to somebody else. */
export interface Move {
  caseId: string;
  to: AssignTarget;
}

export const sorts = ['name', 'load', 'oldest'] as const;
export interface BoardFilter {
  /** id of a team; null = all */
  team: string | null;
  availability: Availability | 'all';
  text: string;
  sort: (typeof sorts)[number];
}

/** Where a case stands on the board. */
export interface Place {
  card: CaseSummary;
  agent: BoardAgent | null;
}

export function findCard(board: Board, caseId: string): Place | null {
  for (const agent of board.agents) {
    const card = agent.cases.find(({ id }) => id === caseId);
    if (card) return { card, agent };
  }
  for (const { next } of board.queues) {
    const card = next.find(({ id }) => id === caseId);
    if (card) return { card, agent: null };
  }
  return null;
}

/** Is the case there already? Then nothing moves. */
export function isThere({ card }: Place, to: AssignTarget): boolean {
  if (to.kind === 'agent') return card.assignee?.id === to.id;
  if (card.assignee !== null) return false;
  return to.kind === 'nobody' || card.team?.id === to.id;
}

/** The board as it will be when the server has done these moves. Cases that are not shown are left out. */
export function withMoves(board: Board, moves: readonly Move[]): Board {
  return moves.reduce(withMove, board);
}

function withMove(board: Board, { caseId, to }: Move): Board {
  const place = findCard(board, caseId);
  if (!place || isThere(place, to)) return board;
  const { card } = place;
  const moved: CaseSummary = {
    ...card,
    assignee: to.kind === 'agent' ? { id: to.id, name: to.name } : null,
    team: to.kind === 'team' ? { id: to.id, name: to.name } : card.team,
  };
  const without = (cases: readonly CaseSummary[]) => cases.filter(({ id }) => id !== caseId);
  const agents = board.agents.map((one): BoardAgent => {
    if (one.agent.id === card.assignee?.id)
      return { ...one, load: Math.max(0, one.load - 1), cases: without(one.cases) };
    if (one.agent.id === moved.assignee?.id)
      return { ...one, load: one.load + 1, cases: [...one.cases, moved] };
    return one;
  });
  const queues = board.queues.map((queue): BoardQueue => {
    const left = card.assignee === null && sameTeam(queue, card);
    const joined = moved.assignee === null && sameTeam(queue, moved);
    if (!left && !joined) return queue;
    const next = left ? without(queue.next) : queue.next;
    return {
      ...queue,
      waiting: Math.max(0, queue.waiting - Number(left) + Number(joined)),
      next: joined ? [...next, moved] : next,
    };
  });
  return { ...board, agents, queues };
}

/** The board without cases that are about to be done. */
export function withoutCards(board: Board, gone: ReadonlySet<string>): Board {
  if (gone.size === 0) return board;
  const stays = ({ id }: CaseSummary) => !gone.has(id);
  return {
    ...board,
    agents: board.agents.map((one) => {
      const cases = one.cases.filter(stays);
      const fewer = one.cases.length - cases.length;
      return fewer === 0 ? one : { ...one, cases, load: Math.max(0, one.load - fewer) };
    }),
    queues: board.queues.map((queue) => {
      const next = queue.next.filter(stays);
      const fewer = queue.next.length - next.length;
      return fewer === 0 ? queue : { ...queue, next, waiting: Math.max(0, queue.waiting - fewer) };
    }),
  };
}

function sameTeam({ team }: BoardQueue, card: CaseSummary): boolean {
  return (team?.id ?? null) === (card.team?.id ?? null);
}

/** Those whom the filter leaves, in the order that it asks for. */
export function shownAgents(
  { agents }: Board,
  { team, availability, text, sort }: BoardFilter,
): BoardAgent[] {
  const q = text.trim().toLowerCase();
  const hits = agents.filter(
    (one) =>
      (team === null || one.teamIds.includes(team)) &&
      (availability === 'all' || one.availability === availability) &&
      (q === '' || words(one).some((word) => word.toLowerCase().includes(q))),
  );
  const key: Record<BoardFilter['sort'], (one: BoardAgent) => number> = {
    name: () => 0,
    load: ({ load, limits }) => -load / Math.max(1, limits.total),
    oldest: ({ oldestWaiting }) => (oldestWaiting === null ? Infinity : Date.parse(oldestWaiting)),
  };
  const by = key[sort];
  return hits.toSorted((a, b) => (by(a) === by(b) ? 0 : by(a) - by(b)) || nameOrder(a, b));
}

function nameOrder(a: BoardAgent, b: BoardAgent): number {
  return Number(isAway(a)) - Number(isAway(b)) || a.agent.name.localeCompare(b.agent.name);
}

/** Off duty with nothing in hand: he stands below everybody else. */
function isAway({ availability, load }: BoardAgent): boolean {
  return availability === 'offline' && load === 0;
}

/** An agent is found by his own name and skills, and by what he has in hand. */
function words({ agent, skills, cases }: BoardAgent): string[] {
  return [
    agent.name,
    ...skills,
    ...cases.flatMap(({ number, subject, customer }) => [`#${number}`, subject, customer.name ?? '']),
  ];
}

/** What waits for somebody, of one team or of all; as each queue has it, those who wait longest first. */
export function waitingCards({ queues }: Board, team: string | null): CaseSummary[] {
  return queues
    .filter((queue) => team === null || queue.team?.id === team)
    .flatMap(({ next }) => next)
    .toSorted((a, b) => waitsSince(a) - waitsSince(b));
}

function waitsSince({ waitingSince, createdAt }: CaseSummary): number {
  return Date.parse(waitingSince ?? createdAt);
}

export interface BoardSums {
  waiting: number;
  /** since when the one waits who waits longest, for anybody or for a certain agent */
  oldest: string | null;
  online: number;
  load: number;
  limit: number;
}

/** In figures: load and limits are those of people who are there. */
export function sums(board: Board, team: string | null): BoardSums {
  const queues = board.queues.filter((queue) => team === null || queue.team?.id === team);
  const agents = board.agents.filter(({ teamIds }) => team === null || teamIds.includes(team));
  const there = agents.filter(({ availability }) => availability === 'online');
  const since = [...queues.map(({ oldest }) => oldest), ...agents.map((one) => one.oldestWaiting)];
  return {
    waiting: queues.reduce((n, { waiting }) => n + waiting, 0),
    oldest: since.filter((at) => at !== null).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
    online: there.length,
    load: there.reduce((n, { load }) => n + load, 0),
    limit: there.reduce((n, { limits }) => n + limits.total, 0),
  };
}

/** Minutes after which a wait is worth a look, and after which it is too long. */
const waits = { soon: 15, late: 30 };

export type WaitTone = 'late' | 'soon' | undefined;

export function waitTone(since: string | null, now: Date): WaitTone {
  if (since === null) return undefined;
  const minutes = (now.getTime() - Date.parse(since)) / 60_000;
  return minutes >= waits.late ? 'late' : minutes >= waits.soon ? 'soon' : undefined;
}
