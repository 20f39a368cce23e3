import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { AddIdentity, Customer as CustomerView, UpdateCustomer } from '@loket/contracts/customers.js';
import { AppError } from '@loket/contracts/errors.js';
import { decodeCursor, encodeCursor, type Page } from '@loket/contracts/primitives.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog } from '../events/event-log.js';
import { identityLockKey } from '../intake/locks.js';
import { Customer } from './customer.entity.js';
import { customersById, listCustomerIds } from './customers.queries.js';
import { Identity } from './identity.entity.js';
import { normaliseAddress, type NormalisedAddress } from './normalise-address.js';

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

  /** @throws AppError `not_found` `customer_not_found` */
  async get(id: string): Promise<CustomerView> {
    const found = (await customersById(this.customers.manager, [id])).get(id);
    if (!found) throw new AppError('not_found', 'customer_not_found', 'there is no such customer');
    return found;
  }

  /** @throws AppError `conflict` `version_conflict` with the current customer */
  async update(id: string, { name, version }: UpdateCustomer, actorId: string): Promise<CustomerView> {
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

  /**
   * An address that an agent vouches for. Adding one that the customer has already only raises its proof.
   * @throws AppError `conflict` `identity_taken` with the customer whose it is
   */
  async addIdentity(id: string, given: AddIdentity, actorId: string): Promise<CustomerView> {
    const address = normaliseAddress(given.kind, given.value);
    await this.change(id, actorId, async (tx) => {
      // The lock of intake: a message from this address cannot make a customer of it meanwhile.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [identityLockKey(address.kind, address.value)]);
      return addTo(tx, id, address, given.proof, this.clock.now());
    });
    return this.get(id);
  }

  private async change(
    id: string,
    actorId: string,
    work: (tx: EntityManager, found: Customer) => Promise<'changed' | 'unchanged' | 'stale'>,
  ): Promise<boolean> {
    const outcome = await this.customers.manager.transaction(async (tx) => {
      const found = await tx.findOneBy(Customer, { id });
      if (!found) throw new AppError('not_found', 'customer_not_found', 'there is no such customer');
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

async function addTo(
  tx: EntityManager,
  customerId: string,
  { kind, value, verbatim }: NormalisedAddress,
  proof: AddIdentity['proof'],
  now: Date,
): Promise<'changed' | 'unchanged'> {
  const held = await tx.findBy(Identity, { kind, value });
  const owner = held.find((identity) => identity.resolves);
  if (owner && owner.customerId !== customerId) {
    throw new AppError('conflict', 'identity_taken', 'this address belongs to another customer', {
      data: { customerId: owner.customerId },
    });
  }
  const own =
    owner ?? held.find((identity) => identity.customerId === customerId && identity.source !== 'spoofed');
  if (own) {
    const raised = own.proof === 'claimed' && proof === 'verified';
    if (own.resolves && !raised) return 'unchanged';
    await tx.update(Identity, own.id, { resolves: true, ...(raised ? { proof, source: 'agent' } : {}) });
    return 'changed';
  }
  await tx.insert(Identity, {
    id: newId(),
    customerId,
    kind,
    value,
    verbatim,
    proof,
    resolves: true,
    source: 'agent',
    createdAt: now,
  });
  return 'changed';
}

function readCursor(cursor: string): string {
  const [id] = decodeCursor(cursor) ?? [];
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new AppError('invalid', 'cursor_invalid', 'this cursor does not belong to this list');
  }
  return id;
}
