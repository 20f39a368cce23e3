import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from '../access/agent.entity.js';

/** A tag's name that cases are to have instead of another, until all have it. Done in the order of the ids. */
@Entity('tag_replacements')
@Index('tag_replacements_waiting', ['id'], { where: 'done_at IS NULL' })
export class TagReplacement {
  @PrimaryColumn('uuid') id: string;
  @Column('text') fromName: string;
  @Column('text') toName: string;
  @ForeignKey(() => Agent)
  @Column('uuid')
  actorId: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz', { nullable: true }) doneAt: Date | null;
}
