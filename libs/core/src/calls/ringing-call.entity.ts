import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { RingingCall as Told } from '@loket/contracts/calls.js';
import { Channel } from '../channels/channel.entity.js';

/** A telephone that rings, until everybody's screen knows it. The call itself follows as a message when it is over. */
@Entity('ringing_calls')
export class RingingCall {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Channel, { onDelete: 'CASCADE' })
  @Column('uuid')
  channelId: string;
  @Column('jsonb') call: Told;
  @Index('ringing_calls_created_at')
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
