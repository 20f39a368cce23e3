import type { EntityManager } from 'typeorm';
import type { Availability } from '@loket/contracts/teams.js';
import type { PushedNotice } from './push-text.js';

/** A notice of which it is to be decided whether somebody's devices ring, with all that this needs. */
export interface DuePush extends PushedNotice {
  at: Date;
  read: boolean;
  timeZone: string;
  availability: Availability;
  activeAt: Date | null;
  preferences: unknown;
  devices: { id: string; endpoint: string; p256dh: string; auth: string }[];
}

export async function isAnyDue(manager: EntityManager, now: Date): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    'SELECT FROM notices WHERE push_at IS NOT NULL AND push_at <= $1 LIMIT 1',
    [now],
  );
  return rows.length > 0;
}

/** Takes on what is due: nobody else gets it until `until`. Only devices whose session still lives are told. */
export async function claimDue(
  manager: EntityManager,
  now: Date,
  until: Date,
  limit: number,
): Promise<DuePush[]> {
  const [claimed]: [{ id: string }[], number] = await manager.query(
    `UPDATE notices SET push_at = $2 WHERE id IN (
       SELECT id FROM notices WHERE push_at IS NOT NULL AND push_at <= $1
       ORDER BY push_at LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING id`,
    [now, until, limit],
  );
  if (claimed.length === 0) return [];
  return manager.query(
    `SELECT n.id, n.kind, n.at, n.reason, n.read_at IS NOT NULL AS read, c.number::int, c.subject,
            cu.name AS "customerName", actor.name AS "actorName",
            a.locale, a.time_zone AS "timeZone", coalesce(w.availability, 'offline') AS availability,
            w.active_at AS "activeAt", p.preferences,
            coalesce((
              SELECT jsonb_agg(jsonb_build_object('id', s.id, 'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth))
              FROM push_subscriptions s JOIN sessions live ON live.id = s.session_id AND live.expires_at > $2
              WHERE s.agent_id = n.agent_id AND a.disabled_at IS NULL), '[]') AS devices
     FROM notices n
     JOIN agents a ON a.id = n.agent_id
     JOIN cases c ON c.id = n.case_id
     JOIN customers cu ON cu.id = c.customer_id
     LEFT JOIN agents actor ON actor.id = n.actor_id
     LEFT JOIN agent_work w ON w.agent_id = n.agent_id
     LEFT JOIN notice_preferences p ON p.agent_id = n.agent_id
     WHERE n.id = ANY($1::uuid[])`,
    [claimed.map(({ id }) => id), now],
  );
}

/** @param again when to try once more; null: it is done with */
export async function settle(manager: EntityManager, id: string, again: Date | null): Promise<void> {
  await manager.query('UPDATE notices SET push_at = $2 WHERE id = $1', [id, again]);
}
