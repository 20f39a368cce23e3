import type { EntityManager } from 'typeorm';

/**
 * Since when the customer waits in a case once some of its messages have left. The wait that `since` stands for began with
 * the first message of a person at or after it; when that one leaves, the next unanswered one that stays takes its place.
 *
 * @param since `waiting_since` of the case as it stands
 * @param leaving ids of messages that leave, still in the case
 * @param stays `false`: for those that leave, as if they were the case
 */
export async function waitingAmong(
  tx: EntityManager,
  caseId: string,
  since: Date,
  leaving: readonly string[],
  stays: boolean,
): Promise<Date | null> {
  const [first]: { at: Date; leaves: boolean }[] = await tx.query(
    `SELECT created_at AS at, id = ANY($3::uuid[]) AS leaves FROM messages
     WHERE case_id = $1 AND direction = 'inbound' AND automatic IS NULL AND created_at >= $2
     ORDER BY created_at, id LIMIT 1`,
    [caseId, since, leaving],
  );
  // Nobody's message began it: a person set the case back to open. That stays with the case.
  if (!first) return stays ? since : null;
  if (first.leaves !== stays) return since;
  return firstUnanswered(tx, caseId, since, leaving, stays);
}

/** The first message of a person since then to which there is no answer among those that stay (or leave) with it. */
export async function firstUnanswered(
  tx: EntityManager,
  caseId: string,
  since: Date,
  leaving: readonly string[],
  stays: boolean,
): Promise<Date | null> {
  const [next]: { at: Date | null }[] = await tx.query(
    `SELECT min(created_at) AS at FROM messages
     WHERE case_id = $1 AND direction = 'inbound' AND automatic IS NULL AND created_at >= $2
       AND (id = ANY($3::uuid[])) <> $4
       AND created_at > coalesce((SELECT max(created_at) FROM messages WHERE case_id = $1 AND direction = 'outbound'
                                  AND (id = ANY($3::uuid[])) <> $4), '-infinity')`,
    [caseId, since, leaving, stays],
  );
  return next?.at ?? null;
}
