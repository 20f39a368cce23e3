import type { EntityManager } from 'typeorm';
import { saidSql } from '../../calls/call-rules.js';
import type { ArrivedMessage } from './finder-step.js';

/** Messages of people among these, oldest first. Automatic mail and disowned senders say nothing about who is who. */
export async function arrivedMessages(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ArrivedMessage[]> {
  if (ids.length === 0) return [];
  const rows: (Omit<ArrivedMessage, 'files'> & { files: ArrivedMessage['files'] | null })[] =
    await manager.query(
      `SELECT m.id, m.case_id AS "caseId", m.customer_id AS "customerId", m.identity_id AS "identityId",
              d.kind AS "identityKind", m.channel_id AS "channelId", ch.kind AS "channelKind",
              coalesce(ch.config->>'defaultRegion', 'ID') AS region, m.subject, left(${saidSql('m')}, 12000) AS text,
              left(m.quoted, 12000) AS quoted, m.sender->>'name' AS "senderName",
              least(m.sent_at, m.created_at) AS at,
              (SELECT json_agg(json_build_object('sha256', f.sha256, 'size', f.size, 'inline', f.inline))
               FROM attachments f WHERE f.message_id = m.id) AS files
       FROM messages m
       JOIN identities d ON d.id = m.identity_id
       JOIN channels ch ON ch.id = m.channel_id
       WHERE m.id = ANY($1::uuid[]) AND m.direction = 'inbound' AND m.automatic IS NULL
         AND m.sender->>'proof' IS DISTINCT FROM 'failed' AND d.source <> 'spoofed'
       ORDER BY m.created_at, m.id`,
      [ids],
    );
  return rows.map((row) => ({ ...row, files: row.files ?? [] }));
}

/** @returns the profiles that stand for these now, without doubles */
export async function rootsOfCustomers(manager: EntityManager, ids: Iterable<string>): Promise<Set<string>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Set();
  const rows: { id: string }[] = await manager.query(
    'SELECT DISTINCT coalesce(merged_into_id, id) AS id FROM customers WHERE id = ANY($1::uuid[])',
    [asked],
  );
  return new Set(rows.map((row) => row.id));
}

/** @returns the customers of these cases, and of those that stand for them */
export async function customersOfCases(manager: EntityManager, ids: Iterable<string>): Promise<string[]> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return [];
  const rows: { id: string }[] = await manager.query(
    `SELECT DISTINCT root.customer_id AS id FROM cases c JOIN cases root ON root.id = coalesce(c.merged_into_id, c.id)
     WHERE c.id = ANY($1::uuid[])`,
    [asked],
  );
  return rows.map((row) => row.id);
}
