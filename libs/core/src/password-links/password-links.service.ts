import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { EventData } from '@loket/contracts/events.js';
import { invitationLimits } from '@loket/contracts/invitation-limits.js';
import type { MadePasswordLink, OpenPasswordLink, UsePasswordLink } from '@loket/contracts/password-links.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { Agent } from '../access/agent.entity.js';
import { hashBearerSecret, newBearerSecret } from '../access/bearer-secret.js';
import { LinkGate } from '../access/link-gate.js';
import { PasswordLink } from '../access/password-link.entity.js';
import { hashPassword } from '../access/passwords.js';
import type { Principal } from '../access/principal.js';
import { SessionRevocations } from '../access/session-revocations.js';
import { SessionsService } from '../access/sessions.service.js';
import { SignInLimits } from '../access/sign-in-limits.js';
import { OwnMail } from '../delivery/own-mail.js';
import { EventLog } from '../events/event-log.js';
import { passwordLinkMail } from './password-link-mail.js';

const goodForMs = invitationLimits.passwordLinkMinutes * 60_000;
const hourMs = 3_600_000;
const keptMs = 30 * 24 * hourMs;
/** Mails in an hour to one person, whoever asks: nobody's mailbox is filled with them. */
const mailsPerHour = 3;

/**
 * For whoever has forgotten his password. The link changes the password and nothing else: he signs in with it as
 * everybody does, so a second step is asked of him as before.
 */
@Injectable()
export class PasswordLinks implements OnModuleInit {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly jobs: JobQueue,
    private readonly mail: OwnMail,
    private readonly gate: LinkGate,
    private readonly limits: SignInLimits,
    private readonly sessions: SessionsService,
    private readonly revocations: SessionRevocations,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('send-password-link', ({ linkId, address }) => this.send(linkId, address));
  }

  /** Whether one can be asked for by mail. @param address null: what to write into the mail is not known */
  async canMail(address: string | null): Promise<boolean> {
    return address !== null && (await this.mail.isAble());
  }

  /**
   * Answers the same, and as fast, whoever is asked for: looking him up and writing to him happens afterwards.
   * @param address of the console, never what the asking request calls it: it goes into somebody else's mail
   * @throws AppError unprocessable `mail_unavailable`, rate_limited `sign_in_limited`
   */
  async ask(ip: string, email: string, address: string | null): Promise<void> {
    await this.gate.ask(ip);
    if (address === null || !(await this.mail.isAble()))
      throw new AppError('unprocessable', 'mail_unavailable', 'no channel can send mail');
    void this.begin(email, address).catch((error: unknown) => {
      this.logger.warn(
        { err: error },
        'a link for a new password could not be sent; it can be asked for again',
      );
    });
  }

  /**
   * An admin's, to hand over; links before it hold no more.
   * @throws AppError not_found `agent_not_found`, conflict `agent_disabled`
   */
  async make(actor: Principal, agentId: string, address: string): Promise<MadePasswordLink> {
    const secret = newBearerSecret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + goodForMs);
    await this.manager.transaction(async (tx) => {
      const agent = await tx.findOne(Agent, { where: { id: agentId }, lock: { mode: 'pessimistic_write' } });
      if (!agent) throw new AppError('not_found', 'agent_not_found', 'there is no such agent');
      if (agent.disabledAt !== null)
        throw new AppError(
          'conflict',
          'agent_disabled',
          'this person cannot sign in; enable the account first',
        );
      await tx.update(PasswordLink, { agentId, outcome: IsNull() }, { outcome: 'ended' });
      await tx.insert(PasswordLink, {
        id: newId(),
        agentId,
        madeBy: actor.agent.id,
        tokenHash: hashBearerSecret(secret),
        createdAt: now,
        expiresAt,
        outcome: null,
      });
      await this.note(tx, agentId, actor.agent.id, 'made');
    });
    this.events.committed();
    return { link: linkOf(address, secret), expiresAt: expiresAt.toISOString() };
  }

  /**
   * @throws AppError not_found `password_link_unknown`; unprocessable `password_link_expired` `password_link_used`
   *   `password_link_ended`; rate_limited `sign_in_limited`
   */
  async look(ip: string, token: string): Promise<OpenPasswordLink> {
    const { link, agent } = await this.open(ip, token);
    const { email, name, locale } = agent;
    return { email, name, locale, expiresAt: link.expiresAt.toISOString() };
  }

  /**
   * Sets the password, and ends all sessions and all other links of this person.
   * @throws AppError as `look`
   */
  async use(ip: string, { token, password }: UsePasswordLink): Promise<void> {
    const { agent } = await this.open(ip, token);
    const agentId = agent.id;
    const passwordHash = await hashPassword(password);
    await this.manager.transaction(async (tx) => {
      // His changes follow one another, also those that an admin makes at this moment.
      const locked = await tx.findOne(Agent, { where: { id: agentId }, lock: { mode: 'pessimistic_write' } });
      const link = await find(tx, token);
      if (!link || !locked) throw unknown();
      this.requireOpen(link, locked);
      await tx.update(PasswordLink, { id: link.id }, { outcome: 'used' });
      await tx.update(Agent, { id: agentId }, { passwordHash });
      await this.sessions.endAll(tx, agentId);
      await this.note(tx, agentId, agentId, 'used');
    });
    this.events.committed();
    this.revocations.publish({ kind: 'agent', agentId });
    // Whoever guessed in vain until he asked for the link gets in with what he has just set.
    await this.limits.forgive(ip, agent.email);
  }

  async prune(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keptMs);
    await this.manager.delete(PasswordLink, { expiresAt: LessThan(before) });
  }

  /** A link without a secret yet, and a job that makes it; nothing where nobody has the address. */
  private async begin(email: string, address: string): Promise<void> {
    const id = newId();
    const now = this.clock.now();
    const begun = await this.manager.transaction(async (tx) => {
      const agent = await tx.findOne(Agent, {
        where: { email, disabledAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (!agent) return false;
      const [counted]: { mails: number }[] = await tx.query(
        `SELECT count(*)::int AS mails FROM password_links
         WHERE agent_id = $1 AND made_by IS NULL AND created_at > $2`,
        [agent.id, new Date(now.getTime() - hourMs)],
      );
      if ((counted?.mails ?? 0) >= mailsPerHour) return false;
      const expiresAt = new Date(now.getTime() + goodForMs);
      await tx.insert(PasswordLink, { id, agentId: agent.id, createdAt: now, expiresAt });
      await this.note(tx, agent.id, null, 'asked');
      return true;
    });
    if (!begun) return;
    this.events.committed();
    await this.jobs.add('send-password-link', { linkId: id, address }, id);
  }

  /** The secret is made only now, and is nowhere but in the mail. */
  private async send(linkId: string, address: string): Promise<void> {
    const secret = newBearerSecret();
    const fresh = { id: linkId, tokenHash: IsNull(), outcome: IsNull() };
    const tokenHash = hashBearerSecret(secret);
    const { affected } = await this.manager.update(PasswordLink, fresh, { tokenHash });
    if (!affected) return;
    const { agentId } = await this.manager.findOneByOrFail(PasswordLink, { id: linkId });
    const { email, locale } = await this.manager.findOneByOrFail(Agent, { id: agentId });
    await this.mail.send(linkId, email, passwordLinkMail(locale, linkOf(address, secret)));
  }

  private async open(ip: string, token: string): Promise<{ link: PasswordLink; agent: Agent }> {
    await this.gate.pass(ip);
    const link = await find(this.manager, token);
    const agent = link && (await this.manager.findOneBy(Agent, { id: link.agentId }));
    if (!agent) {
      await this.gate.countWrong(ip);
      throw unknown();
    }
    this.requireOpen(link, agent);
    return { link, agent };
  }

  private requireOpen({ outcome, expiresAt }: PasswordLink, { disabledAt }: Agent): void {
    if (outcome === 'used')
      throw new AppError('unprocessable', 'password_link_used', 'this link has been used');
    if (outcome === 'ended' || disabledAt !== null)
      throw new AppError('unprocessable', 'password_link_ended', 'this link holds no more');
    if (expiresAt <= this.clock.now())
      throw new AppError('unprocessable', 'password_link_expired', 'this link has run out');
  }

  private note(
    tx: EntityManager,
    agentId: string,
    actorId: string | null,
    change: EventData<'agent.password_link_changed'>['change'],
  ): Promise<void> {
    const data = { agentId, change };
    return this.events.append(tx, [
      { type: 'agent.password_link_changed', caseId: null, version: null, actorId, data },
    ]);
  }
}

function find(manager: EntityManager, token: string): Promise<PasswordLink | null> {
  return manager.findOneBy(PasswordLink, { tokenHash: hashBearerSecret(token) });
}

/** Behind the `#`, as that of an invitation. */
function linkOf(address: string, secret: string): string {
  return `${new URL('/password', address).href}#${secret}`;
}

function unknown(): AppError {
  return new AppError('not_found', 'password_link_unknown', 'there is no such link');
}
