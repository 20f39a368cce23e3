import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { CaseOperation } from '@loket/contracts/operations.js';
import { CaseOperations } from '../operations/case-operations.service.js';

/**
 * A call that the telephone system told first stands where the rules put it; the agent who spoke knows better. It is the
 * same call before and after, and moving it is an operation like any other: in the ledger, to be undone exactly.
 */
@Injectable()
export class CallMoves {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly operations: CaseOperations,
  ) {}

  /**
   * Takes a call out of its case and into another that is open. A case that held nothing but this call goes along: there
   * would be nothing left of it.
   *
   * @param into id or number
   * @throws AppError `not_found` `call_not_found` `case_not_found`; `unprocessable` `split_into_itself` `case_resolved`
   *   `message_not_in_case` when somebody else moves it at the same moment
   */
  async move(messageId: string, into: string, actorId: string): Promise<CaseOperation> {
    const [call]: { caseId: string }[] = await this.manager.query(
      `SELECT case_id AS "caseId" FROM messages WHERE id = $1 AND call IS NOT NULL`,
      [messageId],
    );
    if (!call) throw new AppError('not_found', 'call_not_found', 'there is no such call');
    try {
      return await this.operations.split(call.caseId, { messageIds: [messageId], into }, { actorId });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'split_leaves_nothing') throw error;
      return this.operations.merge(call.caseId, { into }, { actorId });
    }
  }
}
