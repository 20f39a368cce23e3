import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Agent } from '../access/agent.entity.js';
import type { ChangedCase } from './case-fields.js';

/** One change of many cases, exactly enough to take it back. */
@Entity('bulk_changes')
export class BulkChangeRow {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Agent)
  @Column('uuid')
  actorId: string;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('jsonb') cases: ChangedCase[];
  @Column('timestamptz', { nullable: true }) undoneAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}
