import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { EventData } from '@loket/contracts/events.js';
import type { Case } from './case.entity.js';

/** Who has a case, and whose work it is. */
export type Assignable = Pick<Case, 'assigneeId' | 'teamId' | 'assignedAt' | 'queuedAt' | 'takenFromId'>;

export interface Assignment {
  /** null = nobody; left out with a new team: nobody */
  agentId?: string | null | undefined;
  teamId?: string | null | undefined;
}

/**
 * A case as it is given to somebody, or to a team, where it waits for somebody of them.
 * @returns null when that is how it is already
 */
export function assigned(found: Assignable, { agentId, teamId }: Assignment, now: Date): Assignable | null {
  const team = teamId === undefined ? found.teamId : teamId;
  const moves = team !== found.teamId;
  const agent = agentId === undefined ? (moves ? null : found.assigneeId) : agentId;
  if (agent === found.assigneeId && !moves) return null;
  return {
    assigneeId: agent,
    teamId: team,
    assignedAt: agent === null ? null : now,
    queuedAt: agent === null ? now : found.queuedAt,
    takenFromId: agent === null && !moves ? found.assigneeId : null,
  };
}

/** What the event tells of it. */
export function assignmentData(
  before: Assignable,
  after: Assignable,
  reason?: string | null,
): EventData<'case.assigned'> {
  return {
    from: before.assigneeId,
    to: after.assigneeId,
    ...(before.teamId !== after.teamId && { team: { from: before.teamId, to: after.teamId } }),
    ...(reason && { reason }),
  };
}

/**
 * Holds whoever gets cases, so that routing counts them before it gives him more: see AgentWork.
 * @throws AppError `unprocessable` `agent_unavailable`
 */
export async function holdAgents(tx: EntityManager, agentIds: readonly string[]): Promise<void> {
  const rows: unknown[] = await tx.query(
    'SELECT FROM agents WHERE id = ANY($1::uuid[]) AND disabled_at IS NULL',
    [agentIds],
  );
  if (rows.length < new Set(agentIds).size) {
    throw new AppError('unprocessable', 'agent_unavailable', 'there is no such agent, or he is disabled');
  }
  await tx.query(
    'SELECT FROM agent_work WHERE agent_id = ANY($1::uuid[]) ORDER BY agent_id FOR NO KEY UPDATE',
    [agentIds],
  );
}

/** @throws AppError `unprocessable` `team_not_found` */
export async function requireTeams(tx: EntityManager, teamIds: readonly string[]): Promise<void> {
  const rows: unknown[] = await tx.query(
    'SELECT FROM teams WHERE id = ANY($1::uuid[]) AND closed_at IS NULL',
    [teamIds],
  );
  if (rows.length < new Set(teamIds).size)
    throw new AppError('unprocessable', 'team_not_found', 'there is no such team, or it is closed');
}
