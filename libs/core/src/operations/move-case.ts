import type { EntityManager } from 'typeorm';
import type { Case } from '../cases/case.entity.js';
import { mergedFields } from './merged-fields.js';
import type { LedgerEntry } from './ledger.js';
import { recount } from './recount.js';

/**
 * Everything of one case goes to another, which stands for it from then on. The row that is left keeps its fields, so that
 * they come back with an undo. The caller holds both cases, and finishes the entry.
 *
 * @returns how many messages moved
 */
export async function moveCase(
  tx: EntityManager,
  entry: LedgerEntry,
  from: Case,
  into: Case,
): Promise<number> {
  const move = async (table: 'threads' | 'messages' | 'notes'): Promise<string[]> => {
    const ids = await idsOf(tx, `SELECT id FROM ${table} WHERE case_id = $1 ORDER BY id`, [from.id]);
    await entry.set(table, 'case_id', ids, from.id, into.id);
    entry.count(table, ids.length);
    return ids;
  };
  const threads = await idsOf(tx, 'SELECT id FROM threads WHERE case_id = $1', [from.id]);
  entry.stays(
    'messages',
    'case_id',
    await idsOf(tx, 'SELECT id FROM messages WHERE thread_id = ANY($1::uuid[]) AND case_id = $2', [
      threads,
      into.id,
    ]),
    into.id,
  );
  await move('threads');
  const messages = await move('messages');
  await move('notes');
  await moveDeliveries(tx, entry, from.id, into.id);
  await redirectCases(tx, entry, from.id, into.id);
  await setFields(entry, from, into);
  await recount(tx, into.id);
  return messages.length;
}

/** An update of an incident that reached both stays known of both. */
async function moveDeliveries(
  tx: EntityManager,
  entry: LedgerEntry,
  from: string,
  into: string,
): Promise<void> {
  const updates = await idsOf(
    tx,
    `SELECT update_id AS id FROM incident_deliveries WHERE case_id = $1
       AND update_id NOT IN (SELECT update_id FROM incident_deliveries WHERE case_id = $2)`,
    [from, into],
  );
  await entry.pass('incident_deliveries', updates, from, into);
}

/** Its number leads to the other one from now on, and so do those that led to it: one step, never a chain. */
async function redirectCases(
  tx: EntityManager,
  entry: LedgerEntry,
  from: string,
  into: string,
): Promise<void> {
  const earlier = await idsOf(tx, 'SELECT id FROM cases WHERE merged_into_id = $1 ORDER BY id', [from]);
  await entry.set('cases', 'merged_into_id', [from], null, into);
  await entry.set('cases', 'merged_into_id', earlier, from, into);
  entry.concerns(earlier);
}

async function setFields(entry: LedgerEntry, from: Case, into: Case): Promise<void> {
  const to = mergedFields(from, into);
  await entry.set('cases', 'status', [into.id], into.status, to.status);
  await entry.set('cases', 'priority', [into.id], into.priority, to.priority);
  await entry.set('cases', 'assignee_id', [into.id], into.assigneeId, to.assigneeId);
  await entry.set('cases', 'team_id', [into.id], into.teamId, to.teamId);
  await entry.set('cases', 'tags', [into.id], into.tags, to.tags);
  await entry.set('cases', 'waiting_since', [into.id], into.waitingSince, to.waitingSince);
  await entry.set('cases', 'snoozed_until', [into.id], into.snoozedUntil, to.snoozedUntil);
  await entry.set('cases', 'resolved_at', [into.id], into.resolvedAt, to.resolvedAt);
  await entry.set('cases', 'incident_id', [into.id], into.incidentId, to.incidentId);
}

export async function idsOf(tx: EntityManager, sql: string, values: unknown[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(sql, values);
  return rows.map((row) => row.id);
}
