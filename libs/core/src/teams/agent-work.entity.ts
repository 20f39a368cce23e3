import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Availability, WorkloadLimits } from '@loket/contracts/teams.js';
import { Agent } from '../access/agent.entity.js';

/**
 * A person at work: whether he is there, and what he can carry. Begun when it is first asked for. Whoever gives him a case
 * holds this row, so that two who do it at once count each other's.
 */
@Entity('agent_work')
@Check('agent_work_chosen', `chosen IN ('online', 'away', 'offline')`)
@Check('agent_work_availability', `availability IN ('online', 'away', 'offline')`)
export class AgentWork {
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  agentId: string;
  /** what he says himself */
  @Column('text', { default: 'online' }) chosen: Availability;
  /** what comes of that, of his screens and of what he does there (availability.ts) */
  @Column('text', { default: 'offline' }) availability: Availability;
  @Column('timestamptz', { default: () => 'now()' }) since: Date;
  /** when any process last had a screen of his */
  @Column('timestamptz', { nullable: true }) seenAt: Date | null;
  /** when he last did something on one */
  @Column('timestamptz', { nullable: true }) activeAt: Date | null;
  /** when routing last gave him a case */
  @Column('timestamptz', { nullable: true }) givenAt: Date | null;
  @Column('jsonb', { default: { total: 5, byChannel: {} } }) limits: WorkloadLimits;
  @Column('text', { array: true, default: () => `'{}'` }) skills: string[];
  @Column('text', { array: true, default: () => `'{}'` }) languages: string[];
}
