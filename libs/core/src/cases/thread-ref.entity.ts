import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Thread } from './thread.entity.js';

/**
 * An id that belongs to a thread: of its messages, and of messages that were only referenced and never seen here, since
 * two mails may answer one that went past us (zammad#5716). The same id may stand in threads of several mailboxes.
 */
@Entity('thread_refs')
export class ThreadRef {
  @PrimaryColumn('text') ref: string;
  @Index('thread_refs_thread_id')
  @ForeignKey(() => Thread, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  threadId: string;
}
