import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { type HandedOver, type Handover, mostInBulk } from '@loket/contracts/bulk.js';
import { AppError } from '@loket/contracts/errors.js';
import { BulkChanges, type BulkActor } from './bulk.service.js';

/** Somebody leaves, or goes on holiday: what he has not finished goes on without him. */
@Injectable()
export class Handovers {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly bulk: BulkChanges,
  ) {}

  /**
   * All his cases that are not done, snoozed ones too, some hundred at a time.
   * @throws AppError `not_found` `agent_not_found`; `unprocessable` `handover_to_himself`, `agent_unavailable`
   */
  async handOver(agentId: string, { toId, reason }: Handover, actor: BulkActor): Promise<HandedOver> {
    const known: unknown[] = await this.manager.query('SELECT FROM agents WHERE id = $1', [agentId]);
    if (known.length === 0) throw new AppError('not_found', 'agent_not_found', 'there is no such agent');
    if (toId === agentId)
      throw new AppError('unprocessable', 'handover_to_himself', 'choose somebody else for these cases');
    const handed: HandedOver = { cases: 0, bulkIds: [] };
    let after: string | null = null;
    for (;;) {
      const ids = await this.casesOf(agentId, after);
      if (ids.length === 0) return handed;
      const changes = new Map(ids.map((id) => [id, { agentId: toId }]));
      const { id, changed } = await this.bulk.apply(changes, reason, actor);
      handed.cases += changed.length;
      if (id !== null) handed.bulkIds.push(id);
      // onwards also past a case that refused, which would come first for ever
      after = ids.at(-1) ?? null;
    }
  }

  private async casesOf(agentId: string, after: string | null): Promise<string[]> {
    const rows: { id: string }[] = await this.manager.query(
      `SELECT id FROM cases
       WHERE assignee_id = $1 AND status <> 'resolved' AND merged_into_id IS NULL AND ($2::uuid IS NULL OR id > $2)
       ORDER BY id LIMIT $3`,
      [agentId, after, mostInBulk],
    );
    return rows.map(({ id }) => id);
  }
}
