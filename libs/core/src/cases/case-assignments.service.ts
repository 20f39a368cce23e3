import { Injectable } from '@nestjs/common';
import type { AssignCase, CaseDetail } from '@loket/contracts/cases.js';
import { Clock } from '@loket/platform/clock.js';
import { keepDrafts } from '../drafts/keep-drafts.js';
import { EventLog } from '../events/event-log.js';
import { assigned, assignmentData, holdAgents, requireTeams } from './assigned-case.js';
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
      const now = this.clock.now();
      const next = assigned(found, { agentId, teamId }, now);
      if (next === null) return 'unchanged';
      if (found.version !== version) return 'stale';
      const { assigneeId: loser } = found;
      if (next.assigneeId !== null && next.assigneeId !== loser) await holdAgents(tx, [next.assigneeId]);
      if (next.teamId !== null && next.teamId !== found.teamId) await requireTeams(tx, [next.teamId]);
      await tx.update(Case, found.id, { ...next, version: version + 1 });
      const lost = loser === null || loser === actorId ? [] : [{ caseId: found.id, agentId: loser }];
      await this.events.append(
        tx,
        [
          {
            type: 'case.assigned',
            caseId: found.id,
            version: version + 1,
            actorId,
            data: assignmentData(found, next, reason),
          },
          ...(await keepDrafts(tx, lost, now)),
        ],
        now,
      );
      return 'changed';
    });
    return this.cases.get(caseId);
  }
}
