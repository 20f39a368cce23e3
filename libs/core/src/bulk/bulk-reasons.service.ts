import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { BulkReasoned } from '@loket/contracts/bulk.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';
import { untilHeld } from '../operations/until-held.js';
import { BulkChangeRow } from './bulk-change.entity.js';
import { holdCases } from './bulk.queries.js';
import { fieldsOf, isWhereItWasMoved } from './case-fields.js';

/** Later, it would be a reason thought up afterwards. */
const withinMs = 10 * 60_000;

/** Why cases were moved, said after they were: a move waits for nobody to find words for it. */
@Injectable()
export class BulkReasons {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts it into the history of each case that is where it was moved. Who got and who lost it reads it in his news of the
   * move (NoticeWriter). Said again, the last one counts.
   *
   * @throws AppError `not_found` `bulk_not_found`; `forbidden` `bulk_of_another`; `conflict` `undone_already`,
   *   `reason_too_late`
   */
  async give(id: string, reason: string, actorId: string): Promise<BulkReasoned> {
    const result = await untilHeld(() =>
      this.manager.transaction(async (tx): Promise<BulkReasoned> => {
        const now = this.clock.now();
        const bulk = await tx.findOne(BulkChangeRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
        if (!bulk) throw new AppError('not_found', 'bulk_not_found', 'there is no such change');
        if (bulk.actorId !== actorId)
          throw new AppError('forbidden', 'bulk_of_another', 'somebody else did this');
        if (bulk.undoneAt) throw new AppError('conflict', 'undone_already', 'this was undone already');
        if (now.getTime() - bulk.createdAt.getTime() > withinMs)
          throw new AppError('conflict', 'reason_too_late', 'a reason can be given for ten minutes');
        const byId = new Map(bulk.cases.map((one) => [one.caseId, one]));
        const about = (await holdCases(tx, [...byId.keys()])).flatMap((found) => {
          const change = byId.get(found.id)!;
          return change.moved !== undefined && isWhereItWasMoved(fieldsOf(found), change)
            ? [{ caseId: found.id, version: found.version + 1, moved: change.moved }]
            : [];
        });
        await tx.query('UPDATE cases SET version = version + 1 WHERE id = ANY($1::uuid[])', [
          about.map(({ caseId }) => caseId),
        ]);
        await tx.update(BulkChangeRow, id, { reason });
        await this.events.append(
          tx,
          about.map(({ caseId, version, moved }) => ({
            type: 'case.reason_given',
            caseId,
            version,
            actorId,
            data: { moved, reason },
          })),
          now,
        );
        const told = new Set(about.map(({ caseId }) => caseId));
        return { told: [...told], left: [...byId.keys()].filter((caseId) => !told.has(caseId)) };
      }),
    );
    this.events.committed();
    return result;
  }
}
