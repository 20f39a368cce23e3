import type { AgentWork, TeamRef } from '@loket/contracts/teams.js';

/** Whom a case goes to: a person, a team's queue, or nobody. */
export type AssignTarget =
  | { kind: 'agent'; id: string; name: string }
  | { kind: 'team'; id: string; name: string }
  | { kind: 'nobody' };

export type AssignRow =
  | { kind: 'agent'; id: string; work: AgentWork; target: AssignTarget }
  | { kind: 'team'; id: string; name: string; target: AssignTarget }
  | { kind: 'nobody'; id: string; target: AssignTarget };

/** More than anybody reads through: then one types. */
const most = 80;
const order = { online: 0, away: 1, offline: 2 };

/**
 * Oneself first, then whoever is there and has room, by share of what each can carry; then the queues. Names, skills and
 * teams are searched. Whoever is full stands last of those who are there, and can be chosen all the same.
 */
export function assignRows(
  people: readonly AgentWork[],
  teams: readonly TeamRef[],
  { me, text, release }: { me: string; text: string; release: boolean },
): AssignRow[] {
  const q = text.trim().toLowerCase();
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  const has = (...words: readonly (string | undefined)[]) =>
    q === '' || words.some((word) => word?.toLowerCase().includes(q));
  const rank = ({ agent, availability, load, limits }: AgentWork): number[] => [
    agent.id === me && q === '' ? 0 : 1,
    order[availability],
    load >= limits.total ? 1 : 0,
    load / Math.max(1, limits.total),
  ];
  const hits = people
    .filter(({ agent, skills, teamIds }) => has(agent.name, ...skills, ...teamIds.map((id) => names.get(id))))
    .toSorted((a, b) => compare(rank(a), rank(b)) || a.agent.name.localeCompare(b.agent.name))
    .slice(0, most);
  return [
    ...hits.map((work): AssignRow => ({
      kind: 'agent',
      id: work.agent.id,
      work,
      target: { kind: 'agent', ...work.agent },
    })),
    ...(release && q === '' ? [{ kind: 'nobody', id: 'nobody', target: { kind: 'nobody' } } as const] : []),
    ...teams
      .filter(({ name }) => has(name))
      .map(({ id, name }): AssignRow => ({ kind: 'team', id, name, target: { kind: 'team', id, name } })),
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((n, index) => n !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
