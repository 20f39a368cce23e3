import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Visitor } from './visitor.entity.js';

/** One token of a visitor's browser, for one origin. It goes on by exchange; see visitor-tokens.service.ts. */
@Entity('visitor_tokens')
export class VisitorToken {
  @PrimaryColumn('uuid') id: string;
  @Index('visitor_tokens_visitor_id')
  @ForeignKey(() => Visitor, { onDelete: 'CASCADE' })
  @Column('uuid')
  visitorId: string;
  @Column('text') origin: string;
  @Column('text', { unique: true }) tokenHash: string;
  /** the token that it was exchanged for */
  @Column('uuid', { nullable: true }) parentId: string | null;
  /** used for the first time */
  @Column('timestamptz', { nullable: true }) usedAt: Date | null;
  /** not good any more from then on; whoever still comes with it is a thief, or was robbed */
  @Column('timestamptz', { nullable: true }) deadAt: Date | null;
  @Index('visitor_tokens_last_used_at')
  @Column('timestamptz', { default: () => 'now()' })
  lastUsedAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
