import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, LessThan, MoreThan, Not, type Repository } from 'typeorm';
import type { Page } from '@loket/contracts/primitives.js';
import type { sessionInfoSchema, SignIn } from '@loket/contracts/access.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import type { z } from 'zod';
import { Agent } from './agent.entity.js';
import { hashBearerSecret, newBearerSecret } from './bearer-secret.js';
import { verifyPassword } from './passwords.js';
import { SessionRevocations } from './session-revocations.js';
import { Session } from './session.entity.js';
import { SignInLimits } from './sign-in-limits.js';

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
    @InjectRepository(Agent) private readonly agents: Repository<Agent>,
    private readonly clock: Clock,
    private readonly limits: SignInLimits,
    private readonly revocations: SessionRevocations,
  ) {}

  /**
   * @param earlier secret of a session cookie that came along; that session ends, whoever's it was
   * @throws AppError unauthenticated `sign_in_failed`, the same for a wrong name, a wrong password and a disabled agent
   */
  async signIn({ email, password }: SignIn, from: Origin, earlier: string | null): Promise<OpenedSession> {
    const right = await this.limits.take(from.ip, email, () => this.knownFrom(email, from.ip));
    const agent = await this.agents.findOneBy({ email });
    const usable = agent !== null && agent.disabledAt === null;
    const matches = await verifyPassword(password, usable ? agent.passwordHash : null);
    if (!matches || !usable)
      throw new AppError('unauthenticated', 'sign_in_failed', 'the address or the password is wrong');
    await right();
    if (earlier !== null) await this.endBySecret(earlier);
    return this.open(agent, from, this.sessions.manager);
  }

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

  /** Ends all sessions of an agent; sockets and caches hear of it when the caller publishes it after commit. */
  async endAll(manager: EntityManager, agentId: string, exceptId?: string): Promise<void> {
    const now = this.clock.now();
    await manager.update(
      Session,
      { agentId, expiresAt: MoreThan(now), ...(exceptId === undefined ? {} : { id: Not(exceptId) }) },
      { expiresAt: now },
    );
  }

  /** Removes what ended long ago. Ended sessions are kept a while: they tell from where somebody usually signs in. */
  async prune(): Promise<void> {
    await this.sessions.delete({ createdAt: LessThan(new Date(this.clock.now().getTime() - absoluteMs)) });
  }

  private async endBySecret(secret: string): Promise<void> {
    const session = await this.sessions.findOneBy({ tokenHash: hashBearerSecret(secret) });
    if (!session) return;
    await this.sessions.update({ id: session.id }, { expiresAt: this.clock.now() });
    this.revocations.publish({ kind: 'session', sessionId: session.id });
  }

  private async knownFrom(email: string, ip: string): Promise<boolean> {
    const agent = await this.agents.findOneBy({ email });
    return agent !== null && (await this.sessions.existsBy({ agentId: agent.id, ip }));
  }
}
