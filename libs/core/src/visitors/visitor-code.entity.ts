import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Visitor } from './visitor.entity.js';

/** A one-time code for an address that a visitor claims. It is made when it leaves, and only its hash is kept. */
@Entity('visitor_codes')
@Index('visitor_codes_visitor', ['visitorId', 'createdAt'])
@Index('visitor_codes_address', ['address', 'createdAt'])
export class VisitorCode {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Visitor, { onDelete: 'CASCADE' })
  @Column('uuid')
  visitorId: string;
  /** normalised mail address */
  @Column('text') address: string;
  /** null until it has been made */
  @Column('text', { nullable: true }) codeHash: string | null;
  @Column('integer', { default: 0 }) tries: number;
  @Column('timestamptz') expiresAt: Date;
  /** right, or given up */
  @Column('timestamptz', { nullable: true }) settledAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
