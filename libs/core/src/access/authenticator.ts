import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, type Repository } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { Agent } from './agent.entity.js';
import { ApiToken } from './api-token.entity.js';
import { hashBearerSecret } from './bearer-secret.js';
import type { Principal } from './principal.js';
import { sessionSecret } from './session-cookie.js';
import { SessionRevocations } from './session-revocations.js';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';
import { TokensService } from './tokens.service.js';

/** The headers that say who is asking; those of a request as well as those of a socket's handshake. */
export interface Credentials {
  authorization?: string | undefined;
  cookie?: string | undefined;
}

/** A feeder sends thousands of messages with one token; other processes learn of its end after this time at the latest. */
const tokenCacheMs = 2_000;
const tokenCacheSize = 1_000;

@Injectable()
export class Authenticator {
  private readonly tokens = new Map<string, { principal: Principal; until: number }>();

  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    @InjectRepository(ApiToken) private readonly apiTokens: Repository<ApiToken>,
    @InjectRepository(Agent) private readonly agents: Repository<Agent>,
    private readonly sessionsService: SessionsService,
    private readonly tokensService: TokensService,
    private readonly clock: Clock,
    revocations: SessionRevocations,
  ) {
    revocations.onRevoked(() => {
      this.tokens.clear();
    });
  }

  /**
   * A bearer token counts before a cookie.
   * @returns null when there are no credentials at all
   * @throws AppError unauthenticated `token_invalid` `session_ended`
   */
  async authenticate({ authorization, cookie }: Credentials): Promise<Principal | null> {
    if (authorization !== undefined) return this.byToken(authorization);
    const secret = sessionSecret(cookie);
    return secret === null ? null : this.bySession(secret);
  }

  /** Is this still somebody who may come in? For connections that outlive the request that opened them. */
  async stillValid(principal: Principal): Promise<boolean> {
    const now = this.clock.now();
    const { via } = principal;
    const open =
      via.kind === 'session'
        ? await this.sessions.existsBy({ id: via.sessionId, expiresAt: MoreThan(now) })
        : await this.apiTokens
            .findOneBy({ id: via.tokenId })
            .then((token) => token !== null && token.revokedAt === null);
    if (!open) return false;
    const agent = await this.agents.findOneBy({ id: principal.agent.id });
    return agent !== null && agent.disabledAt === null && agent.role === principal.agent.role;
  }

  private async bySession(secret: string): Promise<Principal> {
    const now = this.clock.now();
    // In one statement: every request of a console waits for it.
    const session = (await this.sessions
      .createQueryBuilder('session')
      .innerJoinAndMapOne('session.agent', Agent, 'agent', 'agent.id = session.agentId')
      .where({ tokenHash: hashBearerSecret(secret), expiresAt: MoreThan(now) })
      .getOne()) as (Session & { agent: Agent }) | null;
    if (!session || session.agent.disabledAt !== null)
      throw new AppError('unauthenticated', 'session_ended', 'the session has ended; sign in again');
    await this.sessionsService.touch(session);
    return { agent: present(session.agent), via: { kind: 'session', sessionId: session.id } };
  }

  private async byToken(authorization: string): Promise<Principal> {
    const secret = /^Bearer +(lkt_[\w-]{43})$/i.exec(authorization)?.[1];
    if (secret === undefined) throw invalidToken();
    const hash = hashBearerSecret(secret);
    const now = this.clock.now().getTime();
    const cached = this.tokens.get(hash);
    if (cached && cached.until > now) return cached.principal;

    const token = await this.apiTokens.findOneBy({ tokenHash: hash });
    const agent = token && token.revokedAt === null && (await this.agents.findOneBy({ id: token.agentId }));
    if (!agent || agent.disabledAt !== null) throw invalidToken();
    await this.tokensService.touch(token);
    const principal: Principal = {
      agent: present(agent),
      via: { kind: 'token', tokenId: token.id, scopes: token.scopes },
    };
    if (this.tokens.size >= tokenCacheSize) this.tokens.clear();
    this.tokens.set(hash, { principal, until: now + tokenCacheMs });
    return principal;
  }
}

function present({ id, name, role, locale }: Agent): Principal['agent'] {
  return { id, name, role, locale };
}

function invalidToken(): AppError {
  return new AppError('unauthenticated', 'token_invalid', 'the bearer token is not, or no longer, valid');
}
