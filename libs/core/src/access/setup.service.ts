import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { Setup } from '@loket/contracts/access.js';
import { AppError } from '@loket/contracts/errors.js';
import { Agent } from './agent.entity.js';
import { AgentsService } from './agents.service.js';
import { EventLog } from '../events/event-log.js';
import { hashPassword } from './passwords.js';
import { type OpenedSession, type Origin, SessionsService } from './sessions.service.js';

/** The first admin: made by the environment or on the setup page, once. */
@Injectable()
export class SetupService {
  private done = false;

  constructor(
    @InjectRepository(Agent) private readonly agents: Repository<Agent>,
    private readonly agentsService: AgentsService,
    private readonly sessions: SessionsService,
    private readonly events: EventLog,
  ) {}

  /** True while nobody works here. */
  async required(): Promise<boolean> {
    this.done ||= await this.agents.exists();
    return !this.done;
  }

  /** @throws AppError conflict `setup_done` */
  async setUp(setup: Setup, from: Origin): Promise<OpenedSession> {
    // Asked first, so that a stranger cannot make us hash passwords for nothing.
    if (!(await this.required())) throw alreadyDone();
    const passwordHash = await hashPassword(setup.password);
    const opened = await this.agents.manager.transaction(async (manager) => {
      const agent = await this.insertFirst(manager, { ...setup, passwordHash });
      if (agent === null) throw alreadyDone();
      return this.sessions.open(agent, from, manager);
    });
    this.events.committed();
    return opened;
  }

  /** @returns whether the admin was made now */
  async setUpByEnvironment(email: string, password: string): Promise<boolean> {
    if (!(await this.required())) return false;
    const passwordHash = await hashPassword(password);
    const first = { email: email.toLowerCase(), name: 'Admin', locale: 'id' as const, passwordHash };
    const agent = await this.agents.manager.transaction((manager) => this.insertFirst(manager, first));
    this.events.committed();
    return agent !== null;
  }

  /** Two at once: the second waits for the lock and then finds somebody there. */
  private async insertFirst(
    manager: EntityManager,
    first: Pick<Agent, 'email' | 'name' | 'locale' | 'passwordHash'>,
  ): Promise<Agent | null> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('loket.setup', 0))`);
    if (await manager.exists(Agent)) return null;
    return this.agentsService.insert(manager, { ...first, role: 'admin' }, null);
  }
}

function alreadyDone(): AppError {
  return new AppError('conflict', 'setup_done', 'there is an admin already; sign in instead');
}
