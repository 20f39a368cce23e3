import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '@loket/platform/clock.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { SessionsService } from '../access/sessions.service.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { InvitationsService } from '../invitations/invitations.service.js';
import { PasswordLinks } from '../password-links/password-links.service.js';
import { VisitorClaims } from '../visitors/visitor-claims.service.js';
import { VisitorFiles } from '../visitors/visitor-files.service.js';
import { VisitorTokens } from '../visitors/visitor-tokens.service.js';

/** Days that something told of a message waits for the message. */
const waitDays = 30;
/** A receipt only waits for the answer to a send; others send by the same number too, and nobody knows their messages. */
const receiptDays = 1;
const everyMs = 60 * 60 * 1000;

/** Removes rows that only were of use for a while. */
@Injectable()
export class Prune implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly sessions: SessionsService,
    private readonly idempotency: IdempotencyService,
    private readonly invitations: InvitationsService,
    private readonly passwordLinks: PasswordLinks,
    private readonly visitorTokens: VisitorTokens,
    private readonly visitorClaims: VisitorClaims,
    private readonly visitorFiles: VisitorFiles,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('prune', async () => {
      await this.sessions.prune();
      await this.idempotency.prune();
      await this.invitations.prune();
      await this.passwordLinks.prune();
      await this.pruneChanges();
      await this.visitorClaims.prune();
      await this.visitorFiles.prune();
      await this.visitorTokens.prune();
      await this.pruneRinging();
    });
  }

  /** What was told of messages that have not come in by now, and so will not: ones from before the channel was ours. */
  async pruneChanges(): Promise<void> {
    await this.manager.query(
      `DELETE FROM message_changes c
       WHERE CASE c.type
         WHEN 'receipt' THEN c.created_at < $1::timestamptz - interval '${receiptDays} days'
         ELSE c.created_at < $1::timestamptz - interval '${waitDays} days' AND NOT EXISTS (
           SELECT FROM messages m WHERE m.channel_id = c.channel_id AND m.external_id = c.external_id) END`,
      [this.clock.now()],
    );
  }

  /** By now it has stopped. */
  private async pruneRinging(): Promise<void> {
    await this.manager.query(
      `DELETE FROM ringing_calls WHERE created_at < $1::timestamptz - interval '1 hour'`,
      [this.clock.now()],
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('prune', {}, everyMs);
  }
}
