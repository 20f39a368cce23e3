import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from '../access/agent.entity.js';
import { Session } from '../access/session.entity.js';

/**
 * A browser that takes pushes for whoever is signed in there. It belongs to the session: when that is over, however it
 * ended, the device hears no more.
 */
@Entity('push_subscriptions')
export class PushSubscriptionRow {
  @PrimaryColumn('uuid') id: string;
  @Index('push_subscriptions_agent')
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @Column('uuid')
  agentId: string;
  @Index('push_subscriptions_session')
  @ForeignKey(() => Session, { onDelete: 'CASCADE' })
  @Column('uuid')
  sessionId: string;
  /** where its maker's service takes what is for it; whoever knows it cannot read what others push */
  @Column('text', { unique: true }) endpoint: string;
  @Column('text') p256dh: string;
  @Column('text') auth: string;
  @Column('timestamptz') createdAt: Date;
}
