import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CreateReply } from '@loket/contracts/cases.js';
import type { HeldState, OnNews } from '@loket/contracts/held-replies.js';
import { Agent } from '../access/agent.entity.js';
import { Case } from '../cases/case.entity.js';

/** The way that was chosen when it was written; whatever it was, it is taken again. */
export type HeldBody = CreateReply & { channelId: string; identityId: string };

/**
 * An answer that leaves later. A table of its own: until it leaves it is no message, so that nothing that reads messages
 * (visitors, previews, searches, threads) can ever show it, and taking it back leaves nothing behind.
 */
@Entity('held_replies')
@Check('held_replies_state', `state IN ('held', 'scheduled', 'kept_back')`)
@Index('held_replies_due', { synchronize: false })
export class HeldReplyRow {
  /** that of the message that it becomes */
  @PrimaryColumn('uuid') id: string;
  @Index('held_replies_case')
  @ForeignKey(() => Case)
  @Column('uuid')
  caseId: string;
  @ForeignKey(() => Agent)
  @Column('uuid')
  agentId: string;
  @Column('jsonb') body: HeldBody;
  @Column('text') state: HeldState;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz') sendAt: Date;
  @Column('text') onNews: OnNews;
  /** what was written in the case after this is news to it */
  @Column('timestamptz') seenUntil: Date;
  @Column('timestamptz') createdAt: Date;
}
