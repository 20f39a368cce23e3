import type { PoolClient, QueryResultRow } from 'pg';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import { historyMark } from '../calls/call-rules.js';
import { prepared } from '@loket/platform/database/prepared.js';
import { newId } from '@loket/platform/ids.js';
import type { IntakeItem } from './intake-item.js';

// The rows that a group adds; see intake.queries.ts on why they are set-based and prepared.

/** An item that has been given a case, a thread and an id. */
export type PlacedItem = IntakeItem &
  Required<Pick<IntakeItem, 'customer' | 'match' | 'case' | 'threadId' | 'messageId'>>;

export interface NewThread {
  id: string;
  channelId: string;
  caseId: string;
  conversation: string | null;
}

const insertThreadsSql = prepared(
  'intake_insert_threads',
  `INSERT INTO threads (id, channel_id, case_id, conversation, created_at)
   SELECT id, channel_id, case_id, conversation, $5
   FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS n(id, channel_id, case_id, conversation)`,
);

export async function insertThreads(
  client: PoolClient,
  threads: readonly NewThread[],
  now: Date,
): Promise<void> {
  if (threads.length === 0) return;
  await insertThreadsSql(client, [
    threads.map((t) => t.id),
    threads.map((t) => t.channelId),
    threads.map((t) => t.caseId),
    threads.map((t) => t.conversation),
    now,
  ]);
}

const moveThreadsSql = prepared(
  'intake_move_threads',
  `UPDATE threads t SET case_id = n.case_id FROM unnest($1::uuid[], $2::uuid[]) AS n(id, case_id) WHERE t.id = n.id`,
);

/** A conversation that goes on after its case was closed for long belongs to the new case from now on. */
export async function moveThreads(
  client: PoolClient,
  moves: readonly { id: string; caseId: string }[],
): Promise<void> {
  if (moves.length === 0) return;
  await moveThreadsSql(client, [moves.map((m) => m.id), moves.map((m) => m.caseId)]);
}

const insertMessagesSql = prepared(
  'intake_insert_messages',
  `INSERT INTO messages (id, case_id, thread_id, channel_id, customer_id, identity_id, direction, external_id, sender,
                         recipients, subject, text, quoted, html, automatic, bounce, match_rule, match_score,
                         match_evidence, warnings, raw_sha256, sent_at, created_at, quotes_external_id, state, state_at,
                         call, agent_id)
   SELECT n.id, n.case_id, n.thread_id, n.channel_id, n.customer_id, n.identity_id,
          CASE WHEN n.own THEN 'outbound' ELSE 'inbound' END, n.external_id, n.sender,
          n.recipients, n.subject, n.text, n.quoted, n.html, n.automatic, n.bounce, n.match_rule, n.match_score,
          n.match_evidence, ARRAY(SELECT jsonb_array_elements_text(n.warnings)), n.raw_sha256, n.sent_at, n.created_at,
          n.quotes, CASE WHEN n.own THEN 'sent' END, CASE WHEN n.own THEN n.sent_at END, n.call, n.agent_id
   FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::jsonb[],
               $9::jsonb[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::jsonb[], $16::text[],
               $17::real[], $18::jsonb[], $19::jsonb[], $20::text[], $21::timestamptz[], $22::timestamptz[],
               $23::text[], $24::bool[], $25::jsonb[], $26::uuid[])
        AS n(id, case_id, thread_id, channel_id, customer_id, identity_id, external_id, sender, recipients, subject,
             text, quoted, html, automatic, bounce, match_rule, match_score, match_evidence, warnings, raw_sha256,
             sent_at, created_at, quotes, own, call, agent_id)`,
);

export async function insertMessages(client: PoolClient, items: readonly PlacedItem[]): Promise<void> {
  if (items.length === 0) return;
  await insertMessagesSql(client, [
    items.map((i) => i.messageId),
    items.map((i) => i.case.id),
    items.map((i) => i.threadId),
    items.map((i) => i.channel.id),
    items.map((i) => i.customer.id),
    items.map((i) => i.customer.identityId),
    items.map((i) => i.message.externalId),
    items.map((i) => JSON.stringify(i.message.sender)),
    items.map((i) => JSON.stringify(i.recipients)),
    items.map((i) => i.message.subject ?? null),
    items.map((i) => i.message.text),
    items.map((i) => i.message.quoted ?? null),
    items.map((i) => i.message.html ?? null),
    items.map((i) => i.message.automatic ?? null),
    items.map((i) => (i.message.bounce ? JSON.stringify(i.message.bounce) : null)),
    items.map((i) => (i.own ? null : i.match.rule)),
    items.map((i) => (i.own ? null : i.match.score)),
    items.map((i) => (i.own ? null : JSON.stringify(i.match.evidence))),
    items.map((i) =>
      JSON.stringify(i.message.history ? [...i.message.warnings, historyMark] : i.message.warnings),
    ),
    items.map((i) => i.message.raw?.sha256 ?? null),
    items.map((i) => i.message.sentAt),
    items.map((i) => i.case.lastMessageAt),
    items.map((i) => i.message.quote ?? null),
    items.map((i) => i.own),
    items.map((i) => (i.message.call ? JSON.stringify(i.message.call) : null)),
    items.map((i) => i.said?.agentId ?? null),
  ]);
}

const insertRefsSql = prepared(
  'intake_insert_refs',
  `INSERT INTO thread_refs (ref, thread_id) SELECT ref, thread_id FROM unnest($1::text[], $2::uuid[]) AS n(ref, thread_id)
   ON CONFLICT DO NOTHING`,
);

export async function insertRefs(client: PoolClient, items: readonly PlacedItem[]): Promise<void> {
  const rows = items.flatMap((i) => i.refs.map((ref) => ({ ref, threadId: i.threadId })));
  if (rows.length === 0) return;
  await insertRefsSql(client, [rows.map((r) => r.ref), rows.map((r) => r.threadId)]);
}

const insertAttachmentsSql = prepared(
  'intake_insert_attachments',
  `INSERT INTO attachments (id, message_id, position, sha256, name, media_type, size, content_id, inline)
   SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::bigint[],
                        $8::text[], $9::bool[])`,
);

export async function insertAttachments(client: PoolClient, items: readonly PlacedItem[]): Promise<void> {
  const rows = items.flatMap((i) =>
    i.message.attachments.map((file, position) => ({ file, position, id: i.messageId })),
  );
  if (rows.length === 0) return;
  await insertAttachmentsSql(client, [
    rows.map(() => newId()),
    rows.map((r) => r.id),
    rows.map((r) => r.position),
    rows.map((r) => r.file.sha256),
    rows.map((r) => r.file.name),
    rows.map((r) => r.file.mediaType),
    rows.map((r) => r.file.size),
    rows.map((r) => r.file.contentId ?? null),
    rows.map((r) => r.file.inline),
  ]);
}

export interface BouncedRow extends QueryResultRow {
  id: string;
  case_id: string;
  state: DeliveryState;
  state_reason: string | null;
}

/** The message came back for good: it failed, whatever was known of it before. */
export const markBounced = prepared<BouncedRow>(
  'intake_mark_bounced',
  `UPDATE messages m
   SET bounced_by_id = n.bounce_id, version = m.version + 1,
       state = CASE WHEN n.permanent THEN 'failed' ELSE m.state END,
       state_reason = CASE WHEN n.permanent THEN 'bounced' ELSE m.state_reason END,
       state_detail = CASE WHEN n.permanent THEN n.detail ELSE m.state_detail END,
       state_at = CASE WHEN n.permanent THEN $5 ELSE m.state_at END
   FROM unnest($1::uuid[], $2::uuid[], $3::bool[], $4::text[]) AS n(id, bounce_id, permanent, detail)
   WHERE m.id = n.id
   RETURNING m.id, m.case_id, m.state, m.state_reason`,
);

/** Mail to these addresses came back with 5.1.1: there is no such mailbox. */
export const markUndeliverable = prepared(
  'intake_mark_undeliverable',
  `UPDATE identities SET undeliverable_at = $2
   WHERE kind = 'email' AND value = ANY($1::text[]) AND resolves AND undeliverable_at IS NULL`,
);
