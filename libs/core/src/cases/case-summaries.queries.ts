import type { EntityManager } from 'typeorm';
import type { CaseStatus, CaseSummary, Priority } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { callbackOf } from './callback.js';

interface Row {
  id: string;
  number: string;
  subject: string;
  status: CaseStatus;
  priority: Priority;
  assignee_id: string | null;
  assignee_name: string | null;
  team_id: string | null;
  team_name: string | null;
  customer_id: string;
  customer_name: string | null;
  customer_address: string | null;
  channel_kinds: ChannelKind[];
  tags: string[];
  preview: string;
  preview_file: CaseSummary['previewFile'];
  last_direction: 'inbound' | 'outbound' | null;
  message_count: number;
  waiting_since: Date | null;
  snoozed_until: Date | null;
  callback_since: Date | null;
  callback_number: string | null;
  last_message_at: Date;
  created_at: Date;
  resolved_at: Date | null;
  merged_into_id: string | null;
  merged_into_number: string | null;
  incident_id: string | null;
  incident_number: string | null;
  incident_title: string | null;
  version: number;
}

/** Of the newest message of the case `c`. Only asked for where that has no words. */
const firstFile = `(
  SELECT json_build_object('name', f.name, 'mediaType', f.media_type)
  FROM (SELECT id FROM messages WHERE case_id = c.id ORDER BY created_at DESC, id DESC LIMIT 1) m
  JOIN attachments f ON f.message_id = m.id ORDER BY f.position LIMIT 1)`;

/**
 * The cases as lists show them, in one statement.
 *
 * @returns by id; cases that do not exist are missing
 */
export async function caseSummaries(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, CaseSummary>> {
  if (ids.length === 0) return new Map();
  const rows: Row[] = await manager.query(
    `SELECT c.*, a.name AS assignee_name, t.name AS team_name, k.name AS customer_name, i.verbatim AS customer_address,
            CASE WHEN c.preview = '' THEN ${firstFile} END AS preview_file,
            root.number AS merged_into_number, n.number AS incident_number, n.title AS incident_title
     FROM cases c
     JOIN customers k ON k.id = c.customer_id
     LEFT JOIN agents a ON a.id = c.assignee_id
     LEFT JOIN teams t ON t.id = c.team_id
     LEFT JOIN cases root ON root.id = c.merged_into_id
     LEFT JOIN incidents n ON n.id = c.incident_id
     LEFT JOIN LATERAL (
       SELECT verbatim FROM identities WHERE customer_id = c.customer_id
       ORDER BY resolves DESC, proof = 'verified' DESC, created_at, id LIMIT 1
     ) i ON true
     WHERE c.id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, summary(row)]));
}

function summary(row: Row): CaseSummary {
  return {
    id: row.id,
    number: Number(row.number),
    subject: row.subject,
    status: row.status,
    priority: row.priority,
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name ?? '' },
    customer: { id: row.customer_id, name: row.customer_name, address: row.customer_address },
    channelKinds: row.channel_kinds,
    tags: row.tags,
    preview: row.preview,
    previewFile: row.preview_file,
    lastDirection: row.last_direction,
    messageCount: row.message_count,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    callback: callbackOf({ callbackSince: row.callback_since, callbackNumber: row.callback_number }),
    lastMessageAt: row.last_message_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    mergedInto:
      row.merged_into_id === null ? null : { id: row.merged_into_id, number: Number(row.merged_into_number) },
    incident:
      row.incident_id === null
        ? null
        : { id: row.incident_id, number: Number(row.incident_number), title: row.incident_title ?? '' },
    version: row.version,
  };
}
