import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { AddIdentity, Customer as CustomerView } from '@loket/contracts/customers.js';
import { AppError } from '@loket/contracts/errors.js';
import type { CustomerOperation } from '@loket/contracts/operations.js';
import { newId } from '@loket/platform/ids.js';
import { customerNotFound, CustomersService } from '../customers/customers.service.js';
import { Identity } from '../customers/identity.entity.js';
import { normaliseAddress, type NormalisedAddress } from '../customers/normalise-address.js';
import { EventLog } from '../events/event-log.js';
import type { By } from './case-operations.service.js';
import { detachIdentity } from './detach-identity.js';
import { holdShape } from './hold-shape.js';
import { Ledger, type LedgerEntry } from './ledger.js';
import { neverAgain } from './never-again.js';
import { operationsById } from './operations.queries.js';
import { MovedMeanwhile, untilHeld } from './until-held.js';

/** Whose an address is, by the word of an agent. */
@Injectable()
export class IdentityOperations {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly customers: CustomersService,
    private readonly events: EventLog,
    private readonly ledger: Ledger,
  ) {}

  /**
   * An address that an agent vouches for, or that was proven to the desk. Adding one that the customer has already only
   * raises its proof.
   * @param source whose word it is
   * @throws AppError `not_found` `customer_not_found`; `conflict` `identity_taken` with the customer whose it is
   */
  async link(
    given: string,
    { kind, value, proof }: AddIdentity,
    by: By,
    source = 'agent',
  ): Promise<CustomerView> {
    const address = normaliseAddress(kind, value);
    const id = await untilHeld(async () => {
      const id = await this.customers.resolve(given);
      const changed = await this.manager.transaction(async (tx) => {
        // Also of the address itself: a message from it cannot make a customer of it meanwhile.
        const held = await holdShape(tx, { caseIds: [], customerIds: [id], addresses: [address] });
        const customer = held.customers.get(id);
        if (!customer) throw customerNotFound();
        if (customer.mergedIntoId !== null) throw new MovedMeanwhile();
        const entry = this.ledger.begin(tx, { kind: 'link_identity', intoId: id, ...by });
        const identityId = await addTo(tx, entry, id, address, proof, source);
        if (identityId === null) return false;
        entry.count('identities', 1);
        entry.touch({ customerIds: [id] });
        await entry.finish();
        const about = { caseId: null, version: null, actorId: by.actorId };
        await this.events.append(tx, [
          { ...about, type: 'customer.updated', data: { customerId: id } },
          { ...about, type: 'identity.linked', data: { operationId: entry.id, customerId: id, identityId } },
        ]);
        return true;
      });
      if (changed) this.events.committed();
      return id;
    });
    return this.customers.get(id);
  }

  /**
   * An address that is not his. One that nobody wrote from is removed; one with messages becomes a profile of its own, with
   * its messages and the cases in which nobody else wrote.
   *
   * @throws AppError `not_found` `customer_not_found` `identity_not_found`; `unprocessable` `last_identity`
   */
  async unlink(given: string, identityId: string, by: By): Promise<CustomerOperation> {
    const { operationId, id } = await untilHeld(async () => {
      const id = await this.customers.resolve(given);
      return this.manager.transaction(async (tx) => {
        const customer = (await holdShape(tx, { caseIds: [], customerIds: [id] })).customers.get(id);
        if (!customer) throw customerNotFound();
        if (customer.mergedIntoId !== null) throw new MovedMeanwhile();
        const own = await tx.findBy(Identity, { customerId: id });
        const identity = own.find((one) => one.id === identityId);
        if (!identity) throw new AppError('not_found', 'identity_not_found', 'he has no such address');
        if (own.length === 1) {
          throw new AppError('unprocessable', 'last_identity', 'this is the only address of this customer');
        }
        const written: unknown[] = await tx.query('SELECT FROM messages WHERE identity_id = $1 LIMIT 1', [
          identityId,
        ]);
        const unlinked = written.length > 0 ? this.detach(tx, identity, by) : this.remove(tx, identity, by);
        return { operationId: await unlinked, id };
      });
    });
    this.events.committed();
    const [operation] = await operationsById(this.manager, [operationId]);
    if (!operation) throw new Error('the operation that was just written is gone');
    return { operation, customer: await this.customers.get(id) };
  }

  private async remove(tx: EntityManager, { id, customerId }: Identity, by: By): Promise<string> {
    const entry = this.ledger.begin(tx, { kind: 'unlink_identity', fromId: customerId, ...by });
    await entry.removed('identities', [id]);
    entry.count('identities', 1);
    entry.touch({ customerIds: [customerId] });
    await entry.finish();
    await this.tell(tx, entry, customerId, id, null, by);
    return entry.id;
  }

  private async detach(tx: EntityManager, identity: Identity, by: By): Promise<string> {
    const { id, customerId } = identity;
    const intoId = newId();
    const entry = this.ledger.begin(tx, { kind: 'unlink_identity', fromId: customerId, intoId, ...by });
    const { messages, cases } = await detachIdentity(
      tx,
      identity,
      intoId,
      entry.at,
      (table, ids, from, into) => entry.set(table, 'customer_id', ids, from, into),
    );
    entry.created('customers', [intoId]);
    entry.count('identities', 1);
    entry.count('messages', messages.length);
    entry.count('cases', cases.length);
    entry.concerns(cases);
    entry.touch({ customerIds: [customerId, intoId] });
    await entry.finish();
    await this.tell(tx, entry, customerId, id, intoId, by);
    const settled = await neverAgain(tx, 'customer', [customerId, intoId], by.actorId, entry.at);
    await this.events.append(tx, settled, entry.at);
    return entry.id;
  }

  private async tell(
    tx: EntityManager,
    entry: LedgerEntry,
    customerId: string,
    identityId: string,
    to: string | null,
    by: By,
  ): Promise<void> {
    const data = { operationId: entry.id, customerId, identityId, to };
    await this.events.append(
      tx,
      [{ type: 'identity.unlinked', caseId: null, version: null, actorId: by.actorId, data }],
      entry.at,
    );
  }
}

/** @returns the identity that is now his; null when nothing had to be done */
async function addTo(
  tx: EntityManager,
  entry: LedgerEntry,
  customerId: string,
  { kind, value, verbatim }: NormalisedAddress,
  proof: AddIdentity['proof'],
  source: string,
): Promise<string | null> {
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
    if (own.resolves && !raised) return null;
    await entry.set('identities', 'resolves', [own.id], own.resolves, true);
    if (raised) {
      await entry.set('identities', 'proof', [own.id], own.proof, proof);
      await entry.set('identities', 'source', [own.id], own.source, source);
    }
    return own.id;
  }
  const id = newId();
  const row = { id, customerId, kind, value, verbatim, proof, resolves: true, source };
  await tx.insert(Identity, { ...row, createdAt: entry.at });
  entry.created('identities', [id]);
  return id;
}
