import type { AgentRef } from '@loket/contracts/access.js';
import type { EntityManager } from 'typeorm';
import type { Attachment, TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import type { CallRecord } from '@loket/contracts/calls.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { EventType } from '@loket/contracts/events.js';
import type { AutomaticKind, Evidence, MatchRule, Recipient, Sender } from '@loket/contracts/inbound.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import type { SignatureWords } from '@loket/contracts/signature-text.js';
import type { ChosenTemplate } from '@loket/contracts/templates.js';
import type { StoredEvent } from '../events/events.queries.js';
import { callView } from '../calls/call-rules.js';
import { isMarked, marksOf, type Marks } from './timeline-changes.queries.js';

/** Events that the timeline shows as lines of their own. Messages and notes stand there themselves. */
export const timelineEvents: readonly EventType[] = [
  'case.opened',
  'case.reopened',
  'case.updated',
  'case.assigned',
  'case.reason_given',
  'case.merged',
  'case.split',
  'case.linked',
  'case.unlinked',
  'operation.undone',
];

/** Of these, one stands on each case that the operation changed. */
const operationEvents: readonly EventType[] = [
  'case.merged',
  'case.split',
  'case.linked',
  'case.unlinked',
  'operation.undone',
];

const names = (types: readonly EventType[]): string => types.map((type) => `'${type}'`).join(', ');

/**
 * Events have numbers, timeline items have UUIDs, so the number is put into one (version 8, RFC 9562 §5.8). What
 * happened in the transaction of a message has its instant too; the first digits put an opening before the message,
 * and what was done with it after it.
 */
const opening = '00000000-0000-8000-8000-';
const following = 'ffffffff-ffff-8000-8000-';
const opens = (type: EventType): boolean => type === 'case.opened' || type === 'case.reopened';

export function eventItemId(type: EventType, id: bigint): string {
  return (opens(type) ? opening : following) + id.toString(16).padStart(12, '0');
}

export interface TimelineKey {
  kind: 'message' | 'note' | 'event';
  id: string;
  /** microseconds since the epoch, as text: a Date would round it, and rounded keys skip rows */
  at: string;
}

/**
 * Keys of one page of a timeline, newest first. What happened to cases before they were merged into this one is part of
 * its story. An operation is told once, though it stands on every case that it changed.
 *
 * @param viewerId whose whispers are among them
 * @param before continue below this key
 */
export async function timelineKeys(
  manager: EntityManager,
  scope: { caseId: string } | { customerId: string },
  viewerId: string,
  limit: number,
  before?: { at: string; id: string },
): Promise<TimelineKey[]> {
  const owner = 'caseId' in scope ? `= $1::uuid` : `IN (SELECT id FROM cases WHERE customer_id = $1::uuid)`;
  const storied = `SELECT id FROM cases WHERE ${'caseId' in scope ? 'id = $1::uuid OR merged_into_id = $1::uuid' : 'customer_id = $1::uuid'}`;
  const instant = `timestamptz 'epoch' + $4::bigint * interval '1 microsecond'`;
  const below = (at: string, id: string): string =>
    before ? `AND (${at}, ${id}) < (${instant}, $5::uuid)` : '';
  const eventId = `(CASE WHEN type IN ('case.opened', 'case.reopened') THEN '${opening}' ELSE '${following}' END
    || lpad(to_hex(id), 12, '0'))::uuid`;
  const rows: { kind: TimelineKey['kind']; id: string; at: string }[] = await manager.query(
    `SELECT kind, id, (extract(epoch FROM at) * 1000000)::bigint::text AS at FROM (
       (SELECT 'message' AS kind, id, created_at AS at FROM messages
        WHERE case_id ${owner} ${below('created_at', 'id')} ORDER BY created_at DESC, id DESC LIMIT $2)
       UNION ALL
       (SELECT 'note', id, created_at FROM notes
        WHERE case_id ${owner} AND (to_agent_id IS NULL OR $3::uuid IN (to_agent_id, agent_id))
          ${below('created_at', 'id')} ORDER BY created_at DESC, id DESC LIMIT $2)
       UNION ALL
       (SELECT 'event', item_id, at FROM (
          SELECT ${eventId} AS item_id, at FROM events
          WHERE case_id = ANY(ARRAY(${storied})) AND type IN (${names(timelineEvents)})
            AND NOT (type IN (${names(operationEvents)}) AND EXISTS (
              SELECT FROM events twin
              WHERE twin.case_id = ANY(ARRAY(${storied})) AND twin.type = events.type AND twin.id <> events.id
                AND twin.data->>'operationId' = events.data->>'operationId'
                AND CASE WHEN $1::uuid IN (twin.case_id, events.case_id) THEN twin.case_id = $1::uuid
                         ELSE twin.id < events.id END))) e
        WHERE true ${below('at', 'item_id')} ORDER BY at DESC, item_id DESC LIMIT $2)
     ) items ORDER BY at DESC, id DESC LIMIT $2`,
    [
      'caseId' in scope ? scope.caseId : scope.customerId,
      limit,
      viewerId,
      ...(before ? [before.at, before.id] : []),
    ],
  );
  return rows;
}

interface MessageRow {
  id: string;
  case_id: string;
  created_at: Date;
  direction: 'inbound' | 'outbound';
  channel_id: string;
  channel_kind: ChannelKind;
  external_id: string | null;
  thread_id: string;
  customer_id: string;
  sender: Sender;
  recipients: Recipient[];
  agent_id: string | null;
  agent_name: string | null;
  sent_at: Date;
  subject: string | null;
  text: string;
  quoted: string | null;
  html: string | null;
  signature: SignatureWords | null;
  marked: boolean;
  template: ChosenTemplate | null;
  call: CallRecord | null;
  automatic: AutomaticKind | null;
  match_rule: MatchRule | null;
  match_score: number | null;
  match_evidence: Evidence[] | null;
  state: DeliveryState | null;
  state_reason: string | null;
  state_detail: string | null;
  state_at: Date | null;
  bounced_by_id: string | null;
  copy_of_id: string | null;
  warnings: string[];
  raw_sha256: string | null;
  version: number;
  attachments: AttachmentRow[] | null;
}

type AttachmentRow = Omit<Attachment, 'url' | 'mediaType' | 'contentId'> & {
  media_type: string;
  content_id: string | null;
};

const attachmentsOf = (owner: string): string =>
  `(SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size,
     'sha256', f.sha256, 'inline', f.inline, 'content_id', f.content_id) ORDER BY f.position)
    FROM attachments f WHERE f.${owner})`;

/** @returns by id; what does not exist is missing */
export async function timelineMessages(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, TimelineItem>> {
  if (ids.length === 0) return new Map();
  const rows: MessageRow[] = await manager.query(
    `SELECT m.*, ch.kind AS channel_kind, a.name AS agent_name, ${attachmentsOf('message_id = m.id')} AS attachments,
            ${isMarked} AS marked
     FROM messages m JOIN channels ch ON ch.id = m.channel_id LEFT JOIN agents a ON a.id = m.agent_id
     WHERE m.id = ANY($1::uuid[])`,
    [ids],
  );
  const marked = rows.filter((row) => row.marked).map((row) => row.id);
  const marks = await marksOf(manager, marked);
  return new Map(rows.map((row) => [row.id, messageItem(row, marks.get(row.id))]));
}

/** @returns by id; what does not exist is missing */
export async function timelineNotes(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, TimelineItem>> {
  if (ids.length === 0) return new Map();
  const rows: {
    id: string;
    case_id: string;
    created_at: Date;
    agent_id: string;
    agent_name: string;
    text: string;
    draft: boolean;
    mentioned: AgentRef[] | null;
    to_agent_id: string | null;
    to_agent_name: string | null;
    attachments: AttachmentRow[] | null;
  }[] = await manager.query(
    `SELECT n.*, a.name AS agent_name, t.name AS to_agent_name, ${attachmentsOf('note_id = n.id')} AS attachments,
            (SELECT json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY m.name)
             FROM agents m WHERE m.id = ANY(n.mentions)) AS mentioned
     FROM notes n JOIN agents a ON a.id = n.agent_id LEFT JOIN agents t ON t.id = n.to_agent_id
     WHERE n.id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        type: 'note',
        id: row.id,
        caseId: row.case_id,
        at: row.created_at.toISOString(),
        agent: { id: row.agent_id, name: row.agent_name },
        text: row.text,
        draft: row.draft,
        mentions: row.mentioned ?? [],
        to: row.to_agent_id === null ? null : { id: row.to_agent_id, name: row.to_agent_name ?? '' },
        attachments: (row.attachments ?? []).map(attachment),
      },
    ]),
  );
}

/** Timeline lines of events, keyed by item id. Events that the timeline does not show are left out. */
export async function timelineEventItems(
  manager: EntityManager,
  events: readonly StoredEvent[],
): Promise<Map<string, TimelineItem>> {
  const shown = events.filter((e) => timelineEvents.includes(e.type));
  const actors = [...new Set(shown.flatMap((e) => e.actorId ?? []))];
  const names = new Map<string, string>();
  if (actors.length > 0) {
    const rows: { id: string; name: string }[] = await manager.query(
      'SELECT id, name FROM agents WHERE id = ANY($1::uuid[])',
      [actors],
    );
    for (const { id, name } of rows) names.set(id, name);
  }
  return new Map(
    shown.flatMap((event) => {
      if (event.caseId === null) return [];
      const id = eventItemId(event.type, event.position.id);
      const name = event.actorId === null ? undefined : names.get(event.actorId);
      const item: TimelineItem = {
        type: 'event',
        id,
        caseId: event.caseId,
        at: event.at.toISOString(),
        event: event.type,
        actor: event.actorId === null || name === undefined ? null : { id: event.actorId, name },
        data: event.data,
      };
      return [[id, item] as const];
    }),
  );
}

/** The events behind item ids made by `eventItemId`. */
export async function eventsOfItems(
  manager: EntityManager,
  itemIds: readonly string[],
): Promise<StoredEvent[]> {
  if (itemIds.length === 0) return [];
  const ids = itemIds.map((id) => BigInt(`0x${id.slice(-12)}`));
  const rows: (Omit<StoredEvent, 'position'> & { tx: string; id: string })[] = await manager.query(
    `SELECT tx, id, type, case_id AS "caseId", version, actor_id AS "actorId", data, at
     FROM events WHERE id = ANY($1::bigint[])`,
    [ids],
  );
  return rows.map(({ tx, id, ...event }) => ({ position: { tx: BigInt(tx), id: BigInt(id) }, ...event }));
}

function messageItem(row: MessageRow, marks: Marks | undefined): TimelineMessage {
  return {
    type: 'message',
    id: row.id,
    caseId: row.case_id,
    at: row.created_at.toISOString(),
    direction: row.direction,
    channelId: row.channel_id,
    channelKind: row.channel_kind,
    externalId: row.external_id,
    threadId: row.thread_id,
    customerId: row.customer_id,
    from: {
      kind: row.sender.kind,
      value: row.sender.value,
      name: row.sender.name ?? null,
      proof: row.direction === 'inbound' ? row.sender.proof : null,
      evidence: row.sender.evidence,
    },
    recipients: row.recipients,
    agent: row.agent_id === null ? null : { id: row.agent_id, name: row.agent_name ?? '' },
    sentAt: row.sent_at.toISOString(),
    subject: row.subject,
    text: row.text,
    quoted: row.quoted,
    html: row.html,
    quote: marks?.quote ?? null,
    changes: marks?.changes ?? [],
    template: row.template?.name ?? null,
    attachments: (row.attachments ?? []).map(attachment),
    call: row.call && callView(row.call),
    automatic: row.automatic,
    match:
      row.match_rule === null
        ? null
        : { rule: row.match_rule, score: row.match_score ?? 0, evidence: row.match_evidence ?? [] },
    state: row.state,
    stateReason: row.state_reason,
    stateDetail: row.state_detail,
    stateAt: row.state_at?.toISOString() ?? null,
    bouncedBy: row.bounced_by_id,
    copyOf: row.copy_of_id,
    signature: row.signature?.text ?? null,
    warnings: row.warnings,
    hasRaw: row.raw_sha256 !== null && row.call === null,
    version: row.version,
  };
}

function attachment({ media_type, content_id, ...row }: AttachmentRow): Attachment {
  return {
    ...row,
    mediaType: media_type,
    contentId: content_id,
    url: `/api/v1/attachments/${row.id}/${urlName(row.name)}`,
  };
}

/** The name at the end of an address is only for people who save it from there; routes take at most 200 characters. */
function urlName(name: string): string {
  const encoded = encodeURIComponent(name);
  return encoded.length <= 180 ? encoded : encodeURIComponent([...name].slice(-15).join(''));
}
