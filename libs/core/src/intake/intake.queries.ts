import type { PoolClient, QueryResultRow } from 'pg';
import type { CaseStatus } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { prepared } from '@loket/platform/database/prepared.js';
import type { CandidateSource } from '../cases/match-case.js';
import type { CaseState } from './intake-item.js';
import type { LockKey } from './locks.js';

// Set-based SQL of intake: each step is one statement for the whole group, prepared once per connection. Statements per
// message are what intake costs, so a group of sixty-four shares them.

/**
 * Sequential scans are switched off for these transactions: a plan made while the tables were young would scan them
 * for ever after, until the next analyse.
 */
const setup = prepared('intake_setup', `SELECT set_config('enable_seqscan', 'off', true)`);

const lock = prepared('intake_lock', `SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k`);

/** @param keys in lock order */
export async function takeLocks(client: PoolClient, keys: readonly LockKey[]): Promise<void> {
  if (keys.length > 0) await lock(client, [keys.map(String)]);
}

export async function prepareTransaction(client: PoolClient): Promise<void> {
  await setup(client, []);
}

export interface KnownRow extends QueryResultRow {
  position: number;
  /** null: it is not here, but edits of it are */
  message_id: string | null;
  case_id: string;
  case_number: string;
  customer_id: string;
}

/** Rule 1: messages that this channel has delivered before. And those that were edited before they came in. */
export const findKnown = prepared<KnownRow>(
  'intake_known',
  `SELECT i.position::int, m.id AS message_id, m.case_id, c.number AS case_number, m.customer_id
   FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS i(channel_id, external_id, position)
   JOIN messages m ON m.channel_id = i.channel_id AND m.external_id = i.external_id
   JOIN cases c ON c.id = m.case_id
   UNION ALL
   SELECT i.position::int, NULL, NULL, NULL, NULL
   FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS i(channel_id, external_id, position)
   WHERE EXISTS (SELECT FROM message_changes e
                 WHERE e.channel_id = i.channel_id AND e.external_id = i.external_id AND e.type = 'edited')`,
);

export interface CandidateRow extends QueryResultRow {
  position: number;
  source: CandidateSource;
  rank: number;
  by: string;
  case_id: string;
  case_number: string;
  status: CaseStatus;
  resolved_at: Date | null;
  arrangement: number;
  thread_id: string | null;
  thread_channel_id: string | null;
  bounced_message_id: string | null;
  participant: boolean;
}

/**
 * Every case that some rule may choose, for the whole group: by ids, by token or number, by the original of a bounce,
 * by conversation. `rank` of a reference is its distance; -1 is the message's own id, known from another
 * mailbox or from an answer that overtook it. Ids of mails mean the same in every mailbox; ids within conversations are
 * their channel's own, and another channel may give the same to somebody else. Numbers of merged cases lead to the case
 * that they were merged into; threads have moved there already.
 */
export const findCandidates = prepared<CandidateRow>(
  'intake_candidates',
  `WITH input AS MATERIALIZED (
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::jsonb[])
       WITH ORDINALITY AS i(channel_id, conversation, customer_id, address, position)
   ), hits AS (
     SELECT r.position, 'reference' AS source, r.rank, r.ref AS by, t.case_id, t.id AS thread_id,
            t.channel_id AS thread_channel_id, NULL::uuid AS bounced_message_id
     FROM unnest($5::bigint[], $6::text[], $7::int[]) AS r(position, ref, rank)
     JOIN input i ON i.position = r.position
     JOIN thread_refs f ON f.ref = r.ref
     JOIN threads t ON t.id = f.thread_id
     WHERE t.channel_id = i.channel_id OR (t.conversation IS NULL AND i.conversation IS NULL)
   UNION ALL
     SELECT n.position, n.source, 0, n.number::text, coalesce(c.merged_into_id, c.id), NULL, NULL, NULL
     FROM unnest($8::bigint[], $9::bigint[], $10::text[]) AS n(position, number, source)
     JOIN cases c ON c.number = n.number
   UNION ALL
     SELECT b.position, 'bounce', b.rank, b.ref, m.case_id, m.thread_id, m.channel_id, m.id
     FROM unnest($11::bigint[], $12::text[], $13::int[]) AS b(position, ref, rank)
     JOIN thread_refs f ON f.ref = b.ref
     JOIN threads t ON t.id = f.thread_id
     JOIN messages m ON m.channel_id = t.channel_id AND m.external_id = b.ref AND m.direction = 'outbound'
   UNION ALL
     SELECT i.position, 'conversation', 0, i.conversation, t.case_id, t.id, t.channel_id, NULL
     FROM input i
     JOIN threads t ON t.channel_id = i.channel_id AND t.conversation = i.conversation
   )
   SELECT h.position::int, h.source, h.rank, h.by, c.id AS case_id, c.number AS case_number, c.status, c.resolved_at,
          c.arrangement, h.thread_id, h.thread_channel_id, h.bounced_message_id,
          (c.customer_id = i.customer_id OR EXISTS (
             SELECT 1 FROM messages m
             WHERE m.case_id = c.id
               AND (m.customer_id = i.customer_id
                    OR ((m.recipients @> jsonb_build_array(i.address || '{"role":"to"}')
                         OR m.recipients @> jsonb_build_array(i.address || '{"role":"cc"}')) AND (m.direction = 'outbound' OR m.sender->>'proof' = 'verified')))
          )) AS participant
   FROM hits h
   JOIN input i ON i.position = h.position
   JOIN cases c ON c.id = h.case_id`,
);

export interface ConversationRow extends QueryResultRow {
  position: number;
  id: string;
  case_id: string;
}

/** Threads of conversations, whatever became of their cases. */
export const findConversations = prepared<ConversationRow>(
  'intake_conversations',
  `SELECT i.position::int, t.id, t.case_id
   FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS i(channel_id, conversation, position)
   JOIN threads t ON t.channel_id = i.channel_id AND t.conversation = i.conversation`,
);

export interface CaseRow extends QueryResultRow {
  id: string;
  number: string;
  customer_id: string;
  subject: string;
  status: CaseStatus;
  channel_kinds: ChannelKind[];
  preview: string;
  last_direction: 'inbound' | 'outbound' | null;
  message_count: number;
  waiting_since: Date | null;
  snoozed_until: Date | null;
  last_message_at: Date;
  resolved_at: Date | null;
  arrangement: number;
  version: number;
  created_at: Date;
}

/** Locks the cases that the group adds to, in the order of their ids, and reads them as they are under the lock. */
export const lockCases = prepared<CaseRow>(
  'intake_lock_cases',
  `SELECT id, number, customer_id, subject, status, channel_kinds, preview, last_direction, message_count,
          waiting_since, snoozed_until, last_message_at, resolved_at, arrangement, version, created_at
   FROM cases WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
);

const insertCasesSql = prepared<{ id: string; number: string }>(
  'intake_insert_cases',
  `INSERT INTO cases (id, subject, status, customer_id, channel_kinds, preview, last_direction, message_count,
                      waiting_since, last_message_at, version, created_at, resolved_at, team_id)
   SELECT n.id, n.subject, n.status, n.customer_id, ARRAY[n.channel_kind], n.preview, n.last_direction, n.message_count,
          n.waiting_since, n.last_message_at, n.version, n.last_message_at, n.resolved_at, h.team_id
   FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::timestamptz[],
               $8::timestamptz[], $9::int[], $10::text[], $11::text[], $12::timestamptz[], $13::uuid[])
        WITH ORDINALITY AS n(id, subject, customer_id, channel_kind, preview, message_count, waiting_since,
                             last_message_at, version, status, last_direction, resolved_at, channel_id, position)
        LEFT JOIN channels h ON h.id = n.channel_id
   ORDER BY n.position
   RETURNING id, number`,
);

/** @returns number by case id */
export async function insertCases(
  client: PoolClient,
  cases: readonly CaseState[],
): Promise<Map<string, number>> {
  if (cases.length === 0) return new Map();
  const rows = await insertCasesSql(client, [
    cases.map((c) => c.id),
    cases.map((c) => c.subject),
    cases.map((c) => c.customerId),
    cases.map((c) => c.channelKinds[0]),
    cases.map((c) => c.preview),
    cases.map((c) => c.messageCount),
    cases.map((c) => c.waitingSince),
    cases.map((c) => c.lastMessageAt),
    cases.map((c) => c.version),
    cases.map((c) => c.status),
    cases.map((c) => c.lastDirection),
    cases.map((c) => c.resolvedAt),
    cases.map((c) => c.channelId),
  ]);
  return new Map(rows.map((r) => [r.id, Number(r.number)]));
}

const updateCasesSql = prepared(
  'intake_update_cases',
  `UPDATE cases c
   SET subject = n.subject, status = n.status, preview = n.preview, last_direction = n.last_direction, message_count = n.message_count,
       waiting_since = n.waiting_since, snoozed_until = n.snoozed_until, last_message_at = n.last_message_at,
       resolved_at = n.resolved_at, version = n.version,
       channel_kinds = ARRAY(SELECT jsonb_array_elements_text(n.channel_kinds))
   FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::timestamptz[], $7::timestamptz[],
               $8::timestamptz[], $9::timestamptz[], $10::int[], $11::jsonb[], $12::text[])
        AS n(id, status, preview, last_direction, message_count, waiting_since, snoozed_until, last_message_at,
             resolved_at, version, channel_kinds, subject)
   WHERE c.id = n.id`,
);

export async function updateCases(client: PoolClient, cases: readonly CaseState[]): Promise<void> {
  if (cases.length === 0) return;
  await updateCasesSql(client, [
    cases.map((c) => c.id),
    cases.map((c) => c.status),
    cases.map((c) => c.preview),
    cases.map((c) => c.lastDirection),
    cases.map((c) => c.messageCount),
    cases.map((c) => c.waitingSince),
    cases.map((c) => c.snoozedUntil),
    cases.map((c) => c.lastMessageAt),
    cases.map((c) => c.resolvedAt),
    cases.map((c) => c.version),
    cases.map((c) => JSON.stringify(c.channelKinds)),
    cases.map((c) => c.subject),
  ]);
}
