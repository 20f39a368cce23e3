import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { VisitorToken as IssuedToken } from '@loket/contracts/visitors.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { hashBearerSecret, newBearerSecret } from '../access/bearer-secret.js';
import { VisitorToken } from './visitor-token.entity.js';
import { Visitor } from './visitor.entity.js';

const openMs = 24 * 3_600_000;
const renewMs = openMs / 2;
const exchangeMs = 180 * 24 * 3_600_000;
/** for tabs that have not heard of the new token yet */
const graceMs = 60_000;
/** a token's last use is written down this often */
const touchMs = 60 * 60_000;
/** a dead token is remembered so long, to notice when somebody comes with it */
const rememberDays = 30;

interface Row {
  id: string;
  visitorId: string;
  parentId: string | null;
  origin: string;
  channelId: string;
  usedAt: Date | null;
  deadAt: Date | null;
  lastUsedAt: Date;
  createdAt: Date;
}

/** Where a token is shown: it is good for this channel and this site only. */
export interface TokenPlace {
  channelId: string;
  /** as `originOf` of the surface names it */
  origin: string;
}

/**
 * Tokens of visitors: 256 random bits, stored hashed, good for a day and exchanged for the next for half a year.
 *
 * An answer that brings a new token may be lost, so the old one stays good until the new one is used; then for a minute
 * more. Whoever comes with it later has it from somewhere else, or somebody else has ours: nobody knows who is who, so
 * all tokens of that visitor end, and the browser begins as somebody new.
 */
@Injectable()
export class VisitorTokens {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly clock: Clock,
  ) {}

  async issue(visitorId: string, origin: string, parentId: string | null): Promise<IssuedToken> {
    const token = newBearerSecret();
    const now = this.clock.now();
    await this.manager.insert(VisitorToken, {
      id: newId(),
      visitorId,
      origin,
      tokenHash: hashBearerSecret(token),
      parentId,
      lastUsedAt: now,
      createdAt: now,
    });
    return { token, visitorId, renewIn: renewMs / 1000, expiresIn: openMs / 1000 };
  }

  /**
   * @param forExchange it opens nothing any more after a day, but can still be exchanged
   * @throws AppError `unauthenticated` `token`
   */
  async authenticate(
    token: string,
    { channelId, origin }: TokenPlace,
    forExchange = false,
  ): Promise<{ tokenId: string; visitorId: string }> {
    const now = this.clock.now();
    const [row]: Row[] = await this.manager.query(
      `SELECT t.id, t.visitor_id AS "visitorId", t.parent_id AS "parentId", t.origin, v.channel_id AS "channelId",
              t.used_at AS "usedAt", t.dead_at AS "deadAt", t.last_used_at AS "lastUsedAt", t.created_at AS "createdAt"
       FROM visitor_tokens t JOIN visitors v ON v.id = t.visitor_id WHERE t.token_hash = $1`,
      [hashBearerSecret(token)],
    );
    if (!row || row.channelId !== channelId || row.origin !== origin) throw noToken();
    if (row.deadAt && row.deadAt <= now) {
      await this.revoke(row.visitorId);
      throw noToken();
    }
    const age = now.getTime() - (forExchange ? row.lastUsedAt : row.createdAt).getTime();
    if (age >= (forExchange ? exchangeMs : openMs)) throw noToken();
    await this.used(row, now);
    return { tokenId: row.id, visitorId: row.visitorId };
  }

  /** @returns those of the tokens that are good no more, for sockets that stay open meanwhile */
  async ended(tokenIds: readonly string[]): Promise<Set<string>> {
    if (tokenIds.length === 0) return new Set();
    const now = this.clock.now();
    const rows: { id: string }[] = await this.manager.query(
      `SELECT id FROM visitor_tokens WHERE id = ANY($1::uuid[]) AND created_at > $2 AND (dead_at IS NULL OR dead_at > $3)`,
      [tokenIds, new Date(now.getTime() - openMs), now],
    );
    const good = new Set(rows.map((row) => row.id));
    return new Set(tokenIds.filter((id) => !good.has(id)));
  }

  /** All tokens of a visitor end now, and stay remembered. */
  async revoke(visitorId: string): Promise<void> {
    await this.manager.query(
      `UPDATE visitor_tokens SET dead_at = least(coalesce(dead_at, $2), $2) WHERE visitor_id = $1`,
      [visitorId, this.clock.now()],
    );
  }

  async prune(): Promise<void> {
    const now = this.clock.now();
    await this.manager.query(
      `DELETE FROM visitor_tokens WHERE last_used_at < $1 OR dead_at < $2::timestamptz - interval '${rememberDays} days'`,
      [new Date(now.getTime() - exchangeMs), now],
    );
    // Nobody can come back as these, and they never wrote.
    await this.manager.query(
      `DELETE FROM visitors v WHERE v.last_seen_at < $1
         AND NOT EXISTS (SELECT FROM visitor_tokens t WHERE t.visitor_id = v.id)
         AND NOT EXISTS (SELECT FROM identities i WHERE i.kind = 'visitor' AND i.value = v.id::text)`,
      [new Date(now.getTime() - exchangeMs)],
    );
  }

  private async used({ id, visitorId, parentId, usedAt, lastUsedAt }: Row, now: Date): Promise<void> {
    if (usedAt !== null && now.getTime() - lastUsedAt.getTime() < touchMs) return;
    await this.manager.query(
      'UPDATE visitor_tokens SET used_at = coalesce(used_at, $2), last_used_at = $2 WHERE id = $1',
      [id, now],
    );
    if (usedAt === null && parentId !== null) {
      await this.manager.query('UPDATE visitor_tokens SET dead_at = coalesce(dead_at, $2) WHERE id = $1', [
        parentId,
        new Date(now.getTime() + graceMs),
      ]);
    }
    await this.manager.update(Visitor, visitorId, { lastSeenAt: now });
  }
}

function noToken(): AppError {
  return new AppError('unauthenticated', 'token', 'the token is missing, unknown or used up');
}
