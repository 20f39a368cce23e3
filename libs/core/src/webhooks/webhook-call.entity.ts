import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Channel } from '../channels/channel.entity.js';

/** A signed call of the other side that was accepted and is not worked through yet; its bytes stand in the blob store. */
@Entity('webhook_calls')
@Unique('webhook_calls_same', ['channelId', 'sha256'])
@Index('webhook_calls_due', ['dueAt'])
export class WebhookCall {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Channel, { onDelete: 'CASCADE' })
  @Column('uuid')
  channelId: string;
  @Column('text') sha256: string;
  @Column('bigint', { transformer: { to: (v: number) => v, from: Number } }) size: number;
  @Column('text') mediaType: string;
  @Column('integer', { default: 0 }) attempts: number;
  /** when it is tried next */
  @Column('timestamptz', { default: () => 'now()' }) dueAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) receivedAt: Date;
}
