import type { EntityManager } from 'typeorm';
import { idsOf } from './move-case.js';
import { idsCreated, idsSet, setsOf, type UndoPlan } from './undo-plan.js';

/** What came since and goes along: messages with their thread, or with the case that an undone split had opened. */
export interface Following {
  /** the case that they leave, and the one that they go back to */
  from: string;
  into: string;
  messages: string[];
  threads: string[];
  notes: string[];
  /** threads that the split had made, each with the one that it was taken from */
  folded: { threadId: string; into: string }[];
}

/** @returns null when the operation moved no messages between cases */
export async function followingOf(tx: EntityManager, plan: UndoPlan): Promise<Following | null> {
  if (plan.kind !== 'merge_cases' && plan.kind !== 'split_case') return null;
  const [into, from] = [plan.fromId, plan.intoId];
  if (into === null || from === null) return null;
  const known = idsSet(plan, 'messages', 'case_id');
  const whole = idsSet(plan, 'threads', 'case_id');
  const folded = await foldable(tx, plan, from);
  if (idsCreated(plan, 'cases').includes(from)) {
    const rest = (table: string, but: readonly string[]): Promise<string[]> =>
      idsOf(tx, `SELECT id FROM ${table} WHERE case_id = $1 AND id <> ALL($2::uuid[])`, [from, but]);
    const messages = await rest('messages', known);
    const threads = await rest('threads', [...whole, ...folded.map((f) => f.threadId)]);
    return { from, into, messages, threads, notes: await rest('notes', []), folded };
  }
  const threads = [...whole, ...folded.map((f) => f.threadId)];
  const messages = await idsOf(
    tx,
    'SELECT id FROM messages WHERE thread_id = ANY($1::uuid[]) AND case_id = $2 AND id <> ALL($3::uuid[])',
    [threads, from, known],
  );
  return { from, into, messages, threads: [], notes: [], folded };
}

/** Threads made by a split go back into the ones they came from, unless their conversation went on elsewhere since. */
async function foldable(tx: EntityManager, plan: UndoPlan, caseId: string): Promise<Following['folded']> {
  const created = new Set(
    await idsOf(tx, 'SELECT id FROM threads WHERE id = ANY($1::uuid[]) AND case_id = $2', [
      idsCreated(plan, 'threads'),
      caseId,
    ]),
  );
  return setsOf(plan, 'messages', 'thread_id').flatMap(({ before, after }) =>
    typeof before === 'string' && typeof after === 'string' && created.has(after)
      ? [{ threadId: after, into: before }]
      : [],
  );
}

/** Moves what follows, after the operation's own moves were taken back. */
export async function follow(tx: EntityManager, following: Following): Promise<void> {
  const { into, messages, threads, notes, folded } = following;
  const move = async (table: string, ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    await tx.query(`UPDATE ${table} SET case_id = $2 WHERE id = ANY($1::uuid[])`, [ids, into]);
  };
  await move('messages', messages);
  await move('threads', threads);
  await move('notes', notes);
  for (const { threadId, into: home } of folded) {
    await tx.query('UPDATE messages SET thread_id = $2 WHERE thread_id = $1', [threadId, home]);
    await tx.query(
      `INSERT INTO thread_refs (ref, thread_id) SELECT ref, $2 FROM thread_refs WHERE thread_id = $1 ON CONFLICT DO NOTHING`,
      [threadId, home],
    );
    const [gone]: [{ conversation: string | null }[], number] = await tx.query(
      'DELETE FROM threads WHERE id = $1 RETURNING conversation',
      [threadId],
    );
    // One that it got to know by what was sent since.
    await tx.query('UPDATE threads SET conversation = $2 WHERE id = $1 AND conversation IS NULL', [
      home,
      gone[0]?.conversation ?? null,
    ]);
  }
}

/**
 * A case to which messages come back that arrived since: a customer's opens it, an answer of ours ends the wait that it
 * was for, as if they had come there in the first place.
 */
export async function receive(tx: EntityManager, caseId: string, messages: readonly string[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(
    `WITH came AS (
       SELECT direction, created_at FROM messages WHERE id = ANY($2::uuid[]) AND automatic IS NULL
     ), told AS (
       SELECT (SELECT max(created_at) FROM came WHERE direction = 'outbound') AS answered,
              EXISTS (SELECT FROM came WHERE direction = 'inbound') AS asked
     ), turn AS (
       SELECT asked,
              (SELECT min(created_at) FROM came
               WHERE direction = 'inbound' AND created_at > coalesce(answered, '-infinity')) AS since,
              answered
       FROM told
     )
     UPDATE cases c SET
       status = CASE WHEN t.asked THEN 'open' ELSE c.status END,
       resolved_at = CASE WHEN t.asked THEN NULL ELSE c.resolved_at END,
       snoozed_until = CASE WHEN t.asked THEN NULL ELSE c.snoozed_until END,
       waiting_since = CASE WHEN t.asked OR c.status = 'open'
         THEN coalesce(CASE WHEN c.waiting_since >= t.answered THEN c.waiting_since
                            WHEN t.answered IS NULL THEN c.waiting_since END, t.since) END
     FROM turn t WHERE c.id = $1`,
    [caseId, messages],
  );
}
