import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Channel } from '../channels/channel.entity.js';
import { Case } from './case.entity.js';

/** The channel's own conversation: a mail thread, a chat, a session, a call. Belongs to one case. */
@Entity('threads')
@Unique('threads_conversation', ['channelId', 'conversation'])
export class Thread {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Channel)
  @Column('uuid')
  channelId: string;
  @Index('threads_case_id')
  @ForeignKey(() => Case)
  @Column('uuid')
  caseId: string;
  /** the channel's id of it; null where a thread is only known by the ids of its messages (mail) */
  @Column('text', { nullable: true }) conversation: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
