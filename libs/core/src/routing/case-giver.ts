import type { ChannelKind } from '@loket/contracts/channels.js';
import type { Distribution, RoutingReason, WorkloadLimits } from '@loket/contracts/teams.js';

/** A case that nobody has. */
export interface WaitingCase {
  id: string;
  teamId: string;
  channelKinds: readonly ChannelKind[];
  /** those that are skills of somebody of the team, whatever the case of their letters, are asked of whoever takes it */
  tags: readonly string[];
  /** of the customer; asked for when somebody of the team has said that he speaks it */
  language: string | null;
  /** who answered this customer last */
  lastAgentId: string | null;
  /** whoever just had it and did nothing: he gets it again only when nobody else can take it */
  takenFromId: string | null;
}

/** Somebody who is there and may be given cases. */
export interface FreeAgent {
  id: string;
  limits: WorkloadLimits;
  skills: ReadonlySet<string>;
  /** none = he has not said, and is taken to speak what his team speaks */
  languages: ReadonlySet<string>;
  /** open cases that he has already */
  load: number;
  /** of these, by channel; a case of two channels counts in both */
  loadByChannel: Readonly<Partial<Record<ChannelKind, number>>>;
  /** when he was last given something; milliseconds since 1970, 0 = never */
  lastGivenAt: number;
}

export interface GivingTeam {
  id: string;
  distribution: Exclude<Distribution, 'manual'>;
  sticky: boolean;
  memberIds: readonly string[];
  /** what anybody of the team can do and speak, there or not */
  skills: ReadonlySet<string>;
  languages: ReadonlySet<string>;
}

export interface Gift {
  caseId: string;
  agentId: string;
  reason: RoutingReason;
}

/** One person as the giving goes on. */
interface Hand {
  agent: FreeAgent;
  load: number;
  byChannel: Partial<Record<ChannelKind, number>>;
  /** position in the round: whoever was given something last stands behind */
  turn: number;
}

/**
 * Gives waiting cases to people, never more than anybody can carry. A case that fits nobody is left, and stands in no
 * other's way.
 */
export class CaseGiver {
  private readonly hands: ReadonlyMap<string, Hand>;
  private lastTurn: number;

  constructor(
    private readonly teams: ReadonlyMap<string, GivingTeam>,
    agents: readonly FreeAgent[],
  ) {
    const round = agents.toSorted((a, b) => a.lastGivenAt - b.lastGivenAt || (a.id < b.id ? -1 : 1));
    this.lastTurn = round.length;
    this.hands = new Map(
      round.map((agent, turn) => [
        agent.id,
        { agent, load: agent.load, byChannel: { ...agent.loadByChannel }, turn },
      ]),
    );
  }

  /** teams in which somebody could still take something */
  get open(): string[] {
    return [...this.teams.values()].flatMap(({ id, memberIds }) =>
      memberIds.some((member) => this.hands.has(member) && hasRoom(this.hands.get(member)!)) ? [id] : [],
    );
  }

  /** @param waiting in the order in which they are to be given */
  give(waiting: readonly WaitingCase[]): Gift[] {
    const gifts: Gift[] = [];
    for (const found of waiting) {
      const team = this.teams.get(found.teamId);
      if (!team) continue;
      const able = this.ableTo(found, team);
      const others = able.filter(({ agent }) => agent.id !== found.takenFromId);
      const choice = choose(others.length > 0 ? others : able, found, team);
      if (!choice) continue;
      this.take(choice.hand, found);
      gifts.push({ caseId: found.id, agentId: choice.hand.agent.id, reason: choice.reason });
    }
    return gifts;
  }

  private ableTo(found: WaitingCase, { memberIds, skills, languages }: GivingTeam): Hand[] {
    const needed = found.tags.map((tag) => tag.toLowerCase()).filter((tag) => skills.has(tag));
    const language = found.language !== null && languages.has(found.language) ? found.language : null;
    return memberIds.flatMap((id) => {
      const hand = this.hands.get(id);
      if (!hand || !hasRoom(hand, found)) return [];
      const { agent } = hand;
      const understands = language === null || agent.languages.size === 0 || agent.languages.has(language);
      return understands && needed.every((skill) => agent.skills.has(skill)) ? [hand] : [];
    });
  }

  private take(hand: Hand, { channelKinds }: WaitingCase): void {
    hand.load += 1;
    for (const kind of channelKinds) hand.byChannel[kind] = (hand.byChannel[kind] ?? 0) + 1;
    hand.turn = this.lastTurn++;
  }
}

function hasRoom({ agent: { limits }, load, byChannel }: Hand, found?: WaitingCase): boolean {
  return (
    load < limits.total &&
    (found?.channelKinds ?? []).every((kind) => (byChannel[kind] ?? 0) < (limits.byChannel[kind] ?? Infinity))
  );
}

function choose(
  able: readonly Hand[],
  { lastAgentId }: WaitingCase,
  { sticky, distribution }: GivingTeam,
): { hand: Hand; reason: RoutingReason } | null {
  const last = sticky ? able.find(({ agent }) => agent.id === lastAgentId) : undefined;
  if (last) return { hand: last, reason: 'sticky' };
  const before = distribution === 'round_robin' ? byTurn : byShare;
  const [first] = able.toSorted(before);
  return first ? { hand: first, reason: distribution } : null;
}

function byTurn(a: Hand, b: Hand): number {
  return a.turn - b.turn;
}

/** Five of ten that he can carry is less than four of five. */
function byShare(a: Hand, b: Hand): number {
  return a.load / a.agent.limits.total - b.load / b.agent.limits.total || byTurn(a, b);
}
