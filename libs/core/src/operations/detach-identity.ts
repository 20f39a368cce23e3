import type { EntityManager } from 'typeorm';
import { organizationDomainOf } from '../customers/address-organization.js';
import type { Identity } from '../customers/identity.entity.js';
import { casesOnlyOf } from './move-customer.js';
import { idsOf } from './move-case.js';

/** Moves rows of one customer to another. */
export type CustomerMove = (
  table: 'identities' | 'messages' | 'cases',
  ids: readonly string[],
  from: string,
  into: string,
) => Promise<void>;

/**
 * An address with messages becomes a profile of its own, with its messages and the cases in which nobody else wrote.
 *
 * @param into id of the new profile
 * @param move how rows are moved: through the ledger, or as part of an undo
 */
export async function detachIdentity(
  tx: EntityManager,
  identity: Identity,
  into: string,
  now: Date,
  move: CustomerMove,
): Promise<{ messages: string[]; cases: string[] }> {
  const { id, customerId: from } = identity;
  const messages = await idsOf(tx, 'SELECT id FROM messages WHERE identity_id = $1 ORDER BY id', [id]);
  const cases = await casesOnlyOf(tx, from, [id]);
  const domain = identity.kind === 'email' ? organizationDomainOf(identity.value) : null;
  await tx.query(
    `INSERT INTO customers (id, name, organization_id, created_at, updated_at)
     VALUES ($1, coalesce($2, (SELECT sender->>'name' FROM messages WHERE identity_id = $3 AND direction = 'inbound'
                               ORDER BY created_at DESC, id DESC LIMIT 1)),
             (SELECT id FROM organizations WHERE domain = $4), $5, $5)`,
    [into, identity.name, id, domain, now],
  );
  await move('identities', [id], from, into);
  await move('messages', messages, from, into);
  await move('cases', cases, from, into);
  return { messages, cases };
}
