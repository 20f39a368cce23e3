import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { mostCardsOnBoard, type Board, type BoardQueue, type Rebalance } from '@loket/contracts/board.js';
import type { AgentWork } from '@loket/contracts/teams.js';
import { Clock } from '@loket/platform/clock.js';
import { carried } from '../cases/carried.js';
import { CasesService } from '../cases/cases.service.js';
import { queuedSince, urgency } from '../routing/routing.queries.js';
import { AgentWorkService } from '../teams/agent-work.service.js';
import { TeamsService } from '../teams/teams.service.js';
import { BoardCards } from './board-cards.js';
import { rebalance, type CarriedCase } from './rebalance.js';

const mostWaiting = 20;
const arrivalSteps = 12;

interface QueueRow {
  team_id: string | null;
  waiting: number;
  oldest: Date | null;
  in_hand: number;
  next: string[] | null;
}

/** What supervisors see of everybody's work, in a handful of statements however many people there are. */
@Injectable()
export class BoardService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly cards: BoardCards,
    private readonly work: AgentWorkService,
    private readonly teams: TeamsService,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<Board> {
    const now = this.clock.now();
    const people = await this.work.list();
    const hands = await this.casesInHand(now);
    const queues = await this.readQueues(now);
    const arrivals = await this.readArrivals(now);
    const ids = [...hands.values(), ...queues.map(({ next }) => next ?? [])].flat();
    const summaries = await this.cards.read(ids);
    const shown = (wanted: readonly string[]) => wanted.flatMap((id) => summaries.get(id) ?? []);
    const teams = (await this.teams.list()).filter(
      ({ id, closed }) => !closed || queues.some((row) => row.team_id === id),
    );
    const queueOf = (team: { id: string; name: string } | null): BoardQueue => {
      const row = queues.find((one) => one.team_id === (team?.id ?? null));
      const came = arrivals.get(team?.id ?? null) ?? Array.from({ length: arrivalSteps }, () => 0);
      return {
        team: team && { id: team.id, name: team.name },
        waiting: row?.waiting ?? 0,
        oldest: row?.oldest?.toISOString() ?? null,
        arrived: came.reduce((sum, n) => sum + n, 0),
        arrivals: came,
        inHand: row?.in_hand ?? 0,
        online: onlineIn(people, team?.id ?? null),
        next: shown(row?.next ?? []),
      };
    };
    const hasNoTeam = queues.some((row) => row.team_id === null) || arrivals.has(null);
    return {
      at: now.toISOString(),
      agents: people.map((one) => ({ ...one, cases: shown(hands.get(one.agent.id) ?? []) })),
      queues: [...teams.map(queueOf), ...(hasNoTeam ? [queueOf(null)] : [])],
    };
  }

  /**
   * What would make a team evenly loaded. Nothing is moved.
   * @throws AppError `not_found` `team_not_found`
   */
  async rebalance(teamId: string): Promise<Rebalance> {
    const { members } = await this.teams.get(teamId);
    const ids = new Set(members.map(({ id }) => id));
    const people = (await this.work.list()).filter(({ agent }) => ids.has(agent.id));
    const rows: { id: string; agent: string; waiting: Date | null; begun: boolean }[] =
      await this.manager.query(
        `SELECT c.id, c.assignee_id AS agent, c.waiting_since AS waiting,
              EXISTS (SELECT FROM messages m WHERE m.case_id = c.id AND m.direction = 'outbound'
                      AND m.agent_id = c.assignee_id AND m.created_at >= coalesce(c.assigned_at, c.created_at)) AS begun
       FROM cases c WHERE c.team_id = $1 AND c.assignee_id = ANY($2::uuid[]) AND ${carried('c', '$3::timestamptz')}`,
        [teamId, [...ids], this.clock.now()],
      );
    const carriedCases: CarriedCase[] = rows.map(({ id, agent, waiting, begun }) => ({
      id,
      agentId: agent,
      begun,
      waitingSince: waiting?.getTime() ?? null,
    }));
    const moves = rebalance(
      carriedCases,
      people.map(({ agent, availability, limits, load }) => ({
        id: agent.id,
        takes: availability === 'online',
        limit: limits.total,
        load,
      })),
    );
    const summaries = await this.cases.summaries(moves.map(({ caseId }) => caseId));
    const names = new Map(people.map(({ agent }) => [agent.id, agent]));
    return {
      moves: moves.flatMap(({ caseId, from, to }) => {
        const [found, giver, taker] = [summaries.get(caseId), names.get(from), names.get(to)];
        return found && giver && taker ? [{ case: found, caseId, from: giver, to: taker }] : [];
      }),
    };
  }

  /** @returns ids by agent, those whose customers wait longest first */
  private async casesInHand(now: Date): Promise<Map<string, string[]>> {
    const rows: { agent: string; ids: string[] }[] = await this.manager.query(
      `SELECT a.id AS agent, ARRAY(
         SELECT c.id FROM cases c WHERE c.assignee_id = a.id AND ${carried('c', '$1::timestamptz')}
         ORDER BY c.waiting_since NULLS LAST, c.last_message_at LIMIT ${mostCardsOnBoard}) AS ids
       FROM agents a WHERE a.disabled_at IS NULL`,
      [now],
    );
    return new Map(rows.map(({ agent, ids }) => [agent, ids]));
  }

  private async readQueues(now: Date): Promise<QueueRow[]> {
    return this.manager.query<QueueRow[]>(
      `SELECT c.team_id, count(*) FILTER (WHERE c.assignee_id IS NULL)::int AS waiting,
              min(${queuedSince}) FILTER (WHERE c.assignee_id IS NULL) AS oldest,
              count(*) FILTER (WHERE c.assignee_id IS NOT NULL)::int AS in_hand,
              (array_agg(c.id ORDER BY ${urgency}, ${queuedSince}, c.id)
                FILTER (WHERE c.assignee_id IS NULL))[1:${mostWaiting}] AS next
       FROM cases c WHERE ${carried('c', '$1::timestamptz')} GROUP BY c.team_id`,
      [now],
    );
  }

  /** @returns by team how many cases of the last hour are its own, whatever became of them since; oldest step first */
  private async readArrivals(now: Date): Promise<Map<string | null, number[]>> {
    const rows: { team_id: string | null; step: number; n: number }[] = await this.manager.query(
      `SELECT team_id, greatest(0, floor(extract(epoch FROM $1::timestamptz - created_at) / 300))::int AS step,
              count(*)::int AS n
       FROM cases WHERE created_at > $1::timestamptz - interval '1 hour' AND merged_into_id IS NULL GROUP BY 1, 2`,
      [now],
    );
    const steps = new Map<string | null, number[]>();
    for (const { team_id, step, n } of rows) {
      const came = steps.get(team_id) ?? Array.from({ length: arrivalSteps }, () => 0);
      came[arrivalSteps - 1 - step] = n;
      steps.set(team_id, came);
    }
    return steps;
  }
}

function onlineIn(people: readonly AgentWork[], teamId: string | null): number {
  return people.filter(
    ({ availability, teamIds }) => availability === 'online' && (teamId === null || teamIds.includes(teamId)),
  ).length;
}
