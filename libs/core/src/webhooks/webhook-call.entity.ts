import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Channel } from '../channels/channel.entity.js';

/**
 * A signed call of the other side that was accepted and is not worked through yet. It holds its bytes, so that one write
 * makes it durable and the answer is quick; the blob store gets them when they are worked through.
 */
@Entity('webhook_calls')
@Unique('webhook_calls_same', ['channelId', 'sha256'])
@Index('webhook_calls_due', ['dueAt'])
export class WebhookCall {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Channel, { onDelete: 'CASCADE' })
  @Column('uuid')
  channelId: string;
  @Column('text') sha256: string;
  /** under which the bytes are stored */
  @Column('text') mediaType: string;
  @Column('bytea') bytes: Buffer;
  @Column('integer', { default: 0 }) attempts: number;
  /** when it is tried next */
  @Column('timestamptz', { default: () => 'now()' }) dueAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) receivedAt: Date;
}
