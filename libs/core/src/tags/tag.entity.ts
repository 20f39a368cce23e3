import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { TagColour } from '@loket/contracts/tags.js';

/** A tag that the company has agreed on. Cases hold its name, not its id: free words stand beside it. */
@Entity('tags')
@Check('tags_colour', `colour IN ('grey', 'teal', 'blue', 'violet', 'green', 'orange')`)
@Index('tags_name', { synchronize: false })
export class Tag {
  @PrimaryColumn('uuid') id: string;
  /** unique by its lower-case letters */
  @Column('text') name: string;
  @Column('text') colour: TagColour;
  @Column('text', { default: '' }) description: string;
  @Column('timestamptz', { nullable: true }) archivedAt: Date | null;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz') createdAt: Date;
}
