import type { EntityManager } from 'typeorm';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import type { DeliveryState, SendResult } from '@loket/contracts/outbound.js';
import type { SignatureWords } from '@loket/contracts/signature-text.js';
import type { ChosenTemplate } from '@loket/contracts/templates.js';
import { uniqueViolation } from '@loket/platform/database/errors.js';
import { threadLockKey } from '../intake/locks.js';
import type { Verdict } from './delivery-state.js';

/** A sender touches its row this often, so that a row left alone longer belongs to a process that died. */
export const heartbeatMs = 10_000;
const abandonedSeconds = 45;

export interface Changed {
  id: string;
  caseId: string;
  caseVersion: number;
  state: DeliveryState;
  reason: string | null;
}

/**
 * Takes a message that is due; of several workers one gets it. Messages of one case leave a channel in the order in
 * which they were written, so one whose forerunner is still on its way is not given out.
 *
 * @returns the number of this try, or null when there is nothing to do now
 */
export async function claim(manager: EntityManager, messageId: string, now: Date): Promise<number | null> {
  const [rows]: [{ attempts: number }[], number] = await manager.query(
    `UPDATE messages m SET state = 'sending', state_at = $2, attempts = attempts + 1
     WHERE m.id = $1 AND m.state = 'pending' AND m.state_at <= $2
       AND NOT EXISTS (
         SELECT FROM messages earlier
         WHERE earlier.case_id = m.case_id AND earlier.channel_id = m.channel_id
           AND earlier.state IN ('pending', 'sending') AND (earlier.created_at, earlier.id) < (m.created_at, m.id))
     RETURNING attempts`,
    [messageId, now],
  );
  return rows[0]?.attempts ?? null;
}

export async function touch(manager: EntityManager, messageId: string, now: Date): Promise<void> {
  await manager.query(`UPDATE messages SET state_at = $2 WHERE id = $1 AND state = 'sending'`, [
    messageId,
    now,
  ]);
}

export interface Outgoing {
  caseId: string;
  caseNumber: number;
  channelId: string;
  conversation: string | null;
  to: { kind: IdentityKind; value: string; name: string | null };
  subject: string | null;
  text: string;
  html: string | null;
  signature: SignatureWords | null;
  /** external id of the message that it quotes */
  quote: string | null;
  template: ChosenTemplate | null;
  /** why the try before did not get through; null for the first */
  waitsFor: string | null;
  agentName: string | null;
  createdAt: Date;
  attachments: { sha256: string; size: number; mediaType: string; name: string }[];
  /** external ids of the thread so far, oldest first */
  threadIds: string[];
  /** the newest message of the other side in the thread */
  inReplyTo: string | null;
}

/** How many ids References carries besides the root: enough for every client, short enough for every server. */
const maxReferences = 20;

export async function readOutgoing(manager: EntityManager, messageId: string): Promise<Outgoing | null> {
  // Ids that begin with sha256: are ours, made for messages that had none or a longer one; nobody else knows them.
  const [row]: (Outgoing & { caseNumber: string })[] = await manager.query(
    `WITH m AS (SELECT * FROM messages WHERE id = $1), known AS (
       SELECT o.external_id, o.direction, o.automatic, o.created_at, o.id,
              row_number() OVER (ORDER BY o.created_at, o.id) AS first,
              row_number() OVER (ORDER BY o.created_at DESC, o.id DESC) AS last
       FROM messages o JOIN m ON o.thread_id = m.thread_id AND o.id <> m.id
       WHERE o.external_id IS NOT NULL AND o.external_id NOT LIKE 'sha256:%'
         AND (o.created_at, o.id) < (m.created_at, m.id)
     )
     SELECT m.case_id AS "caseId", c.number AS "caseNumber", m.channel_id AS "channelId",
            t.conversation, json_build_object('kind', i.kind, 'value', i.verbatim, 'name', k.name) AS "to",
            m.subject, m.text, m.html, m.signature, m.quotes_external_id AS quote, m.template, m.state_reason AS "waitsFor",
            m.sender->>'name' AS "agentName", m.created_at AS "createdAt",
            (SELECT coalesce(json_agg(json_build_object('sha256', f.sha256, 'size', f.size, 'mediaType', f.media_type,
                                                        'name', f.name) ORDER BY f.position), '[]')
             FROM attachments f WHERE f.message_id = m.id) AS attachments,
            ARRAY(SELECT external_id FROM known WHERE first = 1 OR last <= ${maxReferences} ORDER BY first) AS "threadIds",
            (SELECT external_id FROM known ORDER BY direction = 'inbound' AND automatic IS NULL DESC, last
             LIMIT 1) AS "inReplyTo"
     FROM m
     JOIN cases c ON c.id = m.case_id
     JOIN threads t ON t.id = m.thread_id
     JOIN identities i ON i.id = m.identity_id
     JOIN customers k ON k.id = m.customer_id`,
    [messageId],
  );
  return row ? { ...row, caseNumber: Number(row.caseNumber) } : null;
}

/** What the event of a state tells, for `RETURNING` of the row `m` of `messages`. */
export const changedRow = `m.id, m.case_id AS "caseId", m.state, m.state_reason AS reason,
  (SELECT version FROM cases c WHERE c.id = m.case_id) AS "caseVersion"`;

/** Writes down what became of a try, unless a report from the channel has been quicker. */
export async function settle(
  tx: EntityManager,
  messageId: string,
  verdict: Verdict,
  now: Date,
): Promise<Changed | null> {
  const failed = verdict.state === 'sent' ? null : verdict;
  const pending = verdict.state === 'pending' ? verdict : null;
  const [rows]: [Changed[], number] = await tx.query(
    `UPDATE messages m SET state = $2, state_reason = $3, state_detail = $4, state_at = $5,
       attempts = attempts - $6, version = version + 1
     WHERE m.id = $1 AND m.state IN ('sending', 'uncertain') RETURNING ${changedRow}`,
    [
      messageId,
      verdict.state,
      failed?.reason ?? null,
      failed?.detail ?? null,
      pending ? new Date(now.getTime() + pending.inMs) : now,
      pending && !pending.countsAsAttempt ? 1 : 0,
    ],
  );
  return rows[0] ?? null;
}

/**
 * Ties what was sent to its thread, so that answers find it. Our own copy may have come in already (a mailbox that
 * files what it sends); then the id stays with that one.
 */
export async function keepExternalIds(
  manager: EntityManager,
  messageId: string,
  { externalId, references, conversation }: SendResult,
): Promise<void> {
  const refs = [...new Set([externalId, ...references])].toSorted();
  // The thread that the message is in by now: a split, or its undoing, may have moved it while it was being sent.
  await manager.query(
    `WITH m AS (SELECT thread_id FROM messages WHERE id = $2 FOR SHARE)
     INSERT INTO thread_refs (ref, thread_id) SELECT ref, m.thread_id FROM unnest($1::text[]) ref, m ON CONFLICT DO NOTHING`,
    [refs, messageId],
  );
  // Held like by everybody who writes a message with an external id, so that nothing told of it meanwhile is missed. The
  // channel's answer has the last word: a receipt may have brought the id of another part of the message before.
  await unlessTaken(() =>
    manager.query(
      `WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock($3))
       UPDATE messages SET external_id = $2 FROM held WHERE id = $1 AND external_id IS DISTINCT FROM $2`,
      [messageId, externalId, String(threadLockKey(externalId))],
    ),
  );
  if (conversation) {
    await unlessTaken(() =>
      manager.query(
        `UPDATE threads t SET conversation = $2 FROM messages m
         WHERE m.id = $1 AND t.id = m.thread_id AND t.conversation IS NULL`,
        [messageId, conversation],
      ),
    );
  }
}

async function unlessTaken(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
  }
}

/** The next message of the same case and channel, which had to wait for this one. */
export async function nextInLine(manager: EntityManager, messageId: string): Promise<string | null> {
  const [row]: { id: string }[] = await manager.query(
    `SELECT o.id FROM messages o JOIN messages m ON o.case_id = m.case_id AND o.channel_id = m.channel_id
     WHERE m.id = $1 AND o.state = 'pending' AND (o.created_at, o.id) > (m.created_at, m.id)
     ORDER BY o.created_at, o.id LIMIT 1`,
    [messageId],
  );
  return row?.id ?? null;
}

/** Messages that should have left by now: their job was lost, or their time to try again has come. */
export async function findDue(manager: EntityManager, now: Date): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM messages WHERE state = 'pending' AND state_at <= $1 ORDER BY state_at LIMIT 1000`,
    [now],
  );
  return rows.map((row) => row.id);
}

/** Messages whose sender died between taking them and writing down the outcome: nobody knows whether they left. */
export async function markAbandoned(tx: EntityManager, now: Date): Promise<Changed[]> {
  const [rows]: [Changed[], number] = await tx.query(
    `UPDATE messages m SET state = 'uncertain', state_reason = 'interrupted', state_detail = NULL, state_at = $1,
       version = version + 1
     WHERE m.state = 'sending' AND m.state_at < $1::timestamptz - interval '${abandonedSeconds} seconds'
     RETURNING ${changedRow}`,
    [now],
  );
  return rows;
}

/** Makes everything that waits for this channel due at once. */
export async function hurry(manager: EntityManager, channelId: string, now: Date): Promise<string[]> {
  const [rows]: [{ id: string }[], number] = await manager.query(
    `UPDATE messages SET state_at = $2 WHERE channel_id = $1 AND state = 'pending' AND state_at > $2 RETURNING id`,
    [channelId, now],
  );
  return rows.map((row) => row.id);
}

/** Puts a due message off without a try. */
export async function postpone(
  manager: EntityManager,
  messageId: string,
  reason: string,
  until: Date,
): Promise<void> {
  await manager.query(
    `UPDATE messages SET state_at = $3, state_reason = $2, version = version + 1 WHERE id = $1 AND state = 'pending'`,
    [messageId, reason, until],
  );
}
