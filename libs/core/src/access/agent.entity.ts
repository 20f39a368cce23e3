import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Locale, Role, SecondFactorMark } from '@loket/contracts/access.js';
import type { Preferences } from '@loket/contracts/preferences.js';
import type { BlobRef } from '@loket/contracts/primitives.js';

/** A person who works here. Disabled rather than deleted, since history names him. */
@Entity('agents')
@Check('agents_role', `role IN ('agent', 'supervisor', 'admin')`)
@Check('agents_second_factor', `second_factor IN ('off', 'on', 'reset')`)
export class Agent {
  @PrimaryColumn('uuid') id: string;
  /** lower case */
  @Column('text', { unique: true }) email: string;
  @Column('text') name: string;
  @Column('text') role: Role;
  @Column('text') passwordHash: string;
  @Column('text', { default: 'id' }) locale: Locale;
  @Column('text', { default: 'Asia/Jakarta' }) timeZone: string;
  /** what he adds to the signature of mails */
  @Column('text', { nullable: true }) title: string | null;
  @Column('text', { nullable: true }) phone: string | null;
  /** stays when he is disabled, as his name does */
  @Column('jsonb', { nullable: true }) picture: BlobRef | null;
  /** only what he chose; the defaults stand in the contract */
  @Column('jsonb', { default: {} }) preferences: Partial<Preferences>;
  @Column('text', { default: 'off' }) secondFactor: SecondFactorMark;
  @Column('timestamptz', { nullable: true }) disabledAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
