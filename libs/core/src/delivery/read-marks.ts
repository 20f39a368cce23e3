import { Inject, Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { ChannelDirectory } from '../channels/channel-directory.js';

/** Shows customers that their messages were read, where the channel can and its settings do not forbid it. */
@Injectable()
export class ReadMarks {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly channels: ChannelDirectory,
  ) {}

  /**
   * An answer has left, so what stood before it was read. A courtesy: nobody waits for it, and when it fails it is left
   * until the next answer.
   */
  answered(messageId: string, channel: ChannelRef): void {
    this.mark(messageId, channel).catch((error: unknown) => {
      this.logger.warn(
        { err: error, messageId, channelId: channel.id },
        'messages could not be marked as read',
      );
    });
  }

  private async mark(messageId: string, channel: ChannelRef): Promise<void> {
    const { markRead } = await this.channels.capabilities(channel.kind, channel.config);
    if (!markRead || forbidden(channel.config)) return;
    const externalId = await newestUnmarked(this.manager, messageId);
    if (externalId !== null) await this.bus.request('channel.markRead', { channel, externalId });
  }
}

/** `markRead: false` in any section. */
function forbidden(config: Record<string, unknown>): boolean {
  return Object.values(config).some(
    (section) =>
      typeof section === 'object' &&
      section !== null &&
      (section as Record<string, unknown>)['markRead'] === false,
  );
}

/**
 * The newest message of the other side before an answer in its thread; channels take those before it for read too. What
 * came in after the answer was written nobody may have seen yet.
 *
 * @returns null when there is none, or when another answer that left has had it marked
 */
async function newestUnmarked(manager: EntityManager, messageId: string): Promise<string | null> {
  // Ids that begin with sha256: are ours, made for messages that had none or a longer one; nobody else knows them.
  const [row]: { externalId: string }[] = await manager.query(
    `SELECT seen.external_id AS "externalId"
     FROM messages answer
     CROSS JOIN LATERAL (
       SELECT m.external_id, m.created_at, m.id FROM messages m
       WHERE m.thread_id = answer.thread_id AND m.direction = 'inbound'
         AND (m.created_at, m.id) < (answer.created_at, answer.id)
       ORDER BY m.created_at DESC, m.id DESC LIMIT 1
     ) seen
     WHERE answer.id = $1 AND seen.external_id NOT LIKE 'sha256:%'
       AND NOT EXISTS (
         SELECT FROM messages other
         WHERE other.thread_id = answer.thread_id AND other.direction = 'outbound' AND other.id <> answer.id
           AND other.state IN ('sent', 'delivered', 'read')
           AND (other.created_at, other.id) > (seen.created_at, seen.id))`,
    [messageId],
  );
  return row?.externalId ?? null;
}
