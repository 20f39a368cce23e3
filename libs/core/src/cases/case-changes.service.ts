import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { CaseDetail, UpdateCase } from '@loket/contracts/cases.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';
import { requireAgreed } from '../tags/agreed-tags.js';
import { Case } from './case.entity.js';
import { changed, differences } from './changed-case.js';
import { CaseWriter } from './case-writer.js';
import { CasesService } from './cases.service.js';

/** What people change about a case. Each change counts the version up by one and writes one event with it. */
@Injectable()
export class CaseChanges {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly writer: CaseWriter,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Status, priority, subject, tags, snooze. A change that changes nothing is none.
   * @throws AppError `conflict` `version_conflict` with the current case; `unprocessable` `snooze_in_past`,
   *   `tag_unknown`
   */
  async update(caseId: string, change: UpdateCase, actorId: string): Promise<CaseDetail> {
    await this.writer.change(caseId, async (tx, found) => {
      if (change.version !== undefined && change.version !== found.version) return 'stale';
      const now = this.clock.now();
      const next = changed(found, change, now);
      await requireAgreed(
        tx,
        next.tags.filter((tag) => !found.tags.includes(tag)),
      );
      const data = differences(found, next);
      if (Object.keys(data).length === 0) return 'unchanged';
      await tx.update(Case, found.id, { ...next, version: found.version + 1 });
      await this.events.append(
        tx,
        [{ type: 'case.updated', caseId: found.id, version: found.version + 1, actorId, data }],
        now,
      );
      return 'changed';
    });
    return this.cases.get(caseId);
  }

  /** Cases whose snooze has lapsed come back by themselves. Run every so often by a job. */
  async wake(): Promise<void> {
    const now = this.clock.now();
    const woken = await this.manager.transaction(async (tx) => {
      const [rows]: [{ id: string; version: number; was: Date }[], number] = await tx.query(
        `UPDATE cases c SET snoozed_until = NULL, version = c.version + 1
         FROM (SELECT id, snoozed_until AS was FROM cases WHERE snoozed_until <= $1 AND merged_into_id IS NULL
               ORDER BY id LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED) due
         WHERE c.id = due.id RETURNING c.id, c.version, due.was`,
        [now],
      );
      await this.events.append(
        tx,
        rows.map(({ id, version, was }) => ({
          type: 'case.updated',
          caseId: id,
          version,
          actorId: null,
          data: { snoozedUntil: { from: was.toISOString(), to: null } },
        })),
        now,
      );
      return rows.length;
    });
    if (woken > 0) this.events.committed();
  }
}
