import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CallImportProgress, CallImportSettings } from '@loket/contracts/call-imports.js';
import { Agent } from '../access/agent.entity.js';
import { Channel } from '../channels/channel.entity.js';

/** A file of calls that an admin brings in. Done again, it gives the same calls. */
@Entity('call_imports')
@Check('call_imports_state', `state IN ('ready', 'running', 'done', 'failed')`)
@Index('call_imports_channel', ['channelId', 'createdAt'])
export class CallImportRow {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Channel, { onDelete: 'CASCADE' })
  @Column('uuid')
  channelId: string;
  @ForeignKey(() => Agent)
  @Column('uuid')
  agentId: string;
  @Column('text') name: string;
  @Column('text') sha256: string;
  @Column('text') mediaType: string;
  @Column('integer') size: number;
  @Column('text', { default: 'ready' }) state: 'ready' | 'running' | 'done' | 'failed';
  @Column('text', { nullable: true }) reason: string | null;
  @Column('jsonb', { nullable: true }) settings: CallImportSettings | null;
  @Column('jsonb') progress: CallImportProgress;
  /** when its work last told something; a process that died tells nothing */
  @Column('timestamptz') touchedAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { nullable: true }) finishedAt: Date | null;
}
