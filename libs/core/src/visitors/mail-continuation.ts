import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { idOf } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { ReplyOptions } from '../cases/reply-options.js';
import { Attachment } from '../messages/attachment.entity.js';
import { Message } from '../messages/message.entity.js';
import { RepliesService } from '../messages/replies.service.js';
import { untilHeld } from '../operations/until-held.js';

const everyMs = 5_000;
/** Whoever has not come back within a day is not surprised by old answers. */
const dayMs = 24 * 3_600_000;

interface Waiting {
  id: string;
  caseId: string;
  customerId: string;
  agentId: string;
  agentName: string | null;
  text: string;
  email: string | null;
}

/**
 * An answer that no screen of the visitor's has shown within the channel's time goes on by mail, in the same case, so that
 * what he writes back comes there too. Only to an address that is proven, of the customer that he is. Work is found in the
 * rows, so nothing is lost with a process; a copy has an id that its answer gives, so none goes twice.
 */
@Injectable()
export class MailContinuation implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly jobs: JobQueue,
    private readonly replyOptions: ReplyOptions,
    private readonly replies: RepliesService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('continue-by-mail', () => this.sweep());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('continue-by-mail', {}, everyMs);
  }

  async sweep(): Promise<void> {
    for (const answer of await this.waiting()) {
      try {
        await this.continue(answer);
      } catch (error) {
        // What cannot go by mail now is looked at again for a day.
        const known = error instanceof AppError;
        this.logger.warn(
          { messageId: answer.id, ...(known ? { code: error.code } : { err: error }) },
          'an answer could not go on by mail',
        );
      }
    }
  }

  private waiting(): Promise<Waiting[]> {
    const now = this.clock.now();
    return this.manager.query(
      `SELECT m.id, m.case_id AS "caseId", m.customer_id AS "customerId", m.agent_id AS "agentId",
              m.sender->>'name' AS "agentName", m.text, CASE WHEN v.email_proof = 'verified' THEN v.email END AS email
       FROM channels ch
       JOIN messages m ON m.channel_id = ch.id AND m.direction = 'outbound' AND m.created_at > $2
       JOIN identities o ON o.id = m.identity_id AND o.kind = 'visitor'
       JOIN visitors v ON v.id::text = o.value AND v.channel_id = ch.id
       WHERE ch.enabled AND coalesce((ch.config->'continuity'->>'on')::boolean, true)
         AND ch.config ? 'allowedOrigins' AND m.state = 'sent' AND m.agent_id IS NOT NULL AND m.copy_of_id IS NULL
         AND m.state_at <= $1::timestamptz
             - make_interval(secs => coalesce((ch.config->'continuity'->>'afterSeconds')::float8, 60))
         AND EXISTS (SELECT FROM identities e WHERE e.customer_id = m.customer_id AND e.kind = 'email'
                     AND e.proof = 'verified' AND e.resolves AND e.undeliverable_at IS NULL)
         AND NOT EXISTS (SELECT FROM messages c WHERE c.case_id = m.case_id AND c.copy_of_id = m.id)
       ORDER BY m.created_at, m.id LIMIT 200`,
      [now, new Date(now.getTime() - dayMs)],
    );
  }

  private async continue(answer: Waiting): Promise<void> {
    const messageId = idOf('mail-copy', answer.id);
    const files = await this.manager.find(Attachment, {
      where: { messageId: answer.id },
      order: { position: 'ASC' },
    });
    const written = await untilHeld(() =>
      this.manager.transaction(async (tx) => {
        // The visitor may have come back at this very moment; his mark and this go one after the other.
        const current = await tx.findOne(Message, {
          where: { id: answer.id },
          lock: { mode: 'for_no_key_update' },
        });
        if (current?.state !== 'sent' || (await tx.existsBy(Message, { id: messageId }))) return false;
        const routes = (await this.replyOptions.routes(tx, current.caseId)).filter(
          (route) =>
            route.identityKind === 'email' &&
            route.customerId === current.customerId &&
            route.blocked === null &&
            route.caution === null,
        );
        const route =
          routes.find(({ identityValue }) => identityValue === answer.email) ??
          routes.find(({ threadId }) => threadId !== null) ??
          routes[0];
        if (!route) return false;
        await this.replies.writeWithin(
          tx,
          current.caseId,
          messageId,
          {
            text: answer.text,
            channelId: route.channelId,
            identityId: route.identityId,
            attachments: files.map(({ sha256, name, mediaType, size }) => ({
              sha256,
              name,
              mediaType,
              size,
            })),
          },
          { id: answer.agentId, name: answer.agentName ?? '' },
        );
        await tx.update(Message, messageId, { copyOfId: answer.id });
        return true;
      }),
    );
    if (written) await this.replies.written(messageId);
  }
}
