import { Check, Column, Entity, ForeignKey, Generated, Index, PrimaryColumn } from 'typeorm';
import type { IncidentStatus } from '@loket/contracts/incidents.js';
import { Agent } from '../access/agent.entity.js';

/** A parent that links the cases of many customers hit by one cause. */
@Entity('incidents')
@Check('incidents_status', `status IN ('open', 'resolved')`)
@Index('incidents_list', ['status', 'createdAt', 'id'])
export class Incident {
  @PrimaryColumn('uuid') id: string;
  /** what people call it: INC-12 */
  @Generated('increment')
  @Column('bigint', { unique: true, transformer: { to: (v?: number) => v, from: Number } })
  number: number;
  @Column('text') title: string;
  @Column('text', { default: 'open' }) status: IncidentStatus;
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  createdById: string | null;
  @Column('timestamptz', { nullable: true }) resolvedAt: Date | null;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
