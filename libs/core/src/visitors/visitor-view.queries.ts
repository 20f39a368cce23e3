import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';

/** A message as a visitor may see it, before it is put into the words of the wire. */
export interface VisibleMessage {
  visitorId: string;
  id: string;
  direction: 'inbound' | 'outbound';
  externalId: string | null;
  name: string | null;
  text: string;
  state: DeliveryState | null;
  via: ChannelKind;
  channelId: string;
  createdAt: Date;
  deliveredAt: Date | null;
  readAt: Date | null;
  /** of the picture of who answered */
  pictureSha256: string | null;
  attachments: { id: string; name: string; mediaType: string; size: number }[];
}

/**
 * What a visitor may see; everything else stays closed. `o` is his identity, `m` a message, `v` the visitor:
 * - what he wrote in this chat, and answers that went to him here and have left;
 * - once he has proven a mail address: what went between us and that very address, in cases that he has chatted in, as
 *   long as address and visitor are the same customer's. Not what the address's own domain disowns, not automatic mail,
 *   and not the copies of what the chat shows anyway.
 * Notes, events and other channels stand in other tables, or under other identities, and so cannot come in here.
 */
const visible = `
  (m.direction = 'inbound' OR m.state IN ('sent', 'delivered', 'read'))
  AND ((m.identity_id = o.id AND m.channel_id = v.channel_id)
    OR (v.email_proof = 'verified' AND m.customer_id = o.customer_id AND m.copy_of_id IS NULL AND m.automatic IS NULL
        AND m.sender->>'proof' IS DISTINCT FROM 'failed'
        AND m.identity_id IN (SELECT e.id FROM identities e
                              WHERE e.kind = 'email' AND e.value = v.email AND e.customer_id = o.customer_id
                                AND e.proof = 'verified' AND e.resolves)
        AND EXISTS (SELECT FROM messages c WHERE c.case_id = m.case_id AND c.identity_id = o.id
                    AND c.channel_id = v.channel_id)))`;

const columns = `v.id AS "visitorId", m.id, m.direction, m.external_id AS "externalId", m.sender->>'name' AS name, m.text,
  m.state, ch.kind AS via, m.channel_id AS "channelId", m.created_at AS "createdAt", v.delivered_at AS "deliveredAt",
  v.read_at AS "readAt",
  (SELECT g.picture->>'sha256' FROM agents g WHERE g.id = m.agent_id) AS "pictureSha256",
  (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'mediaType', a.media_type, 'size', a.size)
                            ORDER BY a.position), '[]')
   FROM attachments a WHERE a.message_id = m.id) AS attachments`;

/** Newest first. @param before cursor: time and id of the last one had */
export function readHistory(
  manager: EntityManager,
  visitorId: string,
  limit: number,
  before: { at: Date; id: string } | null,
): Promise<VisibleMessage[]> {
  return manager.query(
    `SELECT ${columns}
     FROM visitors v
     JOIN identities o ON o.kind = 'visitor' AND o.value = v.id::text
     JOIN messages m ON m.customer_id = o.customer_id
     JOIN channels ch ON ch.id = m.channel_id
     WHERE v.id = $1 AND ${visible} AND ($3::timestamptz IS NULL OR (m.created_at, m.id) < ($3, $4::uuid))
     ORDER BY m.created_at DESC, m.id DESC LIMIT $2`,
    [visitorId, limit, before?.at ?? null, before?.id ?? null],
  );
}

/** Which of these messages go to which visitors. */
export function readVisible(
  manager: EntityManager,
  messageIds: readonly string[],
): Promise<VisibleMessage[]> {
  return manager.query(
    `SELECT ${columns}
     FROM messages m
     JOIN identities o ON o.customer_id = m.customer_id AND o.kind = 'visitor'
     JOIN visitors v ON v.id::text = o.value
     JOIN channels ch ON ch.id = m.channel_id
     WHERE m.id = ANY($1::uuid[]) AND ${visible}
     ORDER BY m.created_at, m.id`,
    [messageIds],
  );
}
