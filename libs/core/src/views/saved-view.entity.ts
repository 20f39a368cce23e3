import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { SavedFilter } from '@loket/contracts/saved-views.js';
import { Agent } from '../access/agent.entity.js';

/** A list of cases that somebody wants to have at hand. */
@Entity('saved_views')
export class SavedViewRow {
  @PrimaryColumn('uuid') id: string;
  @Index('saved_views_owner')
  @ForeignKey(() => Agent)
  @Column('uuid')
  ownerId: string;
  @Column('text') name: string;
  @Column('jsonb') filter: SavedFilter;
  @Column('boolean', { default: false }) shared: boolean;
  /** where it stands among its owner's */
  @Column('integer', { default: 0 }) position: number;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz') createdAt: Date;
}
