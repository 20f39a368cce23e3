import type { EntityManager } from 'typeorm';
import { newId } from '@loket/platform/ids.js';
import { Identity } from '../customers/identity.entity.js';
import { detachIdentity } from './detach-identity.js';
import { casesOnlyOf } from './move-customer.js';
import { idsOf } from './move-case.js';
import { idsCreated, idsSet, setsOf, type UndoPlan } from './undo-plan.js';

/** What came since and goes with the addresses that go back. */
export interface CustomersFollowing {
  /** profiles: the one that things leave, and the one that gets them back */
  from: string | null;
  into: string | null;
  messages: string[];
  cases: string[];
  identities: string[];
}

const nothing: CustomersFollowing = { from: null, into: null, messages: [], cases: [], identities: [] };

/** Read before anything is taken back. */
export async function customersFollowing(tx: EntityManager, plan: UndoPlan): Promise<CustomersFollowing> {
  const moved = setsOf(plan, 'identities', 'customer_id')[0];
  const [into, from] = [moved?.before, moved?.after];
  if (typeof into !== 'string' || typeof from !== 'string') return nothing;
  // A profile that was made of an address ends with the operation, and everything of it goes back.
  const all = idsCreated(plan, 'customers').includes(from);
  const known = idsSet(plan, 'identities', 'customer_id');
  const identities = await idsOf(
    tx,
    'SELECT id FROM identities WHERE customer_id = $1 AND ($2 OR id = ANY($3::uuid[]))',
    [from, all, known],
  );
  const messages = await idsOf(
    tx,
    'SELECT id FROM messages WHERE customer_id = $1 AND identity_id = ANY($2::uuid[]) AND id <> ALL($3::uuid[])',
    [from, identities, idsSet(plan, 'messages', 'customer_id')],
  );
  const recorded = new Set(idsSet(plan, 'cases', 'customer_id'));
  const owned = all
    ? await idsOf(tx, 'SELECT id FROM cases WHERE customer_id = $1', [from])
    : await casesOnlyOf(tx, from, identities);
  return {
    from,
    into,
    messages,
    identities: identities.filter((id) => !known.includes(id)),
    cases: owned.filter((id) => !recorded.has(id)),
  };
}

/**
 * The part of an undo that is about customers, after the operation's own moves were taken back.
 * @returns profiles that it changed beyond those of the operation
 */
export async function takeBackCustomers(
  tx: EntityManager,
  plan: UndoPlan,
  following: CustomersFollowing,
  now: Date,
): Promise<string[]> {
  const { from, into } = following;
  if (from !== null && into !== null) {
    for (const table of ['messages', 'cases', 'identities'] as const) {
      await pass(tx, table, following[table], into);
    }
    if (idsCreated(plan, 'customers').includes(from)) {
      await tx.query('UPDATE customers SET merged_into_id = $2 WHERE id = $1 OR merged_into_id = $1', [
        from,
        into,
      ]);
    }
  }
  const added: string[] = [];
  for (const id of idsCreated(plan, 'identities')) {
    const identity = await tx.findOneBy(Identity, { id });
    const profile = identity ? await removeIdentity(tx, identity, now) : null;
    if (profile !== null) added.push(profile);
  }
  return added;
}

/** An address that was linked by mistake goes; when somebody has written from it since, he is a customer of his own. */
async function removeIdentity(tx: EntityManager, identity: Identity, now: Date): Promise<string | null> {
  const written: unknown[] = await tx.query('SELECT FROM messages WHERE identity_id = $1 LIMIT 1', [
    identity.id,
  ]);
  if (written.length === 0) {
    await tx.delete(Identity, identity.id);
    return null;
  }
  const profile = newId();
  await detachIdentity(tx, identity, profile, now, (table, ids, _from, into) => pass(tx, table, ids, into));
  return profile;
}

async function pass(
  tx: EntityManager,
  table: 'identities' | 'messages' | 'cases',
  ids: readonly string[],
  into: string,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(`UPDATE ${table} SET customer_id = $2 WHERE id = ANY($1::uuid[])`, [ids, into]);
}
