import type { QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';
import type { CaseStatus } from '@loket/contracts/cases.js';
import type { Sender } from '@loket/contracts/inbound.js';
import { prepared } from '@loket/platform/database/prepared.js';

export interface OwnPlaceRow extends QueryResultRow {
  position: number;
  /** the customer's newest open case; null when he has none */
  case_id: string | null;
  case_number: string;
  status: CaseStatus;
  arrangement: number;
  /** the customer has written in this conversation since */
  overtaken: boolean;
}

/** Where messages of our own side may go that no conversation leads anywhere, and whether they come late. */
export const findOwnPlaces = prepared<OwnPlaceRow>(
  'intake_own_places',
  `SELECT i.position::int, k.id AS case_id, k.number AS case_number, k.status, k.arrangement,
          EXISTS (
            SELECT FROM threads t JOIN messages m ON m.thread_id = t.id
            WHERE t.channel_id = i.channel_id AND t.conversation = i.conversation AND m.direction = 'inbound'
              AND m.automatic IS NULL AND m.sent_at > i.sent_at) AS overtaken
   FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[])
     WITH ORDINALITY AS i(channel_id, conversation, customer_id, sent_at, position)
   LEFT JOIN LATERAL (
     SELECT id, number, status, arrangement FROM cases c
     WHERE c.customer_id = i.customer_id AND c.status IN ('open', 'pending') AND c.merged_into_id IS NULL
     ORDER BY c.last_message_at DESC, c.id LIMIT 1
   ) k ON true`,
);

/** Whom a conversation is with, by its newest message. @returns null when nobody has written in it */
export async function personOfConversation(
  manager: EntityManager,
  channelId: string,
  conversation: string,
): Promise<Sender | null> {
  const [row]: Pick<Sender, 'kind' | 'value' | 'name' | 'proof'>[] = await manager.query(
    `SELECT i.kind, i.value, i.name, i.proof
     FROM threads t
     JOIN LATERAL (SELECT identity_id FROM messages WHERE thread_id = t.id ORDER BY created_at DESC, id DESC LIMIT 1) m
       ON true
     JOIN identities i ON i.id = m.identity_id
     WHERE t.channel_id = $1 AND t.conversation = $2`,
    [channelId, conversation],
  );
  return row ? { ...row, evidence: [] } : null;
}
