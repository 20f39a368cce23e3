import type { QueryResultRow } from 'pg';
import type { CaseStatus } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { prepared } from '@loket/platform/database/prepared.js';
import { saidSql } from '../calls/call-rules.js';

/** One message of an open case; the columns of the case repeat. */
export interface OpenCaseRow extends QueryResultRow {
  position: number;
  case_id: string;
  case_number: string;
  case_subject: string;
  status: CaseStatus;
  arrangement: number;
  last_direction: 'inbound' | 'outbound' | null;
  channel_kinds: ChannelKind[];
  message_id: string;
  direction: 'inbound' | 'outbound';
  channel_id: string;
  channel_kind: ChannelKind;
  sender_name: string | null;
  written_at: Date;
}

const caseColumns = `id, number, subject, status, arrangement, last_direction, channel_kinds, last_message_at`;

/**
 * The newest open cases of these customers, and the case that a message is about to join, each with its newest
 * messages, newest first. Without what they say: that is mostly known already.
 */
export const findOpenCases = prepared<OpenCaseRow>(
  'intake_open_cases',
  `SELECT i.position, c.id AS case_id, c.number AS case_number, c.subject AS case_subject, c.status, c.arrangement,
          c.last_direction, c.channel_kinds, m.id AS message_id, m.direction, m.channel_id, ch.kind AS channel_kind,
          m.sender->>'name' AS sender_name,
          CASE m.direction WHEN 'inbound' THEN least(m.sent_at, m.created_at) ELSE m.created_at END AS written_at
   FROM unnest($1::int[], $2::uuid[], $3::uuid[]) AS i(position, customer_id, case_id)
   JOIN LATERAL (
     (SELECT ${caseColumns} FROM cases k
      WHERE k.customer_id = i.customer_id AND k.status IN ('open', 'pending') AND k.merged_into_id IS NULL
      ORDER BY k.last_message_at DESC LIMIT 12)
     UNION
     SELECT ${caseColumns} FROM cases k WHERE k.id = i.case_id
   ) c ON true
   JOIN LATERAL (
     SELECT id, direction, channel_id, sender, sent_at, created_at FROM messages n WHERE n.case_id = c.id AND n.automatic IS NULL
     ORDER BY n.created_at DESC, n.id DESC LIMIT 8
   ) m ON true
   JOIN channels ch ON ch.id = m.channel_id
   ORDER BY i.position, c.last_message_at DESC, c.id, m.created_at DESC, m.id DESC`,
);

export interface SaidRow extends QueryResultRow {
  id: string;
  subject: string | null;
  text: string;
  quoted: string | null;
  files: { sha256: string; size: number; inline: boolean }[] | null;
}

/** What messages say, as much of it as `digestOf` reads. */
export const findSaid = prepared<SaidRow>(
  'intake_said',
  `SELECT m.id, m.subject, left(${saidSql('m')}, 4000) AS text, left(m.quoted, 4000) AS quoted,
          (SELECT json_agg(json_build_object('sha256', f.sha256, 'size', f.size, 'inline', f.inline))
           FROM attachments f WHERE f.message_id = m.id) AS files
   FROM messages m WHERE m.id = ANY($1::uuid[])`,
);
