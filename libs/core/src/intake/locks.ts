import { hash } from 'node:crypto';
import type { IdentityKind } from '@loket/contracts/inbound.js';

/** Key of a PostgreSQL advisory lock: a signed 64-bit number. Two names share one with a chance of 2⁻⁶⁴ a pair. */
export type LockKey = bigint;

function key(name: string): LockKey {
  return hash('sha256', name, 'buffer').readBigInt64BE(0);
}

/** A telephone number is one line, whether somebody calls from it or writes on WhatsApp. */
const lines: readonly IdentityKind[] = ['phone', 'whatsapp'];

/** Everybody who creates or moves the identity of an address holds this until commit. */
export const identityLockKey = (kind: IdentityKind, value: string): LockKey =>
  key(`identity:${lines.includes(kind) ? 'line' : kind}:${value}`);

/** Held by whoever decides on a customer's cases. Always taken after all identity and thread locks. */
export const customerLockKey = (customerId: string): LockKey => key(`customer:${customerId}`);

/**
 * Two mails of one thread, from two people at once, must not open two cases. A message's own id is one of its refs:
 * whoever writes a message with an id, or what happened to it, holds this until commit.
 */
export const threadLockKey = (ref: string): LockKey => key(`thread:${ref}`);

/**
 * Takes the locks for the rest of the transaction, in the one order in which everybody takes them.
 *
 * @param tx any open transaction
 */
export async function holdLocks(
  tx: { query(sql: string, values: unknown[]): Promise<unknown> },
  keys: Iterable<LockKey>,
): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k', [
    inLockOrder(keys).map(String),
  ]);
}

/** Ascending and without doubles: whoever needs several locks takes them in this order, so that none waits in a circle. */
export function inLockOrder(keys: Iterable<LockKey>): LockKey[] {
  return [...new Set(keys)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
