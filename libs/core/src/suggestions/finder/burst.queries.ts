import type { EntityManager } from 'typeorm';
import type { Evidence } from '@loket/contracts/inbound.js';
import { historyMark, saidSql } from '../../calls/call-rules.js';

/** A case as far as it matters for its cause: what its customer wrote first. */
export interface ReportedCase {
  id: string;
  customerId: string;
  incidentId: string | null;
  /** its incident, when that is open */
  openIncidentId: string | null;
  createdAt: Date;
  /** when it was written, as far as that can be believed */
  at: Date;
  subject: string | null;
  text: string;
  /** names what `text` was made from */
  messageIds: string[];
}

interface Row extends Omit<ReportedCase, 'text' | 'messageIds' | 'at' | 'subject'> {
  parts: { id: string; at: string; subject: string | null; text: string }[] | null;
}

/** So many first messages tell what a case is about; a chat often begins with a greeting. */
const firstMessages = 3;
const longestText = 4_000;

/**
 * What people wrote first, of cases that are not merged. Automatic mail and senders whose own domain disowns them count
 * for nothing, and history was over before it was told; a case that holds nothing else is left out.
 */
const reported = (cases: string): string => `
  SELECT c.id, coalesce(k.merged_into_id, k.id) AS "customerId", c.incident_id AS "incidentId",
         n.id AS "openIncidentId", c.created_at AS "createdAt", first.parts
  FROM (${cases}) c
  JOIN customers k ON k.id = c.customer_id
  LEFT JOIN incidents n ON n.id = c.incident_id AND n.status = 'open'
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('id', m.id, 'at', m.at, 'subject', m.subject, 'text', m.text)) AS parts FROM (
      SELECT m.id, least(m.sent_at, m.created_at) AS at, m.subject, left(${saidSql('m')}, ${String(longestText)}) AS text
      FROM messages m JOIN identities d ON d.id = m.identity_id
      WHERE m.case_id = c.id AND m.direction = 'inbound' AND m.automatic IS NULL
        AND m.sender->>'proof' IS DISTINCT FROM 'failed' AND d.source <> 'spoofed' AND NOT '${historyMark}' = ANY(m.warnings)
      ORDER BY m.created_at, m.id LIMIT ${String(firstMessages)}) m
  ) first
  WHERE first.parts IS NOT NULL`;

/** The newest cases that were opened since then, `limit` at most, newest first. By the index of the inbox's views. */
export async function casesSince(
  manager: EntityManager,
  since: Date,
  before: Date | null,
  limit: number,
): Promise<ReportedCase[]> {
  const part = (status: string): string =>
    `(SELECT * FROM cases WHERE status = '${status}' AND last_message_at >= $1 AND created_at >= $1
        AND ($2::timestamptz IS NULL OR (created_at < $2 AND last_message_at < $2::timestamptz + interval '7 days'))
        AND merged_into_id IS NULL ORDER BY last_message_at DESC, id DESC LIMIT $3)`;
  const all = ['open', 'pending', 'resolved'].map(part).join(' UNION ALL ');
  return readCases(
    await manager.query(reported(`SELECT * FROM (${all}) one ORDER BY created_at DESC LIMIT $3`), [
      since,
      before,
      limit,
    ]),
  );
}

export async function casesByIds(manager: EntityManager, ids: readonly string[]): Promise<ReportedCase[]> {
  if (ids.length === 0) return [];
  return readCases(
    await manager.query(
      reported('SELECT * FROM cases WHERE id = ANY($1::uuid[]) AND merged_into_id IS NULL'),
      [ids],
    ),
  );
}

/** The newest cases of each open incident that got one lately. */
export async function casesOfOpenIncidents(manager: EntityManager, limit: number): Promise<ReportedCase[]> {
  return readCases(
    await manager.query(
      reported(
        `SELECT one.* FROM (SELECT id FROM incidents WHERE status = 'open' ORDER BY created_at DESC, id DESC LIMIT 20) i
         CROSS JOIN LATERAL (SELECT * FROM cases WHERE incident_id = i.id AND merged_into_id IS NULL
                             ORDER BY created_at DESC LIMIT $1) one`,
      ),
      [limit],
    ),
  );
}

function readCases(rows: Row[]): ReportedCase[] {
  return rows.map(({ parts, ...row }) => {
    const written = parts ?? [];
    const [first] = written;
    return {
      ...row,
      at: new Date(first?.at ?? row.createdAt),
      subject: first?.subject ?? null,
      text: written.map(({ text }) => text).join('\n'),
      messageIds: written.map(({ id }) => id),
    };
  });
}

export interface KnownSuggestion {
  id: string;
  key: string;
  state: 'waiting' | 'accepted' | 'dismissed' | 'obsolete';
  caseIds: string[];
  incidentId: string | null;
  evidence: Evidence[];
}

/** Suggested incidents that hold one of these cases. */
export async function suggestedIncidents(
  manager: EntityManager,
  caseIds: readonly string[],
): Promise<KnownSuggestion[]> {
  if (caseIds.length === 0) return [];
  return manager.query(
    `SELECT id, key, state, case_ids AS "caseIds", incident_id AS "incidentId", evidence FROM suggestions
     WHERE kind = 'incident' AND case_ids && $1::uuid[] ORDER BY created_at, id`,
    [caseIds],
  );
}

/** Waiting suggestions that came to nothing, because their cases were linked by hand or merged. @returns those settled */
export async function settleIncidents(
  tx: EntityManager,
  ids: readonly string[],
  now: Date,
): Promise<{ id: string; caseIds: string[] }[]> {
  if (ids.length === 0) return [];
  const [rows]: [{ id: string; caseIds: string[] }[], number] = await tx.query(
    `UPDATE suggestions SET state = 'obsolete', updated_at = $2
     WHERE id = ANY($1::uuid[]) AND state = 'waiting' RETURNING id, case_ids AS "caseIds"`,
    [ids, now],
  );
  return rows;
}
