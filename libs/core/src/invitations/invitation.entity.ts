import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Locale, Role } from '@loket/contracts/access.js';
import type { InvitationMail } from '@loket/contracts/invitations.js';
import { Agent } from '../access/agent.entity.js';

/** `expired`: another one has taken its place since. One that has merely run out has no outcome and can be renewed. */
export type InvitationOutcome = 'accepted' | 'withdrawn' | 'expired';

/**
 * Somebody was asked to work here. Of its links only hashes are kept: of the one that the admin was shown, and of the one
 * that went by mail, which is made when the mail is written and is nowhere else. Either lets him in, once.
 */
@Entity('invitations')
@Index('invitations_open', ['email'], { unique: true, where: 'outcome IS NULL' })
@Check('invitations_role', `role IN ('agent', 'supervisor', 'admin')`)
@Check('invitations_mail', `mail IN ('none', 'sending', 'sent', 'failed')`)
@Check('invitations_outcome', `outcome IN ('accepted', 'withdrawn', 'expired')`)
export class Invitation {
  @PrimaryColumn('uuid') id: string;
  /** lower case */
  @Column('text') email: string;
  @Column('text') role: Role;
  @Column('uuid', { array: true, default: [] }) teamIds: string[];
  @Column('text') locale: Locale;
  /** who made the link that holds now */
  @ForeignKey(() => Agent)
  @Column('uuid')
  invitedBy: string;
  /** changes with every link; names the mail that brings it */
  @Column('uuid', { unique: true }) linkId: string;
  @Column('text', { unique: true }) tokenHash: string;
  @Column('text', { unique: true, nullable: true }) mailTokenHash: string | null;
  @Column('text', { default: 'none' }) mail: InvitationMail;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz') sentAt: Date;
  @Column('timestamptz') expiresAt: Date;
  @Column('text', { nullable: true }) outcome: InvitationOutcome | null;
}
