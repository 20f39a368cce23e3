import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { PushSubscription } from '@loket/contracts/push.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { PushSender } from './push-sender.js';
import { PushSubscriptionRow } from './push-subscription.entity.js';

/** Devices of one person; more are some that were forgotten. */
const mostDevices = 20;

@Injectable()
export class PushSubscriptions {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly sender: PushSender,
    private readonly clock: Clock,
  ) {}

  /**
   * From now on this browser takes pushes for this person, and for nobody else who was signed in there before.
   * @throws AppError `unprocessable` `push_off`, `push_service_unknown`
   */
  async add(
    { agentId, sessionId }: { agentId: string; sessionId: string },
    { endpoint, keys }: PushSubscription,
  ): Promise<string> {
    if (this.sender.publicKey === null)
      throw new AppError('unprocessable', 'push_off', 'pushing is not set up on this server');
    if (!this.sender.takes(endpoint))
      throw new AppError('unprocessable', 'push_service_unknown', 'this push service is not a known one');
    return this.manager.transaction(async (tx) => {
      const [row]: { id: string }[] = await tx.query(
        `INSERT INTO push_subscriptions (id, agent_id, session_id, endpoint, p256dh, auth, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (endpoint) DO UPDATE
         SET agent_id = excluded.agent_id, session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth
         RETURNING id`,
        [newId(), agentId, sessionId, endpoint, keys.p256dh, keys.auth, this.clock.now()],
      );
      await tx.query(
        `DELETE FROM push_subscriptions WHERE agent_id = $1 AND id NOT IN (
           SELECT id FROM push_subscriptions WHERE agent_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)`,
        [agentId, mostDevices],
      );
      return row?.id ?? '';
    });
  }

  async remove(agentId: string, id: string): Promise<void> {
    await this.manager.delete(PushSubscriptionRow, { id, agentId });
  }
}
