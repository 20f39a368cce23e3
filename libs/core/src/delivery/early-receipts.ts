import type { EntityManager } from 'typeorm';
import type { BusRequest } from '@loket/contracts/bus.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import { newId } from '@loket/platform/ids.js';
import { mayBecome } from './delivery-state.js';
import { changedRow, type Changed } from './delivery.queries.js';

// A channel may say that a message was delivered before core has written down by which id the channel knows it. Nobody
// tells it twice, so it waits beside the other things told of messages that are not here yet.

/** The caller holds the external id, and has found no message by it. */
export async function keepEarly(
  tx: EntityManager,
  { channelId, externalId, state, reason, at }: BusRequest<'delivery.receipt'>,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO message_changes (id, channel_id, external_id, type, by_key, content, text, at, created_at)
     SELECT $1, $2, $3, 'receipt', '', $4, $5, $6, $7
     WHERE NOT EXISTS (SELECT FROM message_changes
                       WHERE channel_id = $2 AND external_id = $3 AND type = 'receipt' AND content = $4)
     ON CONFLICT DO NOTHING`,
    [newId(), channelId, externalId, state, reason ?? null, at, now],
  );
}

/**
 * Lets what waited for these messages count, now that their external ids are written.
 * @returns those that it moved on
 */
export async function takeEarly(tx: EntityManager, messageIds: readonly string[]): Promise<Changed[]> {
  const [kept]: [{ id: string; state: DeliveryState; reason: string | null; at: Date }[], number] =
    await tx.query(
      `DELETE FROM message_changes c USING messages m
       WHERE m.id = ANY($1::uuid[]) AND m.direction = 'outbound' AND c.channel_id = m.channel_id
         AND c.external_id = m.external_id AND c.type = 'receipt'
       RETURNING m.id, c.content AS state, c.text AS reason, c.at`,
      [messageIds],
    );
  const changed = new Map<string, Changed>();
  for (const { id, state, reason, at } of kept) {
    const [message]: { state: DeliveryState }[] = await tx.query(
      'SELECT state FROM messages WHERE id = $1 FOR NO KEY UPDATE',
      [id],
    );
    if (!message || !mayBecome(message.state, state)) continue;
    const [[row]]: [Changed[], number] = await tx.query(
      `UPDATE messages m SET state = $2, state_reason = $3, state_detail = NULL, state_at = $4, version = version + 1
       WHERE m.id = $1 RETURNING ${changedRow}`,
      [id, state, reason, at],
    );
    if (row) changed.set(id, row);
  }
  return [...changed.values()];
}
