import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DraftBody } from '@loket/contracts/drafts.js';
import { Agent } from '../access/agent.entity.js';
import { Case } from '../cases/case.entity.js';

/** What an agent has written in a case and not sent: in any browser of his, and nobody else's. */
@Entity('drafts')
export class Draft {
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  agentId: string;
  @Index('drafts_case')
  @ForeignKey(() => Case, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  caseId: string;
  @PrimaryColumn('text') slot: string;
  @Column('jsonb') body: DraftBody;
  @Column('timestamptz') savedAt: Date;
}
