import type { EntityManager } from 'typeorm';
import type { Case } from '../cases/case.entity.js';
import { recount } from './recount.js';
import { follow, type Following, followingOf, receive } from './undo-following.js';
import { takeBack } from './undo-moves.js';
import { idsCreated, movedMessages, setsOf, type StoredMove, type UndoPlan } from './undo-plan.js';
import { firstUnanswered, waitingAmong } from './waiting.queries.js';

/** Takes back everything that the operation set, and lets messages that came since follow. The caller holds the cases. */
export async function takeBackCases(
  tx: EntityManager,
  plan: UndoPlan,
  cases: ReadonlyMap<string, Case>,
): Promise<void> {
  const following = await followingOf(tx, plan);
  const left = following ? cases.get(following.from) : undefined;
  if (!following || !left) {
    await takeBack(tx, plan.moves, new Set());
    return;
  }
  const gone = idsCreated(plan, 'cases').includes(left.id);
  const leaving = [...new Set([...movedMessages(plan), ...following.messages])];
  const answering = new Set(
    gone ? [] : await casesAsked(tx, [left.id, following.into], plan.createdAt, leaving),
  );
  const waiting = gone ? undefined : await waitingLeft(tx, plan, left, leaving, answering.has(left.id));
  await takeBack(
    tx,
    plan.moves.filter((move) => !wentOn(plan, following, move)),
    answering,
  );
  if (waiting !== undefined) {
    await tx.query('UPDATE cases SET waiting_since = $2 WHERE id = $1', [left.id, waiting]);
  }
  await follow(tx, following);
  await agree(tx, [left.id, following.into]);
  await receive(tx, following.into, following.messages);
  await recount(tx, following.into);
  if (gone) {
    // People may know its number, so it leads back for ever.
    await tx.query('UPDATE cases SET merged_into_id = $2 WHERE id = $1', [left.id, following.into]);
  } else {
    await recount(tx, left.id);
  }
}

/** Those of the cases in which a customer wrote since, by messages that stay. */
async function casesAsked(
  tx: EntityManager,
  caseIds: readonly string[],
  since: Date,
  leaving: readonly string[],
): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT DISTINCT case_id AS id FROM messages
     WHERE case_id = ANY($1::uuid[]) AND created_at > $2 AND direction = 'inbound' AND automatic IS NULL
       AND id <> ALL($3::uuid[])`,
    [caseIds, since, leaving],
  );
  return rows.map((row) => row.id);
}

/**
 * Since when the customer waits in the case that messages leave, unless it stands as the operation left it: then the
 * ledger knows.
 *
 * @returns undefined when the ledger's value is right
 */
async function waitingLeft(
  tx: EntityManager,
  plan: UndoPlan,
  { id, waitingSince }: Case,
  leaving: readonly string[],
  asked: boolean,
): Promise<Date | null | undefined> {
  if (waitingSince === null) return undefined;
  const set = setsOf(plan, 'cases', 'waiting_since').find((move) => move.ids.includes(id));
  if (waitingSince.toISOString() !== set?.after) return waitingAmong(tx, id, waitingSince, leaving, true);
  if (!asked) return undefined;
  return typeof set.before === 'string'
    ? new Date(set.before)
    : firstUnanswered(tx, id, plan.createdAt, leaving, true);
}

/** The conversation of a thread that the split had made and that went on in yet another case stays with it. */
function wentOn(
  plan: UndoPlan,
  { folded }: Following,
  { table, column, before, after }: StoredMove,
): boolean {
  if (table !== 'threads' || column !== 'conversation') return false;
  const home = new Set(folded.map((f) => f.threadId));
  const lost = new Set(
    setsOf(plan, 'threads', 'conversation')
      .filter((move) => move.before === null && !move.ids.every((id) => home.has(id)))
      .map((move) => move.after),
  );
  return lost.has(before) || lost.has(after);
}

/** Fields that were taken back and fields that people changed must still agree with each other. */
async function agree(tx: EntityManager, caseIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE cases SET
       waiting_since = CASE WHEN status = 'open' THEN waiting_since END,
       resolved_at = CASE WHEN status = 'resolved' THEN coalesce(resolved_at, now()) END,
       snoozed_until = CASE WHEN status <> 'resolved' THEN snoozed_until END
     WHERE id = ANY($1::uuid[])
       AND ((waiting_since IS NOT NULL AND status <> 'open') OR (resolved_at IS NULL) = (status = 'resolved')
            OR (snoozed_until IS NOT NULL AND status = 'resolved'))`,
    [caseIds],
  );
}
