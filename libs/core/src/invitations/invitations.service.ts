import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { type EntityManager, IsNull, LessThan, LessThanOrEqual } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { EventData } from '@loket/contracts/events.js';
import { invitationLimits } from '@loket/contracts/invitation-limits.js';
import type {
  CreatedInvitations,
  CreateInvitations,
  InvitationList,
  Invited,
} from '@loket/contracts/invitations.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { hashBearerSecret, newBearerSecret } from '../access/bearer-secret.js';
import type { Principal } from '../access/principal.js';
import { OwnMail } from '../delivery/own-mail.js';
import { EventLog } from '../events/event-log.js';
import { readWorkspace } from '../settings/workspace-settings.js';
import { TeamsService } from '../teams/teams.service.js';
import { invitationMail } from './invitation-mail.js';
import { invitationView, readInvitations } from './invitation-view.js';
import { Invitation } from './invitation.entity.js';

const dayMs = 24 * 3_600_000;
/** How long one stays to be read in the database once it opens nothing any longer. */
const keptMs = 90 * dayMs;

/** Admins ask people to work here, by a link that they hand over or that goes by mail. */
@Injectable()
export class InvitationsService implements OnModuleInit {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly jobs: JobQueue,
    private readonly mail: OwnMail,
    private readonly teams: TeamsService,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('send-invitation', ({ linkId, address }) => this.send(linkId, address));
  }

  /** Those that nobody has accepted or withdrawn, the newest first. */
  async list(): Promise<InvitationList> {
    const rows = await readInvitations(this.manager, null);
    const now = this.clock.now();
    const items = rows.map((row) => invitationView(row, now));
    return { items, nextCursor: null, canMail: await this.mail.isAble() };
  }

  /**
   * Invites all who can be; the others are named with the reason.
   * @param address of the console, as the people who get the links reach it
   * @throws AppError unprocessable `team_not_found` `mail_unavailable`
   */
  async invite(actor: Principal, create: CreateInvitations, address: string): Promise<CreatedInvitations> {
    const { emails, role, locale, mail } = create;
    const teamIds = [...new Set(create.teamIds)];
    if (mail) await this.requireMail();
    const refused: CreatedInvitations['refused'] = [];
    const secrets = new Map<string, string>();
    const links: string[] = [];
    await this.manager.transaction(async (tx) => {
      await this.teams.requireOpen(tx, teamIds);
      const now = this.clock.now();
      for (const email of [...new Set(emails)].toSorted()) {
        const secret = newBearerSecret();
        const row = { id: newId(), email, role, teamIds, locale, createdAt: now };
        const link = this.newLink(actor, secret, mail);
        const refusal = await insertInvitation(tx, { ...row, ...link }, now);
        if (refusal !== null) {
          refused.push({ email, code: refusal });
          continue;
        }
        await this.note(tx, actor.agent.id, row.id, 'made');
        secrets.set(row.id, secret);
        links.push(link.linkId);
      }
    });
    this.events.committed();
    if (mail) await this.sendAll(links, address);
    const rows = await readInvitations(this.manager, [...secrets.keys()]);
    const invited = rows
      .toSorted((a, b) => emails.indexOf(a.email) - emails.indexOf(b.email))
      .map((row) => ({
        invitation: invitationView(row, this.clock.now()),
        link: linkOf(address, secrets.get(row.id) ?? ''),
      }));
    return { invited, refused };
  }

  /**
   * A new link that holds as long as a first one does; those before hold no more.
   * @throws AppError not_found `invitation_not_found`, unprocessable `mail_unavailable`
   */
  async renew(actor: Principal, id: string, mail: boolean, address: string): Promise<Invited> {
    if (mail) await this.requireMail();
    const secret = newBearerSecret();
    const link = this.newLink(actor, secret, mail);
    await this.manager.transaction(async (tx) => {
      const { affected } = await tx.update(Invitation, { id, outcome: IsNull() }, link);
      if (!affected) throw notFound();
      await this.note(tx, actor.agent.id, id, 'renewed');
    });
    this.events.committed();
    if (mail) await this.sendAll([link.linkId], address);
    const [row] = await readInvitations(this.manager, [id]);
    if (!row) throw notFound();
    return { invitation: invitationView(row, this.clock.now()), link: linkOf(address, secret) };
  }

  /** @throws AppError not_found `invitation_not_found` */
  async withdraw(actor: Principal, id: string): Promise<void> {
    await this.manager.transaction(async (tx) => {
      const { affected } = await tx.update(Invitation, { id, outcome: IsNull() }, { outcome: 'withdrawn' });
      if (!affected) throw notFound();
      await this.note(tx, actor.agent.id, id, 'withdrawn');
    });
    this.events.committed();
  }

  async prune(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keptMs);
    await this.manager.delete(Invitation, { expiresAt: LessThan(before) });
  }

  private newLink(
    actor: Principal,
    secret: string,
    mail: boolean,
  ): Pick<
    Invitation,
    'linkId' | 'tokenHash' | 'mailTokenHash' | 'mail' | 'invitedBy' | 'sentAt' | 'expiresAt'
  > {
    const now = this.clock.now();
    return {
      linkId: newId(),
      tokenHash: hashBearerSecret(secret),
      mailTokenHash: null,
      mail: mail ? 'sending' : 'none',
      invitedBy: actor.agent.id,
      sentAt: now,
      expiresAt: new Date(now.getTime() + invitationLimits.days * dayMs),
    };
  }

  private async requireMail(): Promise<void> {
    if (await this.mail.isAble()) return;
    throw new AppError('unprocessable', 'mail_unavailable', 'no channel can send mail');
  }

  private async sendAll(linkIds: readonly string[], address: string): Promise<void> {
    for (const linkId of linkIds) {
      try {
        await this.jobs.add('send-invitation', { linkId, address }, linkId);
      } catch (error) {
        this.logger.warn(
          { err: error, linkId },
          'an invitation could not be sent; its link can be handed over',
        );
        await this.manager.update(Invitation, { linkId }, { mail: 'failed' });
      }
    }
  }

  /** The link in the mail is made only now, and is nowhere but in it. */
  private async send(linkId: string, address: string): Promise<void> {
    const secret = newBearerSecret();
    const open = { linkId, outcome: IsNull(), mail: 'sending' as const };
    const { affected } = await this.manager.update(Invitation, open, {
      mailTokenHash: hashBearerSecret(secret),
    });
    if (!affected) return;
    const invitation = await this.manager.findOneByOrFail(Invitation, { linkId });
    const [row] = await readInvitations(this.manager, [invitation.id]);
    if (!row) return;
    const { name: workspace } = await readWorkspace(this.manager);
    const words = { inviter: row.inviterName, workspace, link: linkOf(address, secret) };
    const left = await this.mail.send(linkId, row.email, invitationMail(row.locale, words));
    await this.manager.transaction(async (tx) => {
      await tx.update(Invitation, { linkId }, { mail: left ? 'sent' : 'failed' });
      await this.note(tx, null, row.id, 'mailed');
    });
    this.events.committed();
  }

  private note(
    tx: EntityManager,
    actorId: string | null,
    invitationId: string,
    change: EventData<'invitation.changed'>['change'],
  ): Promise<void> {
    const data = { invitationId, change };
    return this.events.append(tx, [
      { type: 'invitation.changed', caseId: null, version: null, actorId, data },
    ]);
  }
}

/** The secret stands behind the `#`: browsers send it to nobody, so it comes into no log and no referrer. */
function linkOf(address: string, secret: string): string {
  return `${new URL('/invitation', address).href}#${secret}`;
}

/** @returns why there is none, null when it is in */
async function insertInvitation(
  tx: EntityManager,
  row: Omit<Invitation, 'outcome'>,
  now: Date,
): Promise<'email_taken' | 'already_invited' | null> {
  const { email } = row;
  const [taken]: unknown[] = await tx.query('SELECT FROM agents WHERE email = $1', [email]);
  if (taken !== undefined) return 'email_taken';
  // what has run out makes room
  const runOut = { email, outcome: IsNull(), expiresAt: LessThanOrEqual(now) };
  await tx.update(Invitation, runOut, { outcome: 'expired' });
  const insert = tx
    .createQueryBuilder()
    .insert()
    .into(Invitation)
    .values({ ...row, outcome: null });
  const { raw } = (await insert.orIgnore().returning('id').execute()) as { raw: unknown[] };
  return raw.length === 0 ? 'already_invited' : null;
}

function notFound(): AppError {
  return new AppError('not_found', 'invitation_not_found', 'there is no such invitation, or it is settled');
}
