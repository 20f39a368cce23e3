import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, type Repository } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { EventData } from '@loket/contracts/events.js';
import type {
  ProveSecondFactor,
  RecoveryCodes,
  SecondFactorSetup,
  SecondFactorState,
} from '@loket/contracts/second-factor.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';
import { Agent } from './agent.entity.js';
import type { Principal } from './principal.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { SecondFactorCodes } from './second-factor-codes.js';
import { SecondFactor } from './second-factor.entity.js';
import { SelfProof } from './self-proof.js';
import { SessionRevocations } from './session-revocations.js';
import { SessionsService } from './sessions.service.js';
import { SignInRulesService } from './sign-in-rules.service.js';
import { newTotpSecret, totpUri } from './totp.js';

/** A second step of signing in: set up, renewed, taken away. */
@Injectable()
export class SecondFactorsService {
  constructor(
    @InjectRepository(Agent) private readonly agents: Repository<Agent>,
    private readonly codes: SecondFactorCodes,
    private readonly rules: SignInRulesService,
    private readonly proof: SelfProof,
    private readonly sessions: SessionsService,
    private readonly revocations: SessionRevocations,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async state(agentId: string): Promise<SecondFactorState> {
    const { manager } = this.agents;
    const { role, secondFactor } = await manager.findOneByOrFail(Agent, { id: agentId });
    const factor = secondFactor === 'off' ? null : await manager.findOneBy(SecondFactor, { agentId });
    const by = factor?.resetBy ? await manager.findOneBy(Agent, { id: factor.resetBy }) : null;
    const reset = secondFactor === 'reset' && factor?.resetAt;
    return {
      on: secondFactor === 'on',
      since: secondFactor === 'on' ? (factor?.confirmedAt?.toISOString() ?? null) : null,
      recoveryCodesLeft: await manager.countBy(RecoveryCode, { agentId, usedAt: IsNull() }),
      required: await this.rules.requires(role),
      reset: reset ? { at: reset.toISOString(), by: by && { id: by.id, name: by.name } } : null,
    };
  }

  /**
   * A new secret, which counts from its first right code on.
   * @throws AppError conflict `second_factor_on`, unprocessable `password_wrong`
   */
  async begin(me: Principal, ip: string, currentPassword: string): Promise<SecondFactorSetup> {
    const agent = await this.agents.findOneByOrFail({ id: me.agent.id });
    await this.proof.require(agent, ip, currentPassword);
    return this.newSecret(agent);
  }

  /** @throws AppError conflict `second_factor_on` */
  async newSecret(agent: Agent): Promise<SecondFactorSetup> {
    const secret = newTotpSecret();
    await this.agents.manager.transaction(async (tx) => {
      const { secondFactor } = await lock(tx, agent.id);
      if (secondFactor === 'on') throw alreadyOn();
      await tx.query(
        `INSERT INTO second_factors (agent_id, secret) VALUES ($1, $2)
         ON CONFLICT (agent_id) DO UPDATE SET secret = excluded.secret, last_step = 0`,
        [agent.id, this.codes.seal(agent.id, secret)],
      );
    });
    return { secret, uri: totpUri(secret, agent.email) };
  }

  /**
   * The first code of a new app. All other sessions end, as they were opened without it.
   * @throws AppError conflict `second_factor_on`, unprocessable `second_factor_wrong`
   */
  async confirm(me: Principal, code: string): Promise<RecoveryCodes> {
    const { id } = me.agent;
    const keep = me.via.kind === 'session' ? me.via.sessionId : undefined;
    await this.codes.takeGuess(id);
    const recoveryCodes = await this.agents.manager.transaction((tx) => this.turnOn(tx, id, code, keep));
    this.events.committed();
    this.revocations.publish({ kind: 'agent', agentId: id, ...(keep ? { exceptSessionId: keep } : {}) });
    return { recoveryCodes };
  }

  /** The same within the caller's transaction; he counts the guess, and publishes that sessions ended. */
  async turnOn(tx: EntityManager, agentId: string, code: string, keep?: string): Promise<string[]> {
    const { secondFactor } = await lock(tx, agentId);
    if (secondFactor === 'on') throw alreadyOn();
    await this.codes.acceptTotp(tx, agentId, code);
    await tx.update(
      SecondFactor,
      { agentId },
      { confirmedAt: this.clock.now(), resetAt: null, resetBy: null },
    );
    await tx.update(Agent, { id: agentId }, { secondFactor: 'on' });
    await this.sessions.endAll(tx, agentId, keep);
    await this.note(tx, agentId, agentId, 'on');
    return this.codes.renew(tx, agentId);
  }

  /** @throws AppError conflict `second_factor_not_on`, unprocessable `password_wrong` `second_factor_wrong` */
  async renewCodes(me: Principal, ip: string, proof: ProveSecondFactor): Promise<RecoveryCodes> {
    return this.proven(me, ip, proof, async (tx, { id }) => {
      const recoveryCodes = await this.codes.renew(tx, id);
      await this.note(tx, id, id, 'codes_renewed');
      return { recoveryCodes };
    });
  }

  /** @throws AppError conflict `second_factor_not_on` `second_factor_needed`, unprocessable as `renewCodes` */
  async turnOff(me: Principal, ip: string, proof: ProveSecondFactor): Promise<void> {
    if (await this.rules.requires(me.agent.role))
      throw new AppError('conflict', 'second_factor_needed', 'your role has to have a second step');
    await this.proven(me, ip, proof, async (tx, { id }) => {
      await tx.delete(SecondFactor, { agentId: id });
      await tx.delete(RecoveryCode, { agentId: id });
      await tx.update(Agent, { id }, { secondFactor: 'off' });
      await this.note(tx, id, id, 'off');
    });
  }

  /**
   * For whoever has lost his app and his codes. He is signed out everywhere and told at his next sign-in; API tokens live on.
   * @throws AppError not_found `agent_not_found`, conflict `second_factor_not_on` `second_factor_own`
   */
  async reset(actor: Principal, agentId: string): Promise<void> {
    if (actor.agent.id === agentId)
      throw new AppError('conflict', 'second_factor_own', 'take your own away in your profile, with a code');
    await this.agents.manager.transaction(async (tx) => {
      const { secondFactor } = await lock(tx, agentId);
      if (secondFactor !== 'on') throw notOn();
      const told = { resetAt: this.clock.now(), resetBy: actor.agent.id };
      await tx.update(SecondFactor, { agentId }, { secret: null, confirmedAt: null, ...told });
      await tx.delete(RecoveryCode, { agentId });
      await tx.update(Agent, { id: agentId }, { secondFactor: 'reset' });
      await this.sessions.endAll(tx, agentId);
      await this.note(tx, agentId, actor.agent.id, 'reset');
    });
    this.events.committed();
    this.revocations.publish({ kind: 'agent', agentId });
  }

  /** He has been told that an admin took it away. */
  async acknowledgeReset(agentId: string): Promise<void> {
    await this.agents.update({ id: agentId, secondFactor: 'reset' }, { secondFactor: 'off' });
  }

  private async proven<T>(
    me: Principal,
    ip: string,
    { currentPassword, code }: ProveSecondFactor,
    work: (tx: EntityManager, agent: Agent) => Promise<T>,
  ): Promise<T> {
    const agent = await this.agents.findOneByOrFail({ id: me.agent.id });
    await this.proof.require(agent, ip, currentPassword);
    await this.codes.takeGuess(agent.id);
    const done = await this.agents.manager.transaction(async (tx) => {
      if ((await lock(tx, agent.id)).secondFactor !== 'on') throw notOn();
      await this.codes.accept(tx, agent.id, code);
      return work(tx, agent);
    });
    this.events.committed();
    return done;
  }

  private note(
    tx: EntityManager,
    agentId: string,
    actorId: string,
    change: EventData<'agent.second_factor_changed'>['change'],
  ): Promise<void> {
    const data = { agentId, change };
    return this.events.append(tx, [
      { type: 'agent.second_factor_changed', caseId: null, version: null, actorId, data },
    ]);
  }
}

/** Changes of one person's second step follow one another. */
async function lock(tx: EntityManager, id: string): Promise<Agent> {
  const agent = await tx.findOne(Agent, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!agent) throw new AppError('not_found', 'agent_not_found', 'there is no such agent');
  return agent;
}

function alreadyOn(): AppError {
  return new AppError('conflict', 'second_factor_on', 'there is a second step already; take it away first');
}

function notOn(): AppError {
  return new AppError('conflict', 'second_factor_not_on', 'there is no second step to take away or renew');
}
