import { In, type EntityManager } from 'typeorm';
import { Case } from '../cases/case.entity.js';
import type { Fields } from './case-fields.js';

// Set-based: five hundred cases are one statement, not five hundred.

/**
 * Holds cases to the end of the transaction, in the order of their ids, as everybody does who holds several. Merged ones
 * are left out: what stands for them is another case than the one that was chosen.
 */
export async function holdCases(tx: EntityManager, ids: readonly string[]): Promise<Case[]> {
  const found = await tx.find(Case, {
    where: { id: In([...ids]) },
    order: { id: 'ASC' },
    lock: { mode: 'for_no_key_update' },
  });
  return found.filter(({ mergedIntoId }) => mergedIntoId === null);
}

/** @param cases with the versions that they have afterwards */
export async function writeCases(
  tx: EntityManager,
  cases: readonly (Fields & { id: string; version: number })[],
): Promise<void> {
  await tx.query(
    `UPDATE cases c
     SET status = n.status, waiting_since = n."waitingSince", resolved_at = n."resolvedAt",
         snoozed_until = n."snoozedUntil", callback_since = n."callbackSince", callback_number = n."callbackNumber",
         callback_done_at = n."callbackDoneAt", priority = n.priority, tags = n.tags, assignee_id = n."assigneeId",
         team_id = n."teamId", assigned_at = n."assignedAt", queued_at = n."queuedAt",
         taken_from_id = n."takenFromId", version = n.version
     FROM jsonb_to_recordset($1::jsonb) AS n(
       id uuid, status text, "waitingSince" timestamptz, "resolvedAt" timestamptz, "snoozedUntil" timestamptz,
       "callbackSince" timestamptz, "callbackNumber" text, "callbackDoneAt" timestamptz, priority text, tags text[],
       "assigneeId" uuid, "teamId" uuid, "assignedAt" timestamptz, "queuedAt" timestamptz, "takenFromId" uuid,
       version int)
     WHERE c.id = n.id`,
    [JSON.stringify(cases)],
  );
}
