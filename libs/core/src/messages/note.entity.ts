import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from '../access/agent.entity.js';
import { Case } from '../cases/case.entity.js';

/** For colleagues only. A table of its own, so that no query for customers can ever pick one up (zammad CVE-2025-32360). */
@Entity('notes')
@Index('notes_timeline', ['caseId', 'createdAt', 'id'])
export class Note {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Case)
  @Column('uuid')
  caseId: string;
  @ForeignKey(() => Agent)
  @Column('uuid')
  agentId: string;
  @Column('text') text: string;
  /** an answer that he had begun when the case was taken from him */
  @Column('boolean', { default: false }) draft: boolean;
  @Column('uuid', { array: true, default: () => `'{}'` }) mentions: string[];
  /** a whisper: only he and the writer ever get it */
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  toAgentId: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
