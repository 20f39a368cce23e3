import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { Customer as CustomerView, Identity } from '@loket/contracts/customers.js';
import { AppError } from '@loket/contracts/errors.js';
import type { CustomerOperation, MergeCustomer, MergeCustomersPreview } from '@loket/contracts/operations.js';
import type { Customer } from '../customers/customer.entity.js';
import { customerNotFound, CustomersService } from '../customers/customers.service.js';
import { EventLog } from '../events/event-log.js';
import { pairKey } from '../suggestions/suggestion-key.js';
import type { By } from './case-operations.service.js';
import { holdShape } from './hold-shape.js';
import { Ledger } from './ledger.js';
import { moveCustomer } from './move-customer.js';
import { historyOfPair, operationsById } from './operations.queries.js';
import { MovedMeanwhile, untilHeld } from './until-held.js';

/** Two profiles that are one person (DESIGN §4). */
@Injectable()
export class CustomerOperations {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly customers: CustomersService,
    private readonly events: EventLog,
    private readonly ledger: Ledger,
  ) {}

  /**
   * `fromId` goes into another profile, with its addresses, messages and cases, and leads there for ever.
   *
   * @param fromId not followed when it is merged already
   * @throws AppError `not_found` `customer_not_found`; `unprocessable` `merge_into_itself`, `customer_merged_already`
   *   with `{into}`; `conflict` `version_conflict` with the current customer
   */
  async merge(
    fromId: string,
    { into: intoGiven, reason, version }: MergeCustomer,
    by: By,
  ): Promise<CustomerOperation> {
    const { operationId, intoId } = await untilHeld(async () => {
      const intoId = await this.customers.resolve(intoGiven);
      return this.manager.transaction(async (tx) => {
        const held = await holdShape(tx, { caseIds: [], customerIds: [fromId, intoId] });
        const [from, into] = [held.customers.get(fromId), held.customers.get(intoId)];
        if (!from || !into) throw customerNotFound();
        requireMergeable(from, into);
        if (into.mergedIntoId !== null) throw new MovedMeanwhile();
        if (version !== undefined && version !== from.version) {
          throw new AppError(
            'conflict',
            'version_conflict',
            'somebody else changed this customer meanwhile',
            {
              data: await this.customers.get(fromId),
            },
          );
        }
        const entry = this.ledger.begin(tx, { kind: 'merge_customers', reason, fromId, intoId, ...by });
        await moveCustomer(tx, entry, from, into);
        await entry.finish();
        await this.events.append(
          tx,
          [
            {
              type: 'customer.merged',
              caseId: null,
              version: null,
              actorId: by.actorId,
              data: { operationId: entry.id, from: fromId, into: intoId },
            },
          ],
          entry.at,
        );
        return { operationId: entry.id, intoId };
      });
    });
    this.events.committed();
    const [operation] = await operationsById(this.manager, [operationId]);
    if (!operation) throw new Error('the operation that was just written is gone');
    return { operation, customer: await this.customers.get(intoId) };
  }

  /** What `merge` would make of the two, without doing it. */
  async mergePreview(fromId: string, intoGiven: string): Promise<MergeCustomersPreview> {
    const intoId = await this.customers.resolve(intoGiven);
    const [from, into] = [await this.customers.row(fromId), await this.customers.row(intoId)];
    requireMergeable(from, into);
    const [fromView, intoView] = [await this.customers.get(fromId), await this.customers.get(intoId)];
    return {
      from: fromView,
      into: intoView,
      result: {
        name: into.name ?? from.name,
        identities: fromView.identities.length + intoView.identities.length,
        cases: fromView.caseCount + intoView.caseCount,
      },
      warnings: [
        ...(conflictingProof(fromView, intoView) ? ['verified_conflict'] : []),
        ...(conflictingNames(fromView.name, intoView.name) ? ['name_conflict'] : []),
        ...(await historyOfPair(this.manager, 'customer', pairKey(fromId, intoId), [fromId, intoId])),
      ],
    };
  }
}

function requireMergeable(from: Customer, into: Customer): void {
  if (from.id === into.id)
    throw new AppError('unprocessable', 'merge_into_itself', 'a customer cannot be merged into himself');
  if (from.mergedIntoId !== null) {
    throw new AppError('unprocessable', 'customer_merged_already', 'this customer was merged into another', {
      data: { into: from.mergedIntoId },
    });
  }
}

/** Both have proven addresses of one kind, and not one in common: it may be two people after all. */
function conflictingProof(a: CustomerView, b: CustomerView): boolean {
  const proven = ({ identities }: CustomerView): Identity[] =>
    identities.filter((i) => i.proof === 'verified');
  return proven(a).some((one) => {
    const others = proven(b).filter((other) => other.kind === one.kind);
    return others.length > 0 && others.every((other) => other.value !== one.value);
  });
}

function conflictingNames(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const words = (name: string): string[] => name.toLocaleLowerCase('id').match(/[\p{L}\p{N}]+/gu) ?? [];
  const known = new Set(words(a));
  return known.size > 0 && words(b).length > 0 && !words(b).some((word) => known.has(word));
}
