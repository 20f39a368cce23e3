import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, type Repository } from 'typeorm';
import type { SignIn } from '@loket/contracts/access.js';
import { AppError } from '@loket/contracts/errors.js';
import type {
  AnswerChallenge,
  SecondFactorSetup,
  SignInChallenge as Challenge,
} from '@loket/contracts/second-factor.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog } from '../events/event-log.js';
import { Agent } from './agent.entity.js';
import { hashBearerSecret, newBearerSecret } from './bearer-secret.js';
import { verifyPassword } from './passwords.js';
import { SecondFactorCodes } from './second-factor-codes.js';
import { SecondFactorsService } from './second-factors.service.js';
import { SessionRevocations } from './session-revocations.js';
import { type OpenedSession, type Origin, SessionsService } from './sessions.service.js';
import { type ChallengeKind, SignInChallenge } from './sign-in-challenge.entity.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInRulesService } from './sign-in-rules.service.js';

/** How long one may look for one's phone, or set an app up. */
const challengeMs = 10 * 60_000;

/** A session for whoever knows the password and, where one is asked of him, shows the second step. */
@Injectable()
export class SignInService {
  constructor(
    @InjectRepository(Agent) private readonly agents: Repository<Agent>,
    @InjectRepository(SignInChallenge) private readonly challenges: Repository<SignInChallenge>,
    private readonly sessions: SessionsService,
    private readonly factors: SecondFactorsService,
    private readonly codes: SecondFactorCodes,
    private readonly rules: SignInRulesService,
    private readonly limits: SignInLimits,
    private readonly revocations: SessionRevocations,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param earlier secret of a session cookie that came along; that session ends, whoever's it was
   * @throws AppError unauthenticated `sign_in_failed`, the same for a wrong name, a wrong password and a disabled agent;
   *   `second_factor_required` `second_factor_setup_required` with a challenge when the password alone is not enough
   */
  async signIn({ email, password }: SignIn, from: Origin, earlier: string | null): Promise<OpenedSession> {
    const right = await this.limits.take(from.ip, email, () => this.knownFrom(email, from.ip));
    const agent = await this.agents.findOneBy({ email });
    const usable = agent !== null && agent.disabledAt === null;
    const matches = await verifyPassword(password, usable ? agent.passwordHash : null);
    if (!matches || !usable)
      throw new AppError('unauthenticated', 'sign_in_failed', 'the address or the password is wrong');
    await right();
    if (agent.secondFactor === 'on') {
      throw new AppError('unauthenticated', 'second_factor_required', 'a code of the second step is needed', {
        data: await this.challenge(agent, 'code'),
      });
    }
    if (await this.rules.requires(agent.role)) {
      throw new AppError('unauthenticated', 'second_factor_setup_required', 'set up a second step first', {
        data: await this.challenge(agent, 'setup'),
      });
    }
    if (earlier !== null) await this.sessions.endBySecret(earlier);
    return this.sessions.open(agent, from, this.agents.manager);
  }

  /**
   * A secret for the app of somebody who has to set one up before he gets in.
   * @throws AppError unprocessable `challenge_ended`
   */
  async setUp(secret: string): Promise<SecondFactorSetup> {
    const { agent } = await this.open(secret, 'setup');
    return this.factors.newSecret(agent);
  }

  /**
   * The second step. A wrong code leaves the challenge as it is; a right one uses it up.
   * @returns the codes of recovery when the second step was set up by it, else null
   * @throws AppError unprocessable `challenge_ended` `second_factor_wrong` `second_factor_used`,
   *   rate_limited `second_factor_limited`
   */
  async answer(
    { challenge: secret, code }: AnswerChallenge,
    from: Origin,
    earlier: string | null,
  ): Promise<OpenedSession & { recoveryCodes: string[] | null }> {
    const { challenge, agent } = await this.open(secret);
    await this.codes.takeGuess(agent.id);
    const opened = await this.agents.manager.transaction(async (tx) => {
      const { affected } = await tx.delete(SignInChallenge, { id: challenge.id });
      if (!affected) throw ended();
      const recoveryCodes = challenge.kind === 'setup' ? await this.factors.turnOn(tx, agent.id, code) : null;
      if (challenge.kind === 'code') await this.codes.accept(tx, agent.id, code);
      const session = await this.sessions.open(agent, from, tx);
      return { ...session, agent: await tx.findOneByOrFail(Agent, { id: agent.id }), recoveryCodes };
    });
    this.events.committed();
    if (opened.recoveryCodes !== null) {
      const exceptSessionId = opened.session.id;
      this.revocations.publish({ kind: 'agent', agentId: agent.id, exceptSessionId });
    }
    if (earlier !== null) await this.sessions.endBySecret(earlier);
    return opened;
  }

  private async challenge(agent: Agent, kind: ChallengeKind): Promise<Challenge> {
    const challenge = newBearerSecret();
    const expiresAt = new Date(this.clock.now().getTime() + challengeMs);
    const tokenHash = hashBearerSecret(challenge);
    await this.challenges.insert({ id: newId(), agentId: agent.id, tokenHash, kind, expiresAt });
    return { challenge, expiresAt: expiresAt.toISOString() };
  }

  /** A changed password, another role and a disabling have deleted it (SessionsService.endAll). */
  private async open(
    secret: string,
    kind?: ChallengeKind,
  ): Promise<{ challenge: SignInChallenge; agent: Agent }> {
    const challenge = await this.challenges.findOneBy({
      tokenHash: hashBearerSecret(secret),
      expiresAt: MoreThan(this.clock.now()),
      ...(kind && { kind }),
    });
    const agent = challenge && (await this.agents.findOneBy({ id: challenge.agentId }));
    if (!agent || agent.disabledAt !== null) throw ended();
    return { challenge, agent };
  }

  private async knownFrom(email: string, ip: string): Promise<boolean> {
    const agent = await this.agents.findOneBy({ email });
    return agent !== null && this.sessions.knownFrom(agent.id, ip);
  }
}

function ended(): AppError {
  return new AppError('unprocessable', 'challenge_ended', 'this sign-in took too long; begin again');
}
