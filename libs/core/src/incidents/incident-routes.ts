import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { ReplyOptions, type ReplyRoute } from '../cases/reply-options.js';

/** Why an update is not sent into a case at all, beside the codes of a blocked route. */
export const toldAlready = 'told_already';
export const impossible = 'reply_impossible';

/** By which way the customer of a case gets an update. */
@Injectable()
export class IncidentRoutes {
  constructor(private readonly replyOptions: ReplyOptions) {}

  /**
   * The way on which the customer of this case wrote last; a way that cannot be used now only when there is no other,
   * with its code. Only ways to himself: whoever else takes part in the case is another customer, or nobody of ours.
   *
   * @returns null when no channel can carry it
   */
  async of(manager: EntityManager, caseId: string): Promise<ReplyRoute | null> {
    const [found]: { customer_id: string }[] = await manager.query(
      'SELECT customer_id FROM cases WHERE id = $1',
      [caseId],
    );
    if (!found) throw new AppError('not_found', 'case_not_found', 'there is no such case');
    const own = (await this.replyOptions.routes(manager, caseId)).filter(
      (route) => route.customerId === found.customer_id,
    );
    const usable = own.filter((route) => route.blocked === null);
    return (
      usable.find((route) => route.preferred) ??
      usable.find((route) => route.threadId !== null) ??
      usable[0] ??
      own.find((route) => route.preferred) ??
      own[0] ??
      null
    );
  }
}

/** One address on one channel: who is told there has been told. */
export function placeOf(route: Pick<ReplyRoute, 'channelId' | 'identityId'>): string {
  return `${route.channelId} ${route.identityId}`;
}
