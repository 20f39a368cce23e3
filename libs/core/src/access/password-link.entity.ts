import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from './agent.entity.js';

/** `ended`: a new password, another link of an admin, or an end of all sessions came before it. */
export type PasswordLinkOutcome = 'used' | 'ended';

/** Lets somebody who forgot his password set a new one, once. Only the hash of its secret is kept. */
@Entity('password_links')
@Index('password_links_agent', ['agentId', 'createdAt'])
@Check('password_links_outcome', `outcome IN ('used', 'ended')`)
export class PasswordLink {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @Column('uuid')
  agentId: string;
  /** the admin who made it; null = asked for by mail */
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  madeBy: string | null;
  /** null until the mail is written: the secret is nowhere but in it */
  @Column('text', { unique: true, nullable: true }) tokenHash: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz') expiresAt: Date;
  @Column('text', { nullable: true }) outcome: PasswordLinkOutcome | null;
}
