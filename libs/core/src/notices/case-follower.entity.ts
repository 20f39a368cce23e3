import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from '../access/agent.entity.js';
import { Case } from '../cases/case.entity.js';

/** Somebody who wants to hear of a case that is not his. */
@Entity('case_followers')
export class CaseFollower {
  @ForeignKey(() => Case, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  caseId: string;
  @Index('case_followers_agent')
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  agentId: string;
  @Column('timestamptz', { default: () => 'now()' }) since: Date;
}
