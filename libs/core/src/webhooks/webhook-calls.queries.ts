import type { EntityManager } from 'typeorm';
import type { BlobRef } from '@loket/contracts/primitives.js';

/** Of several calls with the same bytes one is kept: the others say nothing else. */
export async function keepCall(
  manager: EntityManager,
  call: { id: string; channelId: string; raw: BlobRef; at: Date },
): Promise<void> {
  const { sha256, size, mediaType } = call.raw;
  await manager.query(
    `INSERT INTO webhook_calls (id, channel_id, sha256, size, media_type, due_at, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (channel_id, sha256) DO NOTHING`,
    [call.id, call.channelId, sha256, size, mediaType, call.at],
  );
}

export interface TakenCall {
  id: string;
  channelId: string;
  raw: BlobRef;
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
     RETURNING w.id, w.channel_id AS "channelId", w.attempts, w.received_at AS "receivedAt",
       json_build_object('sha256', w.sha256, 'size', w.size, 'mediaType', w.media_type) AS raw`,
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
