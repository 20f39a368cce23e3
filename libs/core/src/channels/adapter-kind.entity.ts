import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelCapabilities, ChannelKind } from '@loket/contracts/channels.js';

/** What the adapter of a kind last said that it can do. Kinds without a row are fed by JSON alone. */
@Entity('adapter_kinds')
export class AdapterKind {
  @PrimaryColumn('text') kind: ChannelKind;
  @Column('jsonb') capabilities: ChannelCapabilities;
  /** of channels whose settings have this section */
  @Column('jsonb', { default: () => `'{}'` }) bySection: Record<string, ChannelCapabilities>;
  @Column('timestamptz', { default: () => 'now()' }) announcedAt: Date;
}
