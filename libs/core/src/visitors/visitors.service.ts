import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { VisitorIdentityClaims, VisitorPage, VisitorStatus } from '@loket/contracts/visitors.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { Clock } from '@loket/platform/clock.js';
import { uniqueViolation } from '@loket/platform/database/errors.js';
import { newId } from '@loket/platform/ids.js';
import { normaliseAddress } from '../customers/normalise-address.js';
import { legible } from '../intake/legible.js';
import { hoursInForce, readWorkspaceHours } from '../settings/workspace-hours.js';
import { officeStatus } from './office-hours.js';
import { notProven, readSignedIdentity } from './signed-identity.js';
import type { VisitorChannel } from './visitor-channels.js';
import { VisitorJoining } from './visitor-joining.js';
import { Visitor } from './visitor.entity.js';

/** What the last answers took is asked of the database this often. */
const statusMs = 60_000;

/** Visitors themselves: they come, they are who the site says, and what is known of them. */
@Injectable()
export class VisitorsService {
  private readonly waits = new Map<string, { minutes: number | null; until: number }>();

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly clock: Clock,
    private readonly joining: VisitorJoining,
  ) {}

  /**
   * Somebody whom nobody has seen yet.
   * @param consentAt when he agreed to the channel's text; what his clock says does not go beyond ours
   * @throws AppError `unprocessable` `invalid` where consent is needed and not given
   */
  async create(channel: VisitorChannel, consentAt: string | undefined): Promise<Visitor> {
    const asks = Object.values(channel.config.consentText).some((text) => text.trim() !== '');
    if (asks && consentAt === undefined)
      throw new AppError('unprocessable', 'invalid', 'this chat asks for consent first');
    const now = this.clock.now();
    const agreed = consentAt === undefined ? null : new Date(Math.min(Date.parse(consentAt), now.getTime()));
    const row = { id: newId(), channelId: channel.id, consentAt: agreed, lastSeenAt: now, createdAt: now };
    await this.manager.insert(Visitor, row);
    return this.get(row.id);
  }

  async get(visitorId: string): Promise<Visitor> {
    return this.manager.findOneByOrFail(Visitor, { id: visitorId });
  }

  /**
   * Who the site says that he is. The first time, the visitor of this browser becomes that person; afterwards every
   * browser that is signed as the same person is the same visitor.
   *
   * @param visitorId who he was until now; null: nobody yet
   * @returns whose conversation it is from now on
   * @throws AppError `forbidden` `not_proven`
   */
  async identify(channel: VisitorChannel, visitorId: string | null, jwt: string): Promise<string> {
    const { on, secret } = channel.config.identity;
    if (!on) throw notProven();
    const claims = legible(readSignedIdentity(jwt, { secret, channelId: channel.id, now: this.clock.now() }));
    const id = await this.subjectOf(channel, visitorId, claims);
    await this.keepClaims(id, claims, channel);
    const email = claims.email === undefined ? null : normaliseAddress('email', claims.email).value;
    await this.joining.join(id, email, 'signed_identity');
    return id;
  }

  /** Where he is, and what his browser is. Best effort: nothing else depends on it. */
  async arrived(
    visitorId: string,
    seen: { page?: VisitorPage; browser?: string | undefined; language?: VisitorLanguage },
  ): Promise<void> {
    const { page, browser, language } = legible(seen);
    await this.manager.query(
      `UPDATE visitors SET last_seen_at = $2, page = coalesce($3::jsonb, page), browser = coalesce($4, browser),
         language = coalesce($5, language) WHERE id = $1`,
      [
        visitorId,
        this.clock.now(),
        page ? JSON.stringify(page) : null,
        browser?.slice(0, 500) ?? null,
        language ?? null,
      ],
    );
  }

  /** He has been gone since then. What is known to be later stays. */
  async left(visitorId: string, at: Date): Promise<void> {
    await this.manager.query('UPDATE visitors SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2', [
      visitorId,
      at,
    ]);
  }

  async status(channel: VisitorChannel): Promise<VisitorStatus> {
    const now = this.clock.now();
    const { open, opensAt } = officeStatus(
      hoursInForce(channel.config.officeHours, await readWorkspaceHours(this.manager)),
      now,
    );
    return {
      online: open,
      expectedMinutes: open ? await this.expectedMinutes(channel.id, now) : null,
      opensAt: opensAt?.toISOString() ?? null,
    };
  }

  private async subjectOf(
    channel: VisitorChannel,
    visitorId: string | null,
    { sub }: VisitorIdentityClaims,
  ): Promise<string> {
    for (;;) {
      const known = await this.manager.findOneBy(Visitor, { channelId: channel.id, subject: sub });
      if (known) return known.id;
      try {
        if (visitorId !== null) {
          const { affected } = await this.manager
            .createQueryBuilder()
            .update(Visitor)
            .set({ subject: sub })
            .where('id = :visitorId AND channel_id = :channelId AND subject IS NULL', {
              visitorId,
              channelId: channel.id,
            })
            .execute();
          if (affected === 1) return visitorId;
        }
        const id = newId();
        const now = this.clock.now();
        const row = { id, channelId: channel.id, subject: sub, lastSeenAt: now, createdAt: now };
        await this.manager.insert(Visitor, row);
        return id;
      } catch (error) {
        // Another tab was quicker.
        if (uniqueViolation(error) === null) throw error;
      }
    }
  }

  private async keepClaims(
    visitorId: string,
    { name, email, phone }: VisitorIdentityClaims,
    { config }: VisitorChannel,
  ): Promise<void> {
    await this.manager.update(Visitor, visitorId, {
      provenBy: 'signed_identity',
      ...(name === undefined ? {} : { name }),
      ...(email === undefined
        ? {}
        : { email: normaliseAddress('email', email).value, emailProof: 'verified' as const }),
      ...(phone === undefined
        ? {}
        : {
            phone: normaliseAddress('phone', phone, config.defaultRegion).value,
            phoneProof: 'verified' as const,
          }),
    });
  }

  /** The middle one of the last answers, rounded to what one may promise. */
  private async expectedMinutes(channelId: string, now: Date): Promise<number | null> {
    const known = this.waits.get(channelId);
    if (known && known.until > now.getTime()) return known.minutes;
    const [row]: { seconds: number | null }[] = await this.manager.query(
      `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.created_at - q.asked)) AS seconds
       FROM (SELECT thread_id, created_at FROM messages
             WHERE channel_id = $1 AND direction = 'outbound' AND created_at > $2::timestamptz - interval '7 days'
             ORDER BY created_at DESC LIMIT 50) a
       CROSS JOIN LATERAL (SELECT max(created_at) AS asked FROM messages q
             WHERE q.thread_id = a.thread_id AND q.direction = 'inbound' AND q.created_at < a.created_at) q
       WHERE q.asked IS NOT NULL`,
      [channelId, now],
    );
    const seconds = row?.seconds ?? null;
    const minutes = seconds === null ? null : rounded(Number(seconds) / 60);
    this.waits.set(channelId, { minutes, until: now.getTime() + statusMs });
    return minutes;
  }
}

function rounded(minutes: number): number {
  if (minutes <= 10) return Math.max(1, Math.ceil(minutes));
  if (minutes <= 60) return Math.ceil(minutes / 5) * 5;
  return Math.min(100_000, Math.ceil(minutes / 60) * 60);
}
