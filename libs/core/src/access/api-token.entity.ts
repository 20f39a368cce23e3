import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Scope } from '@loket/contracts/access.js';
import { Agent } from './agent.entity.js';

/** A bearer token for scripts. Acts in the name of its maker, never beyond its scopes or his role. */
@Entity('api_tokens')
export class ApiToken {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @Column('uuid')
  agentId: string;
  @Column('text') name: string;
  @Column('text', { array: true }) scopes: Scope[];
  @Column('text', { unique: true }) tokenHash: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { nullable: true }) lastUsedAt: Date | null;
  @Column('timestamptz', { nullable: true }) revokedAt: Date | null;
}
