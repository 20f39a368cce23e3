import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AssignCase, CaseDetail } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { keepDrafts } from '../drafts/keep-drafts.js';
import { EventLog } from '../events/event-log.js';
import { Case } from './case.entity.js';
import { CaseWriter } from './case-writer.js';
import { CasesService } from './cases.service.js';

/** Who has a case, and whose work it is. Routing does the same by itself, for many at once (routing.queries.ts). */
@Injectable()
export class CaseAssignments {
  constructor(
    private readonly cases: CasesService,
    private readonly writer: CaseWriter,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Assigns, reassigns or releases (`agentId: null`), and hands over to a team. A team without a person makes the case wait
   * for somebody there. What the one who loses it has written and not sent stays there as a note, unless he lets it go
   * himself. Of two agents who take a case at once, one gets it; the other is told who. Giving it to the one
   * who has it already is no change, whatever version was seen.
   *
   * @throws AppError `conflict` `version_conflict` with the current case; `unprocessable` `agent_unavailable` or
   *   `team_not_found`
   */
  async assign(
    caseId: string,
    { agentId, teamId, version, reason }: AssignCase,
    actorId: string,
  ): Promise<CaseDetail> {
    await this.writer.change(caseId, async (tx, found) => {
      const team = teamId === undefined ? found.teamId : teamId;
      const moves = team !== found.teamId;
      const agent = agentId === undefined ? (moves ? null : found.assigneeId) : agentId;
      if (agent === found.assigneeId && !moves) return 'unchanged';
      if (found.version !== version) return 'stale';
      if (agent !== null && agent !== found.assigneeId) await holdAgent(tx, agent);
      if (team !== null && moves) await requireTeam(tx, team);
      const now = this.clock.now();
      await tx.update(Case, found.id, {
        assigneeId: agent,
        teamId: team,
        assignedAt: agent === null ? null : now,
        queuedAt: agent === null ? now : found.queuedAt,
        takenFromId: agent === null && !moves ? found.assigneeId : null,
        version: version + 1,
      });
      const loser = found.assigneeId;
      const lost = loser === null || loser === actorId ? [] : [{ caseId: found.id, agentId: loser }];
      const kept = await keepDrafts(tx, lost, now);
      await this.events.append(
        tx,
        [
          {
            type: 'case.assigned',
            caseId: found.id,
            version: version + 1,
            actorId,
            data: {
              from: found.assigneeId,
              to: agent,
              ...(moves && { team: { from: found.teamId, to: team } }),
              ...(reason && { reason }),
            },
          },
          ...kept,
        ],
        now,
      );
      return 'changed';
    });
    return this.cases.get(caseId);
  }
}

/** Holds whoever gets the case, so that routing counts it before it gives him more: see AgentWork. */
async function holdAgent(tx: EntityManager, agentId: string): Promise<void> {
  const rows: unknown[] = await tx.query('SELECT FROM agents WHERE id = $1 AND disabled_at IS NULL', [
    agentId,
  ]);
  if (rows.length === 0) {
    throw new AppError('unprocessable', 'agent_unavailable', 'there is no such agent, or he is disabled');
  }
  await tx.query('SELECT FROM agent_work WHERE agent_id = $1 FOR NO KEY UPDATE', [agentId]);
}

async function requireTeam(tx: EntityManager, teamId: string): Promise<void> {
  const rows: unknown[] = await tx.query('SELECT FROM teams WHERE id = $1 AND closed_at IS NULL', [teamId]);
  if (rows.length === 0)
    throw new AppError('unprocessable', 'team_not_found', 'there is no such team, or it is closed');
}
