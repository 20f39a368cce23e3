import type { EntityManager } from 'typeorm';
import type { Locale, Role } from '@loket/contracts/access.js';
import type { Invitation as InvitationView, InvitationMail } from '@loket/contracts/invitations.js';

/** A company invites tens of people, not thousands; one page holds them. */
const most = 1_000;

export interface InvitationRow {
  id: string;
  email: string;
  role: Role;
  teamIds: string[];
  locale: Locale;
  invitedBy: string;
  inviterName: string;
  /** whoever invited is still an admin */
  backed: boolean;
  mail: InvitationMail;
  sentAt: Date;
  expiresAt: Date;
}

/** Open ones, the newest first; whoever came to work here some other way needs none. @param ids null = all */
export async function readInvitations(
  manager: EntityManager,
  ids: readonly string[] | null,
): Promise<InvitationRow[]> {
  return manager.query(
    `SELECT i.id, i.email, i.role, i.team_ids AS "teamIds", i.locale, i.invited_by AS "invitedBy",
            a.name AS "inviterName", a.role = 'admin' AND a.disabled_at IS NULL AS backed,
            i.mail, i.sent_at AS "sentAt", i.expires_at AS "expiresAt"
     FROM invitations i JOIN agents a ON a.id = i.invited_by
     WHERE i.outcome IS NULL AND ($1::uuid[] IS NULL OR i.id = ANY($1::uuid[]))
       AND NOT EXISTS (SELECT FROM agents b WHERE b.email = i.email)
     ORDER BY i.sent_at DESC, i.id DESC LIMIT $2`,
    [ids, most],
  );
}

export function invitationView(row: InvitationRow, now: Date): InvitationView {
  const { id, email, role, teamIds, locale, invitedBy, inviterName, backed, mail } = row;
  return {
    id,
    email,
    role,
    teamIds,
    locale,
    invitedBy: { id: invitedBy, name: inviterName },
    state: row.expiresAt <= now ? 'expired' : backed ? 'pending' : 'ended',
    mail,
    sentAt: row.sentAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
