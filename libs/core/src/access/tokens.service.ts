import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type Repository } from 'typeorm';
import type { z } from 'zod';
import type { createdTokenSchema, CreateToken, tokenSchema } from '@loket/contracts/access.js';
import { AppError } from '@loket/contracts/errors.js';
import type { Page } from '@loket/contracts/primitives.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { ApiToken } from './api-token.entity.js';
import { hashBearerSecret, newBearerSecret } from './bearer-secret.js';
import { hasRole, type Principal } from './principal.js';
import { SessionRevocations } from './session-revocations.js';

const touchEveryMs = 60_000;

@Injectable()
export class TokensService {
  constructor(
    @InjectRepository(ApiToken) private readonly tokens: Repository<ApiToken>,
    private readonly clock: Clock,
    private readonly revocations: SessionRevocations,
  ) {}

  async list(agentId: string): Promise<Page<z.infer<typeof tokenSchema>>> {
    const rows = await this.tokens.find({
      where: { agentId, revokedAt: IsNull() },
      order: { createdAt: 'DESC' },
      take: 500,
    });
    return { items: rows.map(tokenView), nextCursor: null };
  }

  /** @throws AppError forbidden `scope_beyond_role` when the maker could not use the scope himself */
  async create(maker: Principal, { name, scopes }: CreateToken): Promise<z.infer<typeof createdTokenSchema>> {
    if (!hasRole(maker, 'admin') && scopes.some((scope) => scope === 'admin' || scope === 'inbound'))
      throw new AppError('forbidden', 'scope_beyond_role', 'only an admin can make a token with this scope');
    const secret = `lkt_${newBearerSecret()}`;
    const token = this.tokens.create({
      id: newId(),
      agentId: maker.agent.id,
      name,
      scopes: [...new Set(scopes)],
      tokenHash: hashBearerSecret(secret),
      createdAt: this.clock.now(),
      lastUsedAt: null,
      revokedAt: null,
    });
    await this.tokens.insert(token);
    return { ...tokenView(token), token: secret };
  }

  /** @throws AppError not_found `token_not_found` also for somebody else's token */
  async revoke(agentId: string, id: string): Promise<void> {
    const { affected } = await this.tokens.update(
      { id, agentId, revokedAt: IsNull() },
      { revokedAt: this.clock.now() },
    );
    if (!affected) throw new AppError('not_found', 'token_not_found', 'there is no such token');
    this.revocations.publish({ kind: 'token', tokenId: id });
  }

  /** Notes that the token is in use, to the minute. */
  async touch({ id, lastUsedAt }: ApiToken): Promise<void> {
    const now = this.clock.now();
    if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < touchEveryMs) return;
    await this.tokens.update({ id }, { lastUsedAt: now });
  }
}

function tokenView({ id, name, scopes, createdAt, lastUsedAt }: ApiToken): z.infer<typeof tokenSchema> {
  return {
    id,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
