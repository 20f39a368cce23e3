import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import { Channel } from '../channels/channel.entity.js';

/** What could not be processed, kept with its reason until somebody replays or dismisses it. */
@Entity('quarantine_entries')
@Check('quarantine_entries_state', `state IN ('waiting', 'replayed', 'dismissed')`)
@Index('quarantine_entries_list', ['state', 'createdAt', 'id'])
@Index('quarantine_entries_key', { synchronize: false })
export class QuarantineEntry {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Channel)
  @Column('uuid')
  channelId: string;
  /** what makes two deliveries the same: the raw original's sha256, else the external id */
  @Column('text') key: string;
  @Column('text', { default: 'waiting' }) state: 'waiting' | 'replayed' | 'dismissed';
  @Column('text') code: string;
  @Column('text') reason: string;
  @Column('integer') attempts: number;
  @Column('text', { nullable: true }) rawSha256: string | null;
  @Column('bigint', {
    nullable: true,
    transformer: { to: (v: number | null) => v, from: (v: string | null) => (v === null ? null : Number(v)) },
  })
  rawSize: number | null;
  @Column('text', { nullable: true }) rawMediaType: string | null;
  /** what the adapter could tell of an original that it could not read */
  @Column('text', { nullable: true }) subject: string | null;
  @Column('text', { nullable: true }) sender: string | null;
  /** when it got as far as a message */
  @Column('jsonb', { nullable: true }) message: NormalizedMessage | null;
  @Column('uuid', { nullable: true }) messageId: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) lastTriedAt: Date;
}
