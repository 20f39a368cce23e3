import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Channel } from './channel.entity.js';

/** Durable notes of an adapter about one channel, e.g. how far a mailbox was read. */
@Entity('channel_cursors')
export class ChannelCursor {
  @ForeignKey(() => Channel, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  channelId: string;
  @PrimaryColumn('text') key: string;
  @Column('jsonb') value: unknown;
}
