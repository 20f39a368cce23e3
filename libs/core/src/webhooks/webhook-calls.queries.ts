import type { EntityManager } from 'typeorm';

export interface NewCall {
  id: string;
  channelId: string;
  sha256: string;
  mediaType: string;
  bytes: Uint8Array;
  at: Date;
}

/** Of several calls with the same bytes one is kept: the others say nothing else. */
export async function keepCalls(manager: EntityManager, calls: readonly NewCall[]): Promise<void> {
  await manager.query(
    `INSERT INTO webhook_calls (id, channel_id, sha256, media_type, bytes, due_at, received_at)
     SELECT id, channel_id, sha256, media_type, bytes, at, at
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::timestamptz[])
       AS c (id, channel_id, sha256, media_type, bytes, at)
     ON CONFLICT (channel_id, sha256) DO NOTHING`,
    [
      calls.map(({ id }) => id),
      calls.map(({ channelId }) => channelId),
      calls.map(({ sha256 }) => sha256),
      calls.map(({ mediaType }) => mediaType),
      calls.map(({ bytes }) => bytes),
      calls.map(({ at }) => at),
    ],
  );
}

export interface TakenCall {
  id: string;
  channelId: string;
  mediaType: string;
  bytes: Buffer;
  attempts: number;
  receivedAt: Date;
}

/**
 * Takes calls that are due, the longest waiting first; of several workers one gets each. A call that is taken is due
 * again at `until`, so that it is found when its worker died. Calls of a channel that is switched off wait.
 *
 * @param spared channels of which enough is being worked on
 */
export async function takeCalls(
  manager: EntityManager,
  { now, until, atMost, spared }: { now: Date; until: Date; atMost: number; spared: readonly string[] },
): Promise<TakenCall[]> {
  const [rows]: [TakenCall[], number] = await manager.query(
    `UPDATE webhook_calls w SET due_at = $2
     FROM (SELECT c.id FROM webhook_calls c JOIN channels k ON k.id = c.channel_id
           WHERE c.due_at <= $1 AND k.enabled AND c.channel_id <> ALL ($4)
           ORDER BY c.due_at LIMIT $3 FOR UPDATE OF c SKIP LOCKED) due
     WHERE w.id = due.id
     RETURNING w.id, w.channel_id AS "channelId", w.media_type AS "mediaType", w.bytes, w.attempts,
       w.received_at AS "receivedAt"`,
    [now, until, atMost, spared],
  );
  return rows;
}

/** Puts off when calls are due, without counting it as a failed try. */
export async function holdCalls(manager: EntityManager, ids: readonly string[], until: Date): Promise<void> {
  await manager.query(`UPDATE webhook_calls SET due_at = $2 WHERE id = ANY ($1)`, [ids, until]);
}

export async function removeCall(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`DELETE FROM webhook_calls WHERE id = $1`, [id]);
}

/** A try has failed. */
export async function putOffCall(
  manager: EntityManager,
  id: string,
  attempts: number,
  until: Date,
): Promise<void> {
  await manager.query(`UPDATE webhook_calls SET attempts = $2, due_at = $3 WHERE id = $1`, [
    id,
    attempts,
    until,
  ]);
}

/** Makes calls of this channel due at once that have failed before. @param busy are being tried right now */
export async function hurryCalls(
  manager: EntityManager,
  channelId: string,
  now: Date,
  busy: readonly string[],
): Promise<void> {
  await manager.query(
    `UPDATE webhook_calls SET due_at = $2
     WHERE channel_id = $1 AND attempts > 0 AND due_at > $2 AND id <> ALL ($3)`,
    [channelId, now, busy],
  );
}
