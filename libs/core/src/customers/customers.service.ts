import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, type EntityManager, type Repository } from 'typeorm';
import type { Customer as CustomerView, UpdateCustomer } from '@loket/contracts/customers.js';
import { AppError } from '@loket/contracts/errors.js';
import { decodeCursor, encodeCursor, type Page } from '@loket/contracts/primitives.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';
import { Customer } from './customer.entity.js';
import { customersById, listCustomerIds } from './customers.queries.js';

@Injectable()
export class CustomersService {
  constructor(
    @InjectRepository(Customer) private readonly customers: Repository<Customer>,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async list(query: { q?: string; cursor?: string; limit: number }): Promise<Page<CustomerView>> {
    const before = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const { manager } = this.customers;
    const ids = await listCustomerIds(manager, { q: query.q, before, limit: query.limit + 1 });
    const shown = ids.slice(0, query.limit);
    const found = await customersById(manager, shown);
    const last = shown.at(-1);
    return {
      items: shown.flatMap((id) => found.get(id) ?? []),
      nextCursor: ids.length > query.limit && last ? encodeCursor([last]) : null,
    };
  }

  /**
   * A merged customer is the one that he was merged into.
   * @throws AppError `not_found` `customer_not_found`
   */
  async get(given: string): Promise<CustomerView> {
    const id = await this.resolve(given);
    const found = (await customersById(this.customers.manager, [id])).get(id);
    if (!found) throw customerNotFound();
    return found;
  }

  /** Those of the customers who are not merged into others. */
  async live(ids: readonly string[]): Promise<CustomerView[]> {
    const rows = await this.customers.find({
      select: { id: true },
      where: { id: In([...ids]), mergedIntoId: IsNull() },
      order: { id: 'ASC' },
    });
    const found = await customersById(
      this.customers.manager,
      rows.map(({ id }) => id),
    );
    return [...found.values()];
  }

  /**
   * The id of the customer that stands for this one: his own, unless he was merged.
   * @throws AppError `not_found` `customer_not_found`
   */
  async resolve(id: string): Promise<string> {
    const { mergedIntoId } = await this.row(id);
    return mergedIntoId ?? id;
  }

  /**
   * Not followed when he is merged.
   * @throws AppError `not_found` `customer_not_found`
   */
  async row(id: string): Promise<Customer> {
    const found = await this.customers.findOneBy({ id });
    if (!found) throw customerNotFound();
    return found;
  }

  /** @throws AppError `conflict` `version_conflict` with the current customer */
  async update(given: string, { name, version }: UpdateCustomer, actorId: string): Promise<CustomerView> {
    const id = await this.resolve(given);
    const stale = await this.change(id, actorId, async (tx, found) => {
      if (version !== undefined && version !== found.version) return 'stale';
      if (name === undefined || name === found.name) return 'unchanged';
      await tx.update(Customer, id, { name });
      return 'changed';
    });
    if (stale) {
      throw new AppError('conflict', 'version_conflict', 'somebody else changed this customer meanwhile', {
        data: await this.get(id),
      });
    }
    return this.get(id);
  }

  private async change(
    id: string,
    actorId: string,
    work: (tx: EntityManager, found: Customer) => Promise<'changed' | 'unchanged' | 'stale'>,
  ): Promise<boolean> {
    const outcome = await this.customers.manager.transaction(async (tx) => {
      const found = await tx.findOneBy(Customer, { id });
      if (!found) throw customerNotFound();
      // Merged since it was looked up: whoever changes him has to see that first.
      if (found.mergedIntoId !== null) return 'stale';
      const outcome = await work(tx, found);
      if (outcome !== 'changed') return outcome;
      // The version in the condition makes two changes at once exclude each other without holding the row throughout.
      const { affected } = await tx.update(
        Customer,
        { id, version: found.version },
        { version: found.version + 1, updatedAt: this.clock.now() },
      );
      if (affected === 0)
        throw new AppError('conflict', 'version_conflict', 'somebody else changed this customer');
      await this.events.append(tx, [
        { type: 'customer.updated', caseId: null, version: null, actorId, data: { customerId: id } },
      ]);
      return outcome;
    });
    if (outcome === 'changed') this.events.committed();
    return outcome === 'stale';
  }
}

export function customerNotFound(): AppError {
  return new AppError('not_found', 'customer_not_found', 'there is no such customer');
}

function readCursor(cursor: string): string {
  const [id] = decodeCursor(cursor) ?? [];
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new AppError('invalid', 'cursor_invalid', 'this cursor does not belong to this list');
  }
  return id;
}
