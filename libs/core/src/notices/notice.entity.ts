import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { NoticeKind } from '@loket/contracts/notices.js';
import { Agent } from '../access/agent.entity.js';
import { Case } from '../cases/case.entity.js';

/** News for one person, made of an event. */
@Entity('notices')
@Unique('notices_once', ['agentId', 'eventId'])
@Index('notices_list', ['agentId', 'at', 'id'])
@Index('notices_unread', { synchronize: false })
@Index('notices_mentions', { synchronize: false })
@Index('notices_push', { synchronize: false })
export class Notice {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @Column('uuid')
  agentId: string;
  /** of the log; what is worked on twice is told once */
  @Column('bigint') eventId: string;
  @Column('text') kind: NoticeKind;
  @ForeignKey(() => Case, { onDelete: 'CASCADE' })
  @Column('uuid')
  caseId: string;
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  actorId: string | null;
  @Column('uuid', { nullable: true }) noteId: string | null;
  /** who has the case now */
  @Column('uuid', { nullable: true }) toId: string | null;
  @Column('text', { nullable: true }) routing: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz') at: Date;
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
  /** when to look whether it is to be pushed; null: that is settled, or there is nowhere to push to */
  @Column('timestamptz', { nullable: true }) pushAt: Date | null;
}
