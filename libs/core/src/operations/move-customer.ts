import type { EntityManager } from 'typeorm';
import type { Customer } from '../customers/customer.entity.js';
import type { LedgerEntry } from './ledger.js';
import { idsOf } from './move-case.js';

/**
 * One profile goes into another: addresses, messages and cases. The row that is left leads there. The caller holds both
 * customers with their addresses and cases, and finishes the entry.
 */
export async function moveCustomer(
  tx: EntityManager,
  entry: LedgerEntry,
  from: Customer,
  into: Customer,
): Promise<void> {
  const owned = async (table: 'identities' | 'messages' | 'cases'): Promise<string[]> =>
    idsOf(tx, `SELECT id FROM ${table} WHERE customer_id = $1 ORDER BY id`, [from.id]);
  const identities = await owned('identities');
  await entry.set('identities', 'customer_id', identities, from.id, into.id);
  entry.count('identities', identities.length);
  await entry.set('messages', 'customer_id', await owned('messages'), from.id, into.id);
  const cases = await owned('cases');
  entry.stays('cases', 'customer_id', await casesOnlyOf(tx, into.id, identities), into.id);
  await entry.set('cases', 'customer_id', cases, from.id, into.id);
  const shown: { n: number }[] = await tx.query(
    'SELECT count(*)::int AS n FROM cases WHERE id = ANY($1::uuid[]) AND merged_into_id IS NULL',
    [cases],
  );
  entry.count('cases', shown[0]?.n ?? 0);
  entry.concerns(cases);
  const earlier = await idsOf(tx, 'SELECT id FROM customers WHERE merged_into_id = $1 ORDER BY id', [
    from.id,
  ]);
  await entry.set('customers', 'merged_into_id', [from.id], null, into.id);
  await entry.set('customers', 'merged_into_id', earlier, from.id, into.id);
  await entry.set('customers', 'name', [into.id], into.name, into.name ?? from.name);
  await entry.set(
    'customers',
    'organization_id',
    [into.id],
    into.organizationId,
    into.organizationId ?? from.organizationId,
  );
  await entry.set('customers', 'language', [into.id], into.language, into.language ?? from.language);
  entry.touch({ customerIds: [from.id, into.id] });
}

/** Cases of a customer in which nobody wrote but these addresses. */
export async function casesOnlyOf(
  tx: EntityManager,
  customerId: string,
  identityIds: readonly string[],
): Promise<string[]> {
  return idsOf(
    tx,
    `SELECT c.id FROM cases c WHERE c.customer_id = $1
       AND EXISTS (SELECT FROM messages m WHERE m.case_id = c.id AND m.direction = 'inbound')
       AND NOT EXISTS (SELECT FROM messages m WHERE m.case_id = c.id AND m.direction = 'inbound'
                       AND m.identity_id <> ALL($2::uuid[]))
     ORDER BY c.id`,
    [customerId, identityIds],
  );
}
