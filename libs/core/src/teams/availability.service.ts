import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { Availability } from '@loket/contracts/teams.js';
import { Clock } from '@loket/platform/clock.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { EventLog } from '../events/event-log.js';

/** Without a sign of any of his screens for so long somebody is offline. */
export const unseenMs = 30_000;
/** Without doing anything for so long he is away. */
export const idleMs = 10 * 60_000;
const sweepMs = 5_000;

interface Changed {
  agentId: string;
  from: Availability;
  to: Availability;
}

/**
 * Who is there. A person is online while he says so, has a screen of ours and does something on it; every process with
 * screens says so for its own, and whoever is heard of nowhere is offline, also when the process was killed.
 */
@Injectable()
export class Availabilities implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('settle-availability', () => this.settle());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('settle-availability', {}, sweepMs);
  }

  /** These have screens of this process. Call it well within `unseenMs`. */
  async seen(agentIds: readonly string[]): Promise<void> {
    await this.sign(agentIds, false);
  }

  /** These have just come, or done something. */
  async active(agentIds: readonly string[]): Promise<void> {
    await this.sign(agentIds, true);
  }

  /** What somebody says of himself. Also a sign that he is there. */
  async choose(agentId: string, chosen: Availability): Promise<void> {
    await this.manager.query(
      `INSERT INTO agent_work (agent_id, chosen, active_at, since) VALUES ($1, $2, $3, $3)
       ON CONFLICT (agent_id) DO UPDATE SET chosen = excluded.chosen, active_at = excluded.active_at`,
      [agentId, chosen, this.clock.now()],
    );
    await this.settle([agentId]);
  }

  /** @param agentIds left out: everybody, which is what time alone needs */
  async settle(agentIds?: readonly string[]): Promise<void> {
    const now = this.clock.now();
    const changed = await this.manager.transaction(async (tx) => {
      const rows = await change(tx, agentIds ?? null, now);
      await this.events.append(
        tx,
        rows.map(({ agentId, from, to }) => ({
          type: 'agent.availability_changed',
          caseId: null,
          version: null,
          actorId: null,
          data: { agentId, from, to, since: now.toISOString() },
        })),
        now,
      );
      return rows.length;
    });
    if (changed > 0) this.events.committed();
  }

  private async sign(agentIds: readonly string[], active: boolean): Promise<void> {
    if (agentIds.length === 0) return;
    await this.manager.query(
      `INSERT INTO agent_work (agent_id, seen_at, active_at, since)
       SELECT id, $2, $2, $2 FROM unnest($1::uuid[]) AS id ORDER BY id
       ON CONFLICT (agent_id) DO UPDATE
       SET seen_at = excluded.seen_at, active_at = CASE WHEN $3 THEN excluded.active_at ELSE agent_work.active_at END`,
      [[...new Set(agentIds)], this.clock.now(), active],
    );
    await this.settle(agentIds);
  }
}

async function change(tx: EntityManager, agentIds: readonly string[] | null, now: Date): Promise<Changed[]> {
  const [rows]: [Changed[], number] = await tx.query(
    `UPDATE agent_work w SET availability = next.is_now, since = $2
     FROM (
       SELECT w.agent_id, w.availability AS was,
              CASE
                WHEN w.chosen = 'offline' OR a.disabled_at IS NOT NULL
                  OR w.seen_at IS NULL OR w.seen_at <= $2::timestamptz - $3 * interval '1 millisecond' THEN 'offline'
                WHEN w.chosen = 'away'
                  OR w.active_at IS NULL OR w.active_at <= $2::timestamptz - $4 * interval '1 millisecond' THEN 'away'
                ELSE 'online'
              END AS is_now
       FROM agent_work w JOIN agents a ON a.id = w.agent_id
       WHERE $1::uuid[] IS NULL OR w.agent_id = ANY($1::uuid[])
       ORDER BY w.agent_id FOR NO KEY UPDATE OF w
     ) next
     WHERE w.agent_id = next.agent_id AND next.was <> next.is_now
     RETURNING w.agent_id AS "agentId", next.was AS from, next.is_now AS to`,
    [agentIds, now, unseenMs, idleMs],
  );
  return rows;
}
