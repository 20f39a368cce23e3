import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Locale, Role } from '@loket/contracts/access.js';
import type { BlobRef } from '@loket/contracts/primitives.js';

/** A person who works here. Disabled rather than deleted, since history names him. */
@Entity('agents')
@Check('agents_role', `role IN ('agent', 'supervisor', 'admin')`)
export class Agent {
  @PrimaryColumn('uuid') id: string;
  /** lower case */
  @Column('text', { unique: true }) email: string;
  @Column('text') name: string;
  @Column('text') role: Role;
  @Column('text') passwordHash: string;
  @Column('text', { default: 'id' }) locale: Locale;
  @Column('text', { default: 'Asia/Jakarta' }) timeZone: string;
  /** stays when he is disabled, as his name does */
  @Column('jsonb', { nullable: true }) picture: BlobRef | null;
  @Column('timestamptz', { nullable: true }) disabledAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
