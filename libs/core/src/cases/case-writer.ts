import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { Raw, type EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { EventLog } from '../events/event-log.js';
import { MovedMeanwhile, untilHeld } from '../operations/until-held.js';
import { Case } from './case.entity.js';
import { caseNotFound, CasesService } from './cases.service.js';

/** Changes one case at a time, in its latest version. */
@Injectable()
export class CaseWriter {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly cases: CasesService,
    private readonly events: EventLog,
  ) {}

  /**
   * @param work has the case to itself, also when it was merged into another one meanwhile. Says what came of it: `stale` =
   *   what was seen of the case is no longer so
   * @throws AppError `not_found` `case_not_found`; `conflict` `version_conflict` with the current case
   */
  async change(
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
