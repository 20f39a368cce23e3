import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CallDraft as Draft } from '@loket/contracts/call-views.js';
import { Agent } from '../access/agent.entity.js';

/** What an agent is writing down of a call, one of each agent. */
@Entity('call_drafts')
export class CallDraft {
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  agentId: string;
  @Column('jsonb') draft: Draft['draft'];
  @Column('timestamptz') savedAt: Date;
}
