import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { SplitCase } from '@loket/contracts/operations.js';
import { newId } from '@loket/platform/ids.js';
import { Case } from '../cases/case.entity.js';
import { previewOf } from '../cases/preview.js';
import { Thread } from '../cases/thread.entity.js';
import type { NewEvent } from '../events/event-log.js';
import type { By } from './case-operations.service.js';
import type { Ledger, LedgerEntry } from './ledger.js';
import { neverAgain } from './never-again.js';
import { recount } from './recount.js';
import { MovedMeanwhile } from './until-held.js';
import { waitingAmong } from './waiting.queries.js';

interface Chosen {
  id: string;
  thread_id: string;
  customer_id: string;
  external_id: string | null;
  subject: string | null;
  text: string;
  direction: 'inbound' | 'outbound';
  automatic: string | null;
  created_at: Date;
}

/** Does the split within the caller's transaction, who holds `from` and `into`. */
export async function splitCase(
  tx: EntityManager,
  ledger: Ledger,
  from: Case,
  into: Case | null,
  { messageIds, subject, reason }: SplitCase,
  by: By,
): Promise<{ operationId: string; intoId: string; events: { list: NewEvent[]; at: Date } }> {
  const chosen = await chooseMessages(tx, from.id, [...new Set(messageIds)]);
  if (into) requireTarget(from, into);
  const target = into?.id ?? newId();
  const entry = ledger.begin(tx, { kind: 'split_case', reason, fromId: from.id, intoId: target, ...by });
  const number = into?.number ?? (await openCase(tx, entry, target, from, chosen, subject));
  await moveWaiting(tx, entry, from, into, target, chosen);
  await moveMessages(tx, entry, from.id, target, chosen);
  await recount(tx, from.id);
  await recount(tx, target);
  entry.touch({ caseIds: [from.id, target], level: true });
  const versions = await entry.finish();
  const data = {
    operationId: entry.id,
    from: { id: from.id, number: from.number },
    into: { id: target, number },
    messages: chosen.length,
  };
  const list = [from.id, target].map((caseId): NewEvent => ({
    type: 'case.split',
    caseId,
    version: versions.get(caseId) ?? null,
    actorId: by.actorId,
    data,
  }));
  list.push(...(await neverAgain(tx, 'case', [from.id, target], by.actorId, entry.at)));
  return { operationId: entry.id, intoId: target, events: { list, at: entry.at } };
}

async function chooseMessages(
  tx: EntityManager,
  caseId: string,
  wanted: readonly string[],
): Promise<Chosen[]> {
  const chosen: Chosen[] = await tx.query(
    `SELECT id, thread_id, customer_id, external_id, subject, left(text, 1000) AS text, direction, automatic, created_at
     FROM messages WHERE id = ANY($1::uuid[]) AND case_id = $2 ORDER BY created_at, id FOR NO KEY UPDATE`,
    [wanted, caseId],
  );
  if (chosen.length < wanted.length) {
    const found = new Set(chosen.map((m) => m.id));
    throw new AppError('unprocessable', 'message_not_in_case', 'these messages are not in this case', {
      data: { messageIds: wanted.filter((id) => !found.has(id)) },
    });
  }
  const [rest]: unknown[] = await tx.query(
    'SELECT id FROM messages WHERE case_id = $1 AND id <> ALL($2::uuid[]) LIMIT 1',
    [caseId, wanted],
  );
  if (!rest) {
    throw new AppError(
      'unprocessable',
      'split_leaves_nothing',
      'nothing would be left in this case; merge it instead of splitting it',
    );
  }
  return chosen;
}

function requireTarget(from: Case, into: Case): void {
  if (from.id === into.id)
    throw new AppError('unprocessable', 'split_into_itself', 'messages cannot leave for the same case');
  if (into.status === 'resolved')
    throw new AppError('unprocessable', 'case_resolved', 'the other case is resolved');
}

/** A case of its own: of whoever wrote first, on the same desk and as urgent as where it comes from. */
async function openCase(
  tx: EntityManager,
  entry: LedgerEntry,
  id: string,
  from: Case,
  chosen: readonly Chosen[],
  subject: string | undefined,
): Promise<number> {
  const [first] = chosen;
  if (!first) throw new MovedMeanwhile();
  const writer = chosen.find((m) => m.direction === 'inbound');
  await tx.insert(Case, {
    id,
    subject: subject ?? (first.subject?.trim() || previewOf(first.text).slice(0, 80)),
    status: 'open',
    priority: from.priority,
    assigneeId: from.assigneeId,
    assignedAt: from.assigneeId === null ? null : entry.at,
    teamId: from.teamId,
    customerId: writer?.customer_id ?? from.customerId,
    lastMessageAt: first.created_at,
    version: 0,
    createdAt: entry.at,
  });
  entry.created('cases', [id]);
  entry.count('cases', 1);
  const [row]: { number: string }[] = await tx.query('SELECT number FROM cases WHERE id = $1', [id]);
  return Number(row?.number);
}

/** Whoever still waits for an answer to a message that leaves waits in the other case from now on. */
async function moveWaiting(
  tx: EntityManager,
  entry: LedgerEntry,
  from: Case,
  into: Case | null,
  target: string,
  chosen: readonly Chosen[],
): Promise<void> {
  const ids = chosen.map((m) => m.id);
  const since = from.waitingSince;
  const gone = since === null ? null : await waitingAmong(tx, from.id, since, ids, false);
  if (since !== null) {
    const left = await waitingAmong(tx, from.id, since, ids, true);
    await entry.set('cases', 'waiting_since', [from.id], since, left);
  }
  if (!into) {
    const last = chosen.findLast((m) => m.automatic === null);
    const waiting = gone ?? (last?.direction === 'inbound' ? last.created_at : null);
    await tx.query('UPDATE cases SET waiting_since = $2 WHERE id = $1', [target, waiting]);
    return;
  }
  if (gone === null) return;
  const earliest = into.waitingSince !== null && into.waitingSince < gone ? into.waitingSince : gone;
  await entry.set('cases', 'status', [into.id], into.status, 'open');
  await entry.set('cases', 'waiting_since', [into.id], into.waitingSince, earliest);
  await entry.set('cases', 'snoozed_until', [into.id], into.snoozedUntil, null);
}

async function moveMessages(
  tx: EntityManager,
  entry: LedgerEntry,
  from: string,
  target: string,
  chosen: readonly Chosen[],
): Promise<void> {
  const threadIds = [...new Set(chosen.map((m) => m.thread_id))].toSorted();
  for (const threadId of threadIds) {
    const moving = chosen.filter((m) => m.thread_id === threadId);
    await moveOfThread(tx, entry, { threadId, from, target, moving });
  }
  await entry.set(
    'messages',
    'case_id',
    chosen.map((m) => m.id),
    from,
    target,
  );
  entry.count('messages', chosen.length);
}

/** A thread of which everything leaves moves as it is. Of another one, what leaves becomes a thread of its own. */
async function moveOfThread(
  tx: EntityManager,
  entry: LedgerEntry,
  about: { threadId: string; from: string; target: string; moving: readonly Chosen[] },
): Promise<void> {
  const { threadId, from, target, moving } = about;
  const thread = await tx.findOneByOrFail(Thread, { id: threadId });
  const [newest]: { id: string; count: number }[] = await tx.query(
    `SELECT id, (count(*) OVER ())::int AS count FROM messages WHERE thread_id = $1 AND case_id = $2
     ORDER BY created_at DESC, id DESC LIMIT 1`,
    [threadId, from],
  );
  const livesHere = thread.caseId === from;
  if (livesHere && newest?.count === moving.length) {
    await entry.set('threads', 'case_id', [threadId], from, target);
    entry.count('threads', 1);
    // Earlier messages of the conversation may stand in cases that were closed long ago; there they stay.
    const older: { id: string; case_id: string }[] = await tx.query(
      'SELECT id, case_id FROM messages WHERE thread_id = $1 AND case_id = $2',
      [threadId, target],
    );
    entry.stays(
      'messages',
      'case_id',
      older.map((m) => m.id),
      target,
    );
    return;
  }
  const ownId = newId();
  await tx.insert(Thread, { id: ownId, channelId: thread.channelId, caseId: target, createdAt: entry.at });
  entry.created('threads', [ownId]);
  entry.count('threads', 1);
  await entry.set(
    'messages',
    'thread_id',
    moving.map((m) => m.id),
    threadId,
    ownId,
  );
  await entry.pass(
    'thread_refs',
    moving.flatMap((m) => m.external_id ?? []),
    threadId,
    ownId,
  );
  // Whatever is said next in the conversation follows its last word.
  if (livesHere && thread.conversation !== null && moving.some((m) => m.id === newest?.id)) {
    await entry.set('threads', 'conversation', [threadId], thread.conversation, null);
    await entry.set('threads', 'conversation', [ownId], null, thread.conversation);
  }
}
