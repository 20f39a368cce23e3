import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { ChannelKind, ChannelStatus } from '@loket/contracts/channels.js';
import { Team } from '../teams/team.entity.js';

@Entity('channels')
@Check('channels_kind', `kind IN ('email', 'whatsapp', 'webchat', 'phone')`)
export class Channel {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: ChannelKind;
  @Column('text') name: string;
  @Column('text', { nullable: true }) address: string | null;
  @Column('boolean', { default: true }) enabled: boolean;
  /** whose work its new cases are */
  @ForeignKey(() => Team)
  @Column('uuid', { nullable: true })
  teamId: string | null;
  /** settings without secrets */
  @Column('jsonb') config: Record<string, unknown>;
  /** secrets of the config by path, sealed with LOKET_SECRET (see channel-secrets.ts) */
  @Column('text', { nullable: true }) secrets: string | null;
  @Column('text', { default: 'connecting' }) status: ChannelStatus;
  @Column('text', { nullable: true }) statusCode: string | null;
  @Column('text', { nullable: true }) statusDetail: string | null;
  @Column('timestamptz', { default: () => 'now()' }) statusAt: Date;
  /** which apps/channels process owns the live connection, and until when unless it renews */
  @Column('text', { nullable: true }) leaseOwner: string | null;
  @Column('timestamptz', { nullable: true }) leaseExpiresAt: Date | null;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
