import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { AcceptInvitation, OpenInvitation } from '@loket/contracts/invitations.js';
import { Clock } from '@loket/platform/clock.js';
import { Agent } from '../access/agent.entity.js';
import { AgentsService } from '../access/agents.service.js';
import { hashBearerSecret } from '../access/bearer-secret.js';
import { LinkGate } from '../access/link-gate.js';
import { hashPassword } from '../access/passwords.js';
import { EventLog } from '../events/event-log.js';
import { readWorkspace } from '../settings/workspace-settings.js';
import { TeamsService } from '../teams/teams.service.js';
import { Invitation, type InvitationOutcome } from './invitation.entity.js';

/** The side of whoever holds the link: he sees who invites him, and becomes a person who works here. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly agents: AgentsService,
    private readonly teams: TeamsService,
    private readonly gate: LinkGate,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AppError not_found `invitation_unknown`; unprocessable `invitation_expired` `invitation_withdrawn`
   *   `invitation_used`; rate_limited `sign_in_limited`
   */
  async look(ip: string, token: string): Promise<OpenInvitation> {
    const { invitation, inviter } = await this.open(ip, token);
    const { name: workspace } = await readWorkspace(this.manager);
    const { email, role, locale, expiresAt } = invitation;
    return {
      email,
      role,
      locale,
      invitedBy: inviter.name,
      workspace,
      expiresAt: expiresAt.toISOString(),
    };
  }

  /**
   * Makes him one of us. He signs in as everybody does, so that what is asked of a sign-in is asked of him too.
   * @throws AppError as `look`; conflict `email_taken`
   */
  async accept(ip: string, { token, name, password, locale }: AcceptInvitation): Promise<void> {
    // Asked first, so that strangers cannot make us hash passwords for nothing.
    await this.open(ip, token);
    const passwordHash = await hashPassword(password);
    await this.manager.transaction(async (tx) => {
      const invitation = await find(tx, token, true);
      const inviter = invitation && (await inviterOf(tx, invitation));
      if (!inviter) throw unknown();
      this.requireOpen(invitation, inviter);
      const { id, email, role, teamIds } = invitation;
      const account = { email, name, role, locale: locale ?? invitation.locale, passwordHash };
      const agent = await this.agents.insert(tx, account, inviter.id);
      await this.teams.join(tx, agent.id, teamIds, inviter.id);
      await tx.update(Invitation, { id }, { outcome: 'accepted' });
      const data = { invitationId: id, change: 'accepted' as const };
      await this.events.append(tx, [
        { type: 'invitation.changed', caseId: null, version: null, actorId: agent.id, data },
      ]);
    });
    this.events.committed();
  }

  private async open(ip: string, token: string): Promise<{ invitation: Invitation; inviter: Agent }> {
    await this.gate.pass(ip);
    const invitation = await find(this.manager, token, false);
    const inviter = invitation && (await inviterOf(this.manager, invitation));
    if (!inviter) {
      await this.gate.countWrong(ip);
      throw unknown();
    }
    this.requireOpen(invitation, inviter);
    return { invitation, inviter };
  }

  private requireOpen({ outcome, expiresAt }: Invitation, inviter: Agent): void {
    if (outcome !== null) throw settled[outcome]();
    if (expiresAt <= this.clock.now()) throw settled.expired();
    // What an admin gave away ends with his being one.
    if (inviter.role !== 'admin' || inviter.disabledAt !== null) throw settled.withdrawn();
  }
}

function find(manager: EntityManager, token: string, lock: boolean): Promise<Invitation | null> {
  const hash = hashBearerSecret(token);
  return manager.findOne(Invitation, {
    where: [{ tokenHash: hash }, { mailTokenHash: hash }],
    ...(lock && { lock: { mode: 'pessimistic_write' as const } }),
  });
}

function inviterOf(manager: EntityManager, { invitedBy }: Invitation): Promise<Agent | null> {
  return manager.findOneBy(Agent, { id: invitedBy });
}

function unknown(): AppError {
  return new AppError('not_found', 'invitation_unknown', 'there is no such invitation, or a newer link');
}

const settled: Record<InvitationOutcome, () => AppError> = {
  accepted: () => new AppError('unprocessable', 'invitation_used', 'this invitation has been accepted'),
  withdrawn: () => new AppError('unprocessable', 'invitation_withdrawn', 'this invitation was withdrawn'),
  expired: () => new AppError('unprocessable', 'invitation_expired', 'this invitation has run out'),
};
