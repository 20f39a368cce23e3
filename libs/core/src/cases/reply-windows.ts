import type { EntityManager } from 'typeorm';

/** One address on one channel, as an answer would go. */
interface Place {
  channelId: string;
  identityId: string;
}

/**
 * When the customer last wrote from an address on a channel; what our own side wrote and reactions do not count, since
 * they do not open the channel's reply window either.
 *
 * The same person may stand there under several names: a number that a call made known, the account's own id, the id that
 * hides the number. All of them count together, but two numbers, or two ids of one kind, are two accounts.
 *
 * @returns by `placeKey`; nothing for a place that no message came from
 */
export async function lastWrittenFrom(
  manager: EntityManager,
  places: readonly Place[],
): Promise<Map<string, Date>> {
  if (places.length === 0) return new Map();
  // A call may bring what was written long ago, and a sender's clock may run ahead: the earlier of both times.
  const rows: { channelId: string; identityId: string; at: Date }[] = await manager.query(
    `SELECT place.channel_id AS "channelId", i.id AS "identityId", max(newest.at) AS at
     FROM unnest($1::uuid[], $2::uuid[]) AS place (channel_id, identity_id)
     JOIN identities i ON i.id = place.identity_id
     JOIN identities same ON same.customer_id = i.customer_id
       AND (same.id = i.id OR CASE
         WHEN same.kind IN ('phone', 'whatsapp') AND i.kind IN ('phone', 'whatsapp') THEN same.value = i.value
         ELSE same.kind <> i.kind END)
     CROSS JOIN LATERAL (
       SELECT least(m.sent_at, m.created_at) AS at FROM messages m
       WHERE m.identity_id = same.id AND m.channel_id = place.channel_id AND m.direction = 'inbound'
       ORDER BY least(m.sent_at, m.created_at) DESC LIMIT 1
     ) newest
     GROUP BY 1, 2`,
    [places.map((p) => p.channelId), places.map((p) => p.identityId)],
  );
  return new Map(rows.map(({ at, ...place }) => [placeKey(place), at]));
}

export function placeKey({ channelId, identityId }: Place): string {
  return `${channelId} ${identityId}`;
}
