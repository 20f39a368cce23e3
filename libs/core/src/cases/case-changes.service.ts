import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { Raw, type EntityManager } from 'typeorm';
import type { AssignCase, CaseDetail, UpdateCase } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import type { EventData } from '@loket/contracts/events.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';
import { MovedMeanwhile, untilHeld } from '../operations/until-held.js';
import { Case } from './case.entity.js';
import { changeStatus, withoutCallback } from './case-status.js';
import { callbackChange } from './callback.js';
import { caseNotFound, CasesService } from './cases.service.js';

/** What people change about a case. Each change counts the version up by one and writes one event with it. */
@Injectable()
export class CaseChanges {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Status, priority, subject, tags, snooze. A change that changes nothing is none.
   * @throws AppError `conflict` `version_conflict` with the current case; `unprocessable` `snooze_in_past`
   */
  async update(caseId: string, change: UpdateCase, actorId: string): Promise<CaseDetail> {
    await this.change(caseId, async (tx, found) => {
      if (change.version !== undefined && change.version !== found.version) return 'stale';
      const now = this.clock.now();
      const next = applied(found, change, now);
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

  /**
   * Assigns, reassigns or releases (`agentId: null`). Of two agents who take a case at once, one gets it; the other
   * is told who. Giving it to the one who has it already is no change, whatever version was seen.
   *
   * @throws AppError `conflict` `version_conflict` with the current case; `unprocessable` `agent_unavailable` or
   *   `team_not_found`
   */
  async assign(
    caseId: string,
    { agentId, teamId, version }: AssignCase,
    actorId: string,
  ): Promise<CaseDetail> {
    if (teamId) throw new AppError('unprocessable', 'team_not_found', 'there is no such team');
    if (agentId === undefined) return this.cases.get(caseId);
    await this.change(caseId, async (tx, found) => {
      if (found.assigneeId === agentId) return 'unchanged';
      if (found.version !== version) return 'stale';
      if (agentId !== null) await requireAgent(tx, agentId);
      await tx.update(Case, found.id, { assigneeId: agentId, version: version + 1 });
      await this.events.append(
        tx,
        [
          {
            type: 'case.assigned',
            caseId: found.id,
            version: version + 1,
            actorId,
            data: { from: found.assigneeId, to: agentId },
          },
        ],
        this.clock.now(),
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

  private async change(
    caseId: string,
    work: (tx: EntityManager, found: Case) => Promise<'changed' | 'unchanged' | 'stale'>,
  ): Promise<void> {
    const outcome = await untilHeld(() =>
      this.manager.transaction(async (tx) => work(tx, await lockCase(tx, caseId))),
    );
    if (outcome === 'stale') {
      throw new AppError('conflict', 'version_conflict', 'somebody else changed this case meanwhile', {
        data: await this.cases.get(caseId),
      });
    }
    if (outcome === 'changed') this.events.committed();
  }
}

/**
 * Reads a case and holds it to the end of the transaction. Others may still refer to the row meanwhile.
 *
 * A merged case gives the one that stands for it, so that whatever is written to its number goes there, also when the merge
 * was quicker than the writer: go on with the id of what is returned. A version that somebody saw before the merge is
 * stale for it (Ledger: `level`). Within `untilHeld`, which begins anew when the case is merged at that very moment.
 *
 * @throws AppError `not_found` `case_not_found`; MovedMeanwhile
 */
export async function lockCase(tx: EntityManager, caseId: string): Promise<Case> {
  const standsFor = (id: string): string =>
    `${id} = (SELECT coalesce(merged_into_id, id) FROM cases WHERE id = :caseId)`;
  const found = await tx.findOne(Case, {
    where: { id: Raw(standsFor, { caseId }) },
    lock: { mode: 'for_no_key_update' },
  });
  if (!found) throw caseNotFound();
  // Merged while we waited for it. One lock at a time: whoever merges takes them in an order of his own.
  if (found.mergedIntoId !== null) throw new MovedMeanwhile();
  return found;
}

async function requireAgent(tx: EntityManager, agentId: string): Promise<void> {
  const rows: unknown[] = await tx.query('SELECT FROM agents WHERE id = $1 AND disabled_at IS NULL', [
    agentId,
  ]);
  if (rows.length === 0) {
    throw new AppError('unprocessable', 'agent_unavailable', 'there is no such agent, or he is disabled');
  }
}

type Changeable = Pick<
  Case,
  | 'status'
  | 'priority'
  | 'subject'
  | 'tags'
  | 'snoozedUntil'
  | 'waitingSince'
  | 'resolvedAt'
  | 'callbackSince'
  | 'callbackNumber'
  | 'callbackDoneAt'
>;

function applied(found: Case, change: UpdateCase, now: Date): Changeable {
  const next = changeStatus(found, change.status ?? found.status, now);
  const { status, waitingSince, resolvedAt, snoozedUntil } = next;
  const { callbackSince, callbackNumber, callbackDoneAt } =
    change.callbackDone && next.callbackSince !== null ? withoutCallback(now) : next;
  return {
    status,
    waitingSince,
    resolvedAt,
    callbackSince,
    callbackNumber,
    callbackDoneAt,
    snoozedUntil: change.snoozedUntil === undefined ? snoozedUntil : snooze(change.snoozedUntil, status, now),
    priority: change.priority ?? found.priority,
    subject: change.subject ?? found.subject,
    tags: change.tags ? [...new Set(change.tags)] : found.tags,
  };
}

function snooze(until: string | null, status: Case['status'], now: Date): Date | null {
  if (until === null) return null;
  const at = new Date(until);
  if (at <= now)
    throw new AppError('unprocessable', 'snooze_in_past', 'a case can only be snoozed into the future');
  if (status === 'resolved') {
    throw new AppError('unprocessable', 'snooze_resolved', 'a resolved case cannot be snoozed');
  }
  return at;
}

function differences(before: Changeable, after: Changeable): EventData<'case.updated'> {
  const data: EventData<'case.updated'> = callbackChange(before, after);
  if (before.status !== after.status) data.status = { from: before.status, to: after.status };
  if (before.priority !== after.priority) data.priority = { from: before.priority, to: after.priority };
  if (before.subject !== after.subject) data.subject = { from: before.subject, to: after.subject };
  if (JSON.stringify(before.tags) !== JSON.stringify(after.tags))
    data.tags = { from: before.tags, to: after.tags };
  if (before.snoozedUntil?.getTime() !== after.snoozedUntil?.getTime()) {
    data.snoozedUntil = {
      from: before.snoozedUntil?.toISOString() ?? null,
      to: after.snoozedUntil?.toISOString() ?? null,
    };
  }
  return data;
}
