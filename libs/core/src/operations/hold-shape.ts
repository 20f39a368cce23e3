import { In, type EntityManager } from 'typeorm';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import { Case } from '../cases/case.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { customerLockKey, holdLocks, identityLockKey, type LockKey, threadLockKey } from '../intake/locks.js';
import { MovedMeanwhile } from './until-held.js';

/** What is about to change shape. */
export interface Shape {
  caseIds: readonly string[];
  /** profiles whose addresses, messages and cases move */
  customerIds?: readonly string[];
  /** an address that is about to belong to somebody */
  addresses?: readonly { kind: IdentityKind; value: string }[];
}

/**
 * Holds everything that may move, to the end of the transaction, in the one order that everybody keeps: addresses and
 * conversations, customers, then rows of cases in the order of their ids. Messages on their way into these cases wait, and
 * find the new shape; two operations that cross do one after the other.
 *
 * @returns the cases and the customers by id, as they are under the lock
 * @throws MovedMeanwhile
 */
export async function holdShape(
  tx: EntityManager,
  { caseIds, customerIds = [], addresses = [] }: Shape,
): Promise<{ cases: Map<string, Case>; customers: Map<string, Customer> }> {
  const wanted = await keysOf(tx, caseIds, customerIds);
  for (const { kind, value } of addresses) wanted.first.add(identityLockKey(kind, value));
  await holdLocks(tx, wanted.first);
  await holdLocks(tx, wanted.customers);
  await tx.query(
    `SELECT FROM cases WHERE id = ANY($1::uuid[]) OR merged_into_id = ANY($1::uuid[]) OR customer_id = ANY($2::uuid[])
     ORDER BY id FOR NO KEY UPDATE`,
    [caseIds, customerIds],
  );
  await tx.query(
    `SELECT FROM customers WHERE id = ANY($1::uuid[]) OR merged_into_id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    [customerIds],
  );
  const held = new Set([...wanted.first, ...wanted.customers]);
  const now = await keysOf(tx, caseIds, customerIds);
  if (![...now.first, ...now.customers].every((key) => held.has(key))) throw new MovedMeanwhile();
  const cases = await tx.findBy(Case, { id: In([...caseIds]) });
  const customers = await tx.findBy(Customer, { id: In([...customerIds]) });
  return {
    cases: new Map(cases.map((one) => [one.id, one])),
    customers: new Map(customers.map((one) => [one.id, one])),
  };
}

async function keysOf(
  tx: EntityManager,
  caseIds: readonly string[],
  customerIds: readonly string[],
): Promise<{ first: Set<LockKey>; customers: Set<LockKey> }> {
  // Intake moves the thread of a conversation from case to case under the conversation's lock alone.
  const talks: { channel_id: string; conversation: string }[] = await tx.query(
    'SELECT channel_id, conversation FROM threads WHERE case_id = ANY($1::uuid[]) AND conversation IS NOT NULL',
    [caseIds],
  );
  const addresses: { kind: IdentityKind; value: string }[] = await tx.query(
    'SELECT kind, value FROM identities WHERE customer_id = ANY($1::uuid[])',
    [customerIds],
  );
  const owners: { id: string }[] = await tx.query(
    'SELECT DISTINCT customer_id AS id FROM cases WHERE id = ANY($1::uuid[])',
    [caseIds],
  );
  return {
    first: new Set([
      ...talks.map((t) => threadLockKey(`${t.channel_id}:${t.conversation}`)),
      ...addresses.map((a) => identityLockKey(a.kind, a.value)),
    ]),
    customers: new Set([...owners.map((o) => o.id), ...customerIds].map(customerLockKey)),
  };
}
