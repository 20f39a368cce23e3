import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, LessThan, MoreThan, Not, type Repository } from 'typeorm';
import type { Page } from '@loket/contracts/primitives.js';
import type { sessionInfoSchema } from '@loket/contracts/access.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import type { z } from 'zod';
import type { Agent } from './agent.entity.js';
import { hashBearerSecret, newBearerSecret } from './bearer-secret.js';
import { PasswordLink } from './password-link.entity.js';
import type { Principal } from './principal.js';
import { SessionRevocations } from './session-revocations.js';
import { Session } from './session.entity.js';
import { SignInChallenge } from './sign-in-challenge.entity.js';

const day = 24 * 60 * 60 * 1000;
/** A session that nobody used for so long is over … */
export const slidingMs = 14 * day;
/** … and one that is used ends after this time at the latest. */
export const absoluteMs = 90 * day;
/** How exactly "last seen" is kept; keeps reads from becoming writes. */
const touchEveryMs = 60_000;

/** From where somebody signs in. */
export interface Origin {
  ip: string;
  userAgent: string | null;
}

/** A new session; `secret` goes into the cookie and is known to nobody else. */
export interface OpenedSession {
  secret: string;
  session: Session;
  agent: Agent;
}

@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly clock: Clock,
    private readonly revocations: SessionRevocations,
  ) {}

  async open(agent: Agent, from: Origin, manager: EntityManager): Promise<OpenedSession> {
    const secret = newBearerSecret();
    const now = this.clock.now();
    const session = manager.create(Session, {
      id: newId(),
      agentId: agent.id,
      tokenHash: hashBearerSecret(secret),
      ip: from.ip,
      userAgent: from.userAgent?.slice(0, 300) ?? null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + slidingMs),
    });
    await manager.insert(Session, session);
    return { secret, session, agent };
  }

  /** Moves the end of a session that is in use. */
  async touch(session: Pick<Session, 'id' | 'createdAt' | 'lastSeenAt'>): Promise<void> {
    const now = this.clock.now().getTime();
    if (now - session.lastSeenAt.getTime() < touchEveryMs) return;
    const end = Math.min(now + slidingMs, session.createdAt.getTime() + absoluteMs);
    await this.sessions.update(
      { id: session.id, expiresAt: MoreThan(new Date(now)) },
      { lastSeenAt: new Date(now), expiresAt: new Date(end) },
    );
  }

  /** The sessions of one agent that are still open, newest first. */
  async list(agentId: string, currentId: string | null): Promise<Page<z.infer<typeof sessionInfoSchema>>> {
    const rows = await this.sessions.find({
      where: { agentId, expiresAt: MoreThan(this.clock.now()) },
      order: { lastSeenAt: 'DESC' },
      take: 100,
    });
    const items = rows.map(({ id, createdAt, lastSeenAt, ip, userAgent }) => ({
      id,
      current: id === currentId,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      ip,
      userAgent,
    }));
    return { items, nextCursor: null };
  }

  /** @throws AppError not_found `session_not_found` also for somebody else's session */
  async revoke(agentId: string, id: string): Promise<void> {
    const now = this.clock.now();
    const { affected } = await this.sessions.update(
      { id, agentId, expiresAt: MoreThan(now) },
      { expiresAt: now },
    );
    if (!affected) throw new AppError('not_found', 'session_not_found', 'there is no such session');
    this.revocations.publish({ kind: 'session', sessionId: id });
  }

  /** All of mine but the one that asks. @returns how many there were */
  async revokeOthers({ agent, via }: Principal): Promise<number> {
    const keep = via.kind === 'session' ? via.sessionId : undefined;
    const ended = await this.endAll(this.sessions.manager, agent.id, keep);
    this.revocations.publish({
      kind: 'agent',
      agentId: agent.id,
      ...(keep ? { exceptSessionId: keep } : {}),
    });
    return ended;
  }

  /**
   * Ends all sessions of an agent, and what could still become one; sockets and caches hear of it when the caller
   * publishes it after commit.
   */
  async endAll(manager: EntityManager, agentId: string, exceptId?: string): Promise<number> {
    const now = this.clock.now();
    await manager.delete(SignInChallenge, { agentId });
    await manager.update(PasswordLink, { agentId, outcome: IsNull() }, { outcome: 'ended' });
    const { affected } = await manager.update(
      Session,
      { agentId, expiresAt: MoreThan(now), ...(exceptId === undefined ? {} : { id: Not(exceptId) }) },
      { expiresAt: now },
    );
    return affected ?? 0;
  }

  /** Removes what ended long ago. Ended sessions are kept a while: they tell from where somebody usually signs in. */
  async prune(): Promise<void> {
    const now = this.clock.now();
    await this.sessions.delete({ createdAt: LessThan(new Date(now.getTime() - absoluteMs)) });
    await this.sessions.manager.delete(SignInChallenge, { expiresAt: LessThan(now) });
  }

  /** Has this person ever signed in from there? */
  async knownFrom(agentId: string, ip: string): Promise<boolean> {
    return this.sessions.existsBy({ agentId, ip });
  }

  async endBySecret(secret: string): Promise<void> {
    const session = await this.sessions.findOneBy({ tokenHash: hashBearerSecret(secret) });
    if (!session) return;
    await this.sessions.update({ id: session.id }, { expiresAt: this.clock.now() });
    this.revocations.publish({ kind: 'session', sessionId: session.id });
  }
}
