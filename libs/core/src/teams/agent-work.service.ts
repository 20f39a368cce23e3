import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type {
  AgentWork as AgentWorkView,
  Availability,
  UpdateAgentWork,
  WorkloadLimits,
} from '@loket/contracts/teams.js';
import { Clock } from '@loket/platform/clock.js';
import { carried } from '../cases/carried.js';
import { EventLog } from '../events/event-log.js';
import { AgentWork } from './agent-work.entity.js';

interface Row {
  id: string;
  name: string;
  availability: Availability;
  since: Date;
  limits: WorkloadLimits | null;
  skills: string[];
  languages: string[];
  team_ids: string[];
  load: number;
  oldest_waiting: Date | null;
}

/** People at work: what they can carry, what they carry. */
@Injectable()
export class AgentWorkService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Everybody who works here today. */
  async list(): Promise<AgentWorkView[]> {
    return this.read(null);
  }

  /** @throws AppError `not_found` `agent_not_found` */
  async get(agentId: string): Promise<AgentWorkView> {
    const [work] = await this.read(agentId);
    if (!work) throw new AppError('not_found', 'agent_not_found', 'there is no such agent');
    return work;
  }

  /** @throws AppError `not_found` `agent_not_found` */
  async update(actorId: string, agentId: string, change: UpdateAgentWork): Promise<AgentWorkView> {
    await this.get(agentId);
    await this.manager.transaction(async (tx) => {
      await tx.query(
        'INSERT INTO agent_work (agent_id, since) VALUES ($1, $2) ON CONFLICT (agent_id) DO NOTHING',
        [agentId, this.clock.now()],
      );
      const { limits, skills, languages } = change;
      if (limits) await tx.update(AgentWork, { agentId }, { limits });
      if (skills) await tx.update(AgentWork, { agentId }, { skills: [...new Set(skills)] });
      if (languages) await tx.update(AgentWork, { agentId }, { languages: [...new Set(languages)] });
      await this.events.append(tx, [
        { type: 'agent.work_updated', caseId: null, version: null, actorId, data: { agentId } },
      ]);
    });
    this.events.committed();
    return this.get(agentId);
  }

  private async read(agentId: string | null): Promise<AgentWorkView[]> {
    const rows: Row[] = await this.manager.query(
      `SELECT a.id, a.name, coalesce(w.availability, 'offline') AS availability, coalesce(w.since, a.created_at) AS since,
              w.limits, coalesce(w.skills, '{}') AS skills, coalesce(w.languages, '{}') AS languages,
              ARRAY(SELECT team_id FROM team_members WHERE agent_id = a.id ORDER BY team_id) AS team_ids,
              coalesce(c.load, 0) AS load, c.oldest_waiting
       FROM agents a
       LEFT JOIN agent_work w ON w.agent_id = a.id
       LEFT JOIN LATERAL (
         SELECT count(*)::int AS load, min(c.waiting_since) AS oldest_waiting
         FROM cases c WHERE c.assignee_id = a.id AND ${carried('c', '$2::timestamptz')}
       ) c ON true
       WHERE a.disabled_at IS NULL AND ($1::uuid IS NULL OR a.id = $1)
       ORDER BY lower(a.name), a.id`,
      [agentId, this.clock.now()],
    );
    return rows.map((row) => ({
      agent: { id: row.id, name: row.name },
      availability: row.availability,
      since: row.since.toISOString(),
      limits: row.limits ?? { total: 5, byChannel: {} },
      skills: row.skills,
      languages: row.languages,
      teamIds: row.team_ids,
      load: row.load,
      oldestWaiting: row.oldest_waiting?.toISOString() ?? null,
    }));
  }
}
