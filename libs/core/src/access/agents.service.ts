import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type {
  Agent as AgentView,
  Colleague,
  CreateAgent,
  UpdateAgent,
  UpdateMe,
} from '@loket/contracts/access.js';
import { AppError } from '@loket/contracts/errors.js';
import type { UpdatePreferences } from '@loket/contracts/preferences.js';
import type { Page } from '@loket/contracts/primitives.js';
import { Clock } from '@loket/platform/clock.js';
import { uniqueViolation } from '@loket/platform/database/errors.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog } from '../events/event-log.js';
import { readWorkspace } from '../settings/workspace-settings.js';
import { agentView } from './agent-view.js';
import { Agent } from './agent.entity.js';
import { hashPassword } from './passwords.js';
import { picturePath } from './picture-paths.js';
import type { Principal } from './principal.js';
import { SelfProof } from './self-proof.js';
import { SessionRevocations } from './session-revocations.js';
import { SessionsService } from './sessions.service.js';

/** A company has tens or hundreds of agents; one page holds them. */
const maxAgents = 1_000;

@Injectable()
export class AgentsService {
  constructor(
    @InjectRepository(Agent) private readonly agents: Repository<Agent>,
    private readonly sessions: SessionsService,
    private readonly revocations: SessionRevocations,
    private readonly proof: SelfProof,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<Page<AgentView>> {
    const rows = await this.agents.find({ order: { name: 'ASC', id: 'ASC' }, take: maxAgents });
    return { items: rows.map(agentView), nextCursor: null };
  }

  /** Everyone who ever worked here, as colleagues see each other; also former ones, since history names them. */
  async refs(): Promise<{ items: Colleague[] }> {
    const rows = await this.agents.find({ order: { name: 'ASC', id: 'ASC' }, take: maxAgents });
    return { items: rows.map(({ id, name, picture }) => ({ id, name, picture: picturePath(id, picture) })) };
  }

  /** @throws AppError not_found `agent_not_found` */
  async get(id: string): Promise<AgentView> {
    const agent = await this.agents.findOneBy({ id });
    if (!agent) throw notFound();
    return agentView(agent);
  }

  /** @throws AppError conflict `email_taken` */
  async create(actor: Principal, create: CreateAgent): Promise<AgentView> {
    const passwordHash = await hashPassword(create.password);
    const agent = await this.agents.manager.transaction((manager) =>
      this.insert(manager, { ...create, passwordHash }, actor.agent.id),
    );
    this.events.committed();
    return agentView(agent);
  }

  /** Inserts within the caller's transaction. */
  async insert(
    manager: EntityManager,
    {
      email,
      name,
      role,
      locale,
      passwordHash,
    }: Pick<Agent, 'email' | 'name' | 'role' | 'locale' | 'passwordHash'>,
    actorId: string | null,
  ): Promise<Agent> {
    const { timeZone } = await readWorkspace(manager);
    const agent = manager.create(Agent, {
      id: newId(),
      email,
      name,
      role,
      locale,
      passwordHash,
      timeZone,
      title: null,
      phone: null,
      picture: null,
      preferences: {},
      secondFactor: 'off',
      disabledAt: null,
      createdAt: this.clock.now(),
    });
    try {
      await manager.insert(Agent, agent);
    } catch (error) {
      if (uniqueViolation(error) !== null)
        throw new AppError('conflict', 'email_taken', 'somebody else has this address', { cause: error });
      throw error;
    }
    await this.events.append(manager, [
      { type: 'agent.created', caseId: null, version: null, actorId, data: { agentId: agent.id } },
    ]);
    return agent;
  }

  /**
   * A new password, role or a disabling ends all sessions and sockets of the agent; tokens live on with the new role.
   * @throws AppError not_found `agent_not_found`, conflict `last_admin`
   */
  async update(
    actor: Principal,
    id: string,
    { password, disabled, ...rest }: UpdateAgent,
  ): Promise<AgentView> {
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const own = actor.via.kind === 'session' && actor.agent.id === id ? actor.via.sessionId : undefined;
    const { agent, ended } = await this.agents.manager.transaction(async (manager) => {
      // All admins are locked in one order, so that two of them cannot take each other's role at once.
      const admins = await manager.query<{ id: string }[]>(
        `SELECT id FROM agents WHERE (role = 'admin' AND disabled_at IS NULL) OR id = $1 ORDER BY id FOR UPDATE`,
        [id],
      );
      const agent = await manager.findOneBy(Agent, { id });
      if (!agent) throw notFound();
      const before = { role: agent.role, disabled: agent.disabledAt !== null };
      Object.assign(agent, definedOnly(rest));
      if (passwordHash !== undefined) agent.passwordHash = passwordHash;
      if (disabled !== undefined) agent.disabledAt = disabled ? (agent.disabledAt ?? this.clock.now()) : null;
      const wasAdmin = before.role === 'admin' && !before.disabled;
      const isAdmin = agent.role === 'admin' && agent.disabledAt === null;
      if (wasAdmin && !isAdmin && admins.every((admin) => admin.id === id))
        throw new AppError('conflict', 'last_admin', 'there must be at least one admin');
      await manager.save(agent);
      const ended =
        passwordHash !== undefined ||
        agent.role !== before.role ||
        (agent.disabledAt !== null && !before.disabled);
      if (ended) await this.sessions.endAll(manager, id, own);
      await this.noteUpdate(manager, id, actor);
      return { agent, ended };
    });
    this.events.committed();
    if (ended)
      this.revocations.publish({ kind: 'agent', agentId: id, ...(own ? { exceptSessionId: own } : {}) });
    return agentView(agent);
  }

  /**
   * @throws AppError unprocessable `password_wrong` when the current password is not right
   */
  async updateMe(
    me: Principal,
    ip: string,
    { password, currentPassword, preferences, ...rest }: UpdateMe,
  ): Promise<AgentView> {
    const { id } = me.agent;
    const agent = await this.agents.findOneByOrFail({ id });
    if (password !== undefined) await this.proof.require(agent, ip, currentPassword ?? '');
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const keep = me.via.kind === 'session' ? me.via.sessionId : undefined;
    const changed = await this.agents.manager.transaction(async (manager) => {
      await manager.update(Agent, { id }, { ...definedOnly(rest), ...definedOnly({ passwordHash }), id });
      if (preferences !== undefined) await this.prefer(manager, id, preferences);
      if (passwordHash !== undefined) await this.sessions.endAll(manager, id, keep);
      // How somebody likes his screen is nobody else's affair.
      if (Object.keys(rest).length > 0 || passwordHash !== undefined) await this.noteUpdate(manager, id, me);
      return manager.findOneByOrFail(Agent, { id });
    });
    this.events.committed();
    if (passwordHash !== undefined)
      this.revocations.publish({ kind: 'agent', agentId: id, ...(keep ? { exceptSessionId: keep } : {}) });
    return agentView(changed);
  }

  /** What is not named stays, also when two browsers change something at once. */
  private async prefer(manager: EntityManager, id: string, change: UpdatePreferences): Promise<void> {
    await manager.query('UPDATE agents SET preferences = preferences || $2::jsonb WHERE id = $1', [
      id,
      change,
    ]);
  }

  private noteUpdate(manager: EntityManager, agentId: string, actor: Principal): Promise<void> {
    return this.events.append(manager, [
      { type: 'agent.updated', caseId: null, version: null, actorId: actor.agent.id, data: { agentId } },
    ]);
  }
}

function notFound(): AppError {
  return new AppError('not_found', 'agent_not_found', 'there is no such agent');
}

function definedOnly<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
