import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { VisitorClaim } from '@loket/contracts/visitors.js';
import type { WebchatConfig } from '@loket/contracts/webchat-config.js';
import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { SECRET } from '@loket/platform/secret.js';
import { normaliseAddress } from '../customers/normalise-address.js';
import { legible } from '../intake/legible.js';
import { usualWords } from '../settings/customer-languages.js';
import { readWorkspace } from '../settings/workspace-settings.js';
import { CodeMail } from './code-mail.js';
import { notProven } from './signed-identity.js';
import type { VisitorChannel } from './visitor-channels.js';
import { VisitorCode } from './visitor-code.entity.js';
import { VisitorJoining } from './visitor-joining.js';
import { Visitor } from './visitor.entity.js';

const goodForMs = 10 * 60_000;
const maxTries = 5;
/** codes in an hour: to one address, from whoever; and by one visitor, to wherever */
const maxPerHour = 3;
const hourMs = 3_600_000;

/**
 * "Answer me here": an address that a visitor types is a claim and opens nothing, until he reads back the code that went
 * there. Whether anybody knows the address makes no difference to what he is told, nor to how long that takes: the mail
 * leaves in the background.
 */
@Injectable()
export class VisitorClaims implements OnModuleInit {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(SECRET) private readonly secret: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly jobs: JobQueue,
    private readonly joining: VisitorJoining,
    private readonly mail: CodeMail,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('send-visitor-code', ({ codeId }) => this.send(codeId));
  }

  /** Where answers can follow a visitor: of the setting, what leads anywhere. Without mail, no code would ever come. */
  async waysOn({ config }: VisitorChannel): Promise<WebchatConfig['continueBy']> {
    const mail = config.continueBy.includes('email') && (await this.mail.isAble());
    return config.continueBy.filter((way) => way !== 'email' || mail);
  }

  /** @throws AppError `rate_limited` `rate_limited` */
  async claim(channel: VisitorChannel, visitorId: string, given: VisitorClaim): Promise<void> {
    const claim = legible(given);
    if ('phone' in claim) {
      const { value, verbatim } = normaliseAddress('phone', claim.phone, channel.config.defaultRegion);
      await this.manager.query(
        `UPDATE visitors SET phone = $2, phone_proof = 'claimed' WHERE id = $1 AND phone_proof IS DISTINCT FROM 'verified'`,
        [visitorId, value],
      );
      await this.joining.claim(visitorId, 'phone', value, verbatim);
      return;
    }
    const { value, verbatim } = normaliseAddress('email', claim.email);
    const codeId = await this.open(visitorId, value);
    // An address that he has proven stays his until another one is proven.
    await this.manager.query(
      `UPDATE visitors SET email = $2, email_proof = 'claimed' WHERE id = $1 AND email_proof IS DISTINCT FROM 'verified'`,
      [visitorId, value],
    );
    await this.joining.claim(visitorId, 'email', value, verbatim);
    try {
      await this.jobs.add('send-visitor-code', { codeId }, codeId);
    } catch (error) {
      this.logger.warn({ err: error, codeId }, 'a code could not be sent; the visitor can ask for another');
    }
  }

  /**
   * The code of his last claim.
   * @throws AppError `forbidden` `not_proven`, whatever is wrong with it
   */
  async confirm(visitorId: string, code: string): Promise<void> {
    const address = await this.manager.transaction(async (tx) => {
      const last = await tx.findOne(VisitorCode, {
        where: { visitorId },
        order: { createdAt: 'DESC', id: 'DESC' },
        lock: { mode: 'for_no_key_update' },
      });
      const now = this.clock.now();
      if (!last || last.settledAt !== null || last.tries >= maxTries || last.expiresAt <= now) return null;
      const right = last.codeHash !== null && sameHash(last.codeHash, this.hash(last.id, code));
      await tx.update(VisitorCode, last.id, {
        tries: last.tries + 1,
        settledAt: right || last.tries + 1 >= maxTries ? now : null,
      });
      if (!right) return null;
      await tx.query(
        `UPDATE visitors SET email = $2, email_proof = 'verified', proven_by = coalesce(proven_by, 'one_time_code')
         WHERE id = $1`,
        [visitorId, last.address],
      );
      return last.address;
    });
    if (address === null) throw notProven();
    await this.joining.join(visitorId, address, 'one_time_code');
  }

  async prune(): Promise<void> {
    await this.manager.query('DELETE FROM visitor_codes WHERE created_at < $1', [
      new Date(this.clock.now().getTime() - 24 * hourMs),
    ]);
  }

  private async open(visitorId: string, address: string): Promise<string> {
    const now = this.clock.now();
    const id = newId();
    await this.manager.transaction(async (tx) => {
      // Asked for at once from ten places, it still counts as ten.
      await tx.query(
        `SELECT pg_advisory_xact_lock(hashtextextended(k, 0))
         FROM unnest($1::text[]) k ORDER BY hashtextextended(k, 0)`,
        [[`visitor-code:${visitorId}`, `visitor-code:${address}`]],
      );
      const [counts]: { own: number; there: number; oldest: Date | null }[] = await tx.query(
        `SELECT count(*) FILTER (WHERE visitor_id = $1)::int AS own,
                count(*) FILTER (WHERE address = $2)::int AS there, min(created_at) AS oldest
         FROM visitor_codes WHERE (visitor_id = $1 OR address = $2) AND created_at > $3`,
        [visitorId, address, new Date(now.getTime() - hourMs)],
      );
      if (counts && (counts.own >= maxPerHour || counts.there >= maxPerHour)) {
        const until = (counts.oldest?.getTime() ?? now.getTime()) + hourMs;
        throw new AppError('rate_limited', 'rate_limited', 'too many codes; wait before the next one', {
          data: { retryAfterSeconds: Math.max(1, Math.ceil((until - now.getTime()) / 1000)) },
        });
      }
      const expiresAt = new Date(now.getTime() + goodForMs);
      await tx.insert(VisitorCode, { id, visitorId, address, expiresAt, createdAt: now });
    });
    return id;
  }

  /** The code is made only now, and is nowhere but in the mail. */
  private async send(codeId: string): Promise<void> {
    const row = await this.manager.findOneBy(VisitorCode, { id: codeId });
    if (!row || row.codeHash !== null || row.settledAt !== null) return;
    const code = String(randomInt(10 ** visitorLimits.code)).padStart(visitorLimits.code, '0');
    await this.manager.update(VisitorCode, codeId, { codeHash: this.hash(codeId, code) });
    const visitor = await this.manager.findOneByOrFail(Visitor, { id: row.visitorId });
    const { customerLanguages } = await readWorkspace(this.manager);
    await this.mail.send(codeId, row.address, code, visitor.language ?? usualWords(customerLanguages));
  }

  private hash(codeId: string, code: string): string {
    return createHmac('sha256', this.secret).update(`visitor-code:${codeId}:${code}`).digest('hex');
  }
}

function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
