import type { EntityManager } from 'typeorm';
import type { AgentRef } from '@loket/contracts/access.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { HeldReply } from '@loket/contracts/held-replies.js';
import type { HeldBody, HeldReplyRow } from './held-reply.entity.js';

/** The case that a held reply of the row `h` is about: the one that stands for it by now. */
const standing = '(SELECT coalesce(c.merged_into_id, c.id) FROM cases c WHERE c.id = h.case_id)';

/**
 * What was said since the row `h` was written, by the customer or by somebody other than its writer; mail that no person
 * wrote is no news. Else whether somebody else has resolved the case.
 */
const newsOf = `coalesce(
  (SELECT CASE WHEN m.direction = 'inbound' THEN 'customer_wrote' ELSE 'colleague_wrote' END FROM messages m
   WHERE m.case_id = ${standing} AND m.created_at > h.seen_until AND m.automatic IS NULL AND m.copy_of_id IS NULL
     AND (m.direction = 'inbound' OR m.agent_id IS DISTINCT FROM h.agent_id)
   ORDER BY m.direction = 'inbound' DESC LIMIT 1),
  (SELECT 'case_resolved' FROM events e
   WHERE e.case_id = ${standing} AND e.type = 'case.updated' AND e.at > h.seen_until
     AND e.data->'status'->>'to' = 'resolved' AND e.actor_id IS DISTINCT FROM h.agent_id LIMIT 1))`;

interface Row extends Pick<
  HeldReplyRow,
  'id' | 'caseId' | 'agentId' | 'body' | 'state' | 'reason' | 'onNews'
> {
  agentName: string;
  channelKind: ChannelKind;
  address: string;
  sendAt: Date;
  createdAt: Date;
  news: string | null;
}

const columns = `h.id, ${standing} AS "caseId", h.agent_id AS "agentId", a.name AS "agentName", h.body, h.state, h.reason,
  h.send_at AS "sendAt", h.on_news AS "onNews", h.created_at AS "createdAt", ch.kind AS "channelKind",
  i.verbatim AS address, ${newsOf} AS news`;
const tables = `held_replies h JOIN agents a ON a.id = h.agent_id
  JOIN channels ch ON ch.id = (h.body->>'channelId')::uuid JOIN identities i ON i.id = (h.body->>'identityId')::uuid`;

/** Of a case, also those that were written to cases that were merged into it. What leaves first, first. */
export async function heldOfCase(manager: EntityManager, caseId: string): Promise<HeldReply[]> {
  const rows: Row[] = await manager.query(
    `SELECT ${columns} FROM ${tables}
     WHERE h.case_id IN (SELECT id FROM cases WHERE id = $1 OR merged_into_id = $1)
     ORDER BY h.send_at, h.id`,
    [caseId],
  );
  return rows.map(view);
}

export async function readHeld(manager: EntityManager, id: string): Promise<HeldReply | null> {
  const rows: Row[] = await manager.query(`SELECT ${columns} FROM ${tables} WHERE h.id = $1`, [id]);
  return rows[0] ? view(rows[0]) : null;
}

/** A reply that this transaction has to itself. */
export interface Held {
  id: string;
  caseId: string;
  body: HeldBody;
  agentId: string;
  agentName: string;
  news: string | null;
  onNews: HeldReply['onNews'];
}

/**
 * Holds a reply, so that of those who would send it and those who would take it back one gets it.
 *
 * @param dueBy only when its time has come by then; left out: whenever, also when it was kept back
 */
export async function holdRow(tx: EntityManager, id: string, dueBy?: Date): Promise<Held | null> {
  // Locked first and read afterwards: what was said while we waited for the row is news too.
  const locked: unknown[] = await tx.query(
    `SELECT FROM held_replies WHERE id = $1 AND ($2::timestamptz IS NULL OR (state <> 'kept_back' AND send_at <= $2))
     FOR UPDATE`,
    [id, dueBy ?? null],
  );
  if (locked.length === 0) return null;
  const rows: Held[] = await tx.query(
    `SELECT h.id, ${standing} AS "caseId", h.body, h.agent_id AS "agentId", a.name AS "agentName",
            h.on_news AS "onNews", ${newsOf} AS news
     FROM held_replies h JOIN agents a ON a.id = h.agent_id WHERE h.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Those whose time has come. */
export async function findDueReplies(manager: EntityManager, now: Date): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM held_replies WHERE state <> 'kept_back' AND send_at <= $1 ORDER BY send_at LIMIT 500`,
    [now],
  );
  return rows.map((row) => row.id);
}

/** An answer of somebody else that is about to leave from this case. */
export async function othersAnswer(
  tx: EntityManager,
  caseId: string,
  agentId: string,
): Promise<{ id: string; at: string; agent: AgentRef } | null> {
  const [row]: { id: string; created_at: Date; agent_id: string; name: string }[] = await tx.query(
    `SELECT h.id, h.created_at, h.agent_id, a.name FROM held_replies h JOIN agents a ON a.id = h.agent_id
     WHERE h.state = 'held' AND h.agent_id <> $2
       AND h.case_id IN (SELECT id FROM cases WHERE id = $1 OR merged_into_id = $1) ORDER BY h.created_at LIMIT 1`,
    [caseId, agentId],
  );
  if (!row) return null;
  return { id: row.id, at: row.created_at.toISOString(), agent: { id: row.agent_id, name: row.name } };
}

function view({ body, agentId, agentName, sendAt, createdAt, ...row }: Row): HeldReply {
  const { channelId, identityId, text, html, attachments, quoteId, status } = body;
  return {
    ...row,
    agent: { id: agentId, name: agentName },
    channelId,
    identityId,
    text,
    html: html ?? null,
    attachments,
    quoteId: quoteId ?? null,
    status: status ?? null,
    sendAt: sendAt.toISOString(),
    createdAt: createdAt.toISOString(),
  };
}
