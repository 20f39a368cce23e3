import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { settleCallbacks } from '../calls/callbacks.queries.js';
import { previewOf } from '../cases/preview.js';
import { previewSource, shownMessage } from '../cases/preview.queries.js';
import { readsNow } from '../messages/shown-changes.queries.js';

/** What a case shows of its messages. Intake and answers keep it up one by one; after moves it is made anew. */
export interface MessageFigures {
  messageCount: number;
  /** in the order of first use */
  channelKinds: ChannelKind[];
  lastMessageAt: Date;
  lastDirection: 'inbound' | 'outbound';
  preview: string;
}

/**
 * The figures of all messages of these cases together. Automatic mail is never the one shown, unless there is nothing
 * else: then the first.
 *
 * @returns null when they have no message
 */
export async function figuresOf(
  tx: EntityManager,
  caseIds: readonly string[],
): Promise<MessageFigures | null> {
  const [row]: {
    count: number;
    last: Date | null;
    kinds: ChannelKind[];
    text: string;
    direction: 'inbound' | 'outbound';
  }[] = await tx.query(
    `SELECT n.count, n.last, shown.text, shown.direction, ARRAY(
       SELECT kind FROM (
         SELECT DISTINCT ON (ch.kind) ch.kind, m.created_at, m.id FROM messages m JOIN channels ch ON ch.id = m.channel_id
         WHERE m.case_id = ANY($1::uuid[]) ORDER BY ch.kind, m.created_at, m.id) used
       ORDER BY created_at, id) AS kinds
     FROM (SELECT count(*)::int AS count, max(created_at) AS last FROM messages WHERE case_id = ANY($1::uuid[])) n
     LEFT JOIN LATERAL (
       SELECT left(${readsNow('m')}, ${previewSource}) AS text, m.direction FROM messages m
       WHERE m.id = ${shownMessage('= ANY($1::uuid[])')}
     ) shown ON true`,
    [caseIds],
  );
  if (!row?.last) return null;
  return {
    messageCount: row.count,
    channelKinds: row.kinds,
    lastMessageAt: row.last,
    lastDirection: row.direction,
    preview: previewOf(row.text),
  };
}

/** Makes the figures of a case agree with its messages. A case that lost all of them keeps what it showed, but the count. */
export async function recount(tx: EntityManager, caseId: string): Promise<void> {
  await settleCallbacks(tx, [caseId]);
  const figures = await figuresOf(tx, [caseId]);
  if (!figures) {
    await tx.query('UPDATE cases SET message_count = 0 WHERE id = $1', [caseId]);
    return;
  }
  // The instant straight from the table, to the microsecond: lists are ordered by it.
  await tx.query(
    `UPDATE cases SET message_count = $2, channel_kinds = $3::text[], last_direction = $4, preview = $5,
       last_message_at = (SELECT max(created_at) FROM messages WHERE case_id = $1)
     WHERE id = $1`,
    [caseId, figures.messageCount, figures.channelKinds, figures.lastDirection, figures.preview],
  );
}
