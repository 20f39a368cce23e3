import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '@loket/contracts/channels.js';

/** One message of a case; the columns of the case repeat. */
export interface OpenCaseRow {
  customerId: string;
  caseId: string;
  caseNumber: string;
  caseSubject: string;
  createdAt: Date;
  lastDirection: 'inbound' | 'outbound' | null;
  channelKinds: ChannelKind[];
  messageId: string;
  direction: 'inbound' | 'outbound';
  channelId: string;
  channelKind: ChannelKind;
  subject: string | null;
  text: string;
  quoted: string | null;
  senderName: string | null;
  at: Date;
  files: { sha256: string; size: number; inline: boolean }[] | null;
}

/** A customer's cases that are looked at, the newest. */
export const mostCases = 12;
const mostMessages = 8;

/**
 * Cases of these customers that are open, or were resolved so lately that the matter may not be over, each with its newest
 * messages.
 */
export function openCases(
  manager: EntityManager,
  customerIds: readonly string[],
  resolvedAfter: Date,
): Promise<OpenCaseRow[]> {
  return manager.query(
    `SELECT k.id AS "customerId", c.id AS "caseId", c.number AS "caseNumber", c.subject AS "caseSubject",
            c.created_at AS "createdAt", c.last_direction AS "lastDirection", c.channel_kinds AS "channelKinds",
            m.id AS "messageId", m.direction, m.channel_id AS "channelId", ch.kind AS "channelKind", m.subject,
            left(m.text, 4000) AS text, left(m.quoted, 4000) AS quoted,
            CASE m.direction WHEN 'inbound' THEN m.sender->>'name' END AS "senderName",
            CASE m.direction WHEN 'inbound' THEN least(m.sent_at, m.created_at) ELSE m.created_at END AS at,
            (SELECT json_agg(json_build_object('sha256', f.sha256, 'size', f.size, 'inline', f.inline))
             FROM attachments f WHERE f.message_id = m.id) AS files
     FROM unnest($1::uuid[]) AS k(id)
     JOIN LATERAL (
       SELECT * FROM cases
       WHERE customer_id = k.id AND merged_into_id IS NULL
         AND (status IN ('open', 'pending') OR (status = 'resolved' AND resolved_at > $2))
       ORDER BY last_message_at DESC LIMIT ${String(mostCases)}
     ) c ON true
     JOIN LATERAL (
       SELECT * FROM messages WHERE case_id = c.id AND automatic IS NULL
       ORDER BY created_at DESC, id DESC LIMIT ${String(mostMessages)}
     ) m ON true
     JOIN channels ch ON ch.id = m.channel_id
     ORDER BY k.id, c.id, m.created_at DESC, m.id DESC`,
    [customerIds, resolvedAfter],
  );
}

export interface SuspectedPair {
  customerIds: [string, string];
  score: number;
}

/** Pairs of customers who may be one person, of whom these are one side. */
export function suspectedPairs(
  manager: EntityManager,
  customerIds: readonly string[],
): Promise<SuspectedPair[]> {
  return manager.query(
    `SELECT customer_ids AS "customerIds", score FROM suggestions
     WHERE kind = 'customer' AND state = 'waiting' AND customer_ids && $1::uuid[] ORDER BY score DESC, id LIMIT 1000`,
    [customerIds],
  );
}

/** Suggestions about these cases that wait already. @returns score by key */
export async function waitingScores(
  manager: EntityManager,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const rows: { key: string; score: number }[] = await manager.query(
    `SELECT key, score FROM suggestions WHERE kind = 'case' AND key = ANY($1::text[]) AND state = 'waiting'`,
    [keys],
  );
  return new Map(rows.map((row) => [row.key, row.score]));
}
