import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Visitor } from './visitor.entity.js';

/** A file that a visitor has uploaded, until a message names it. */
@Entity('visitor_files')
@Unique('visitor_files_same', ['visitorId', 'clientId'])
export class VisitorUpload {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => Visitor, { onDelete: 'CASCADE' })
  @Column('uuid')
  visitorId: string;
  /** by which the browser knows it */
  @Column('uuid') clientId: string;
  @Column('text') sha256: string;
  @Column('text') name: string;
  @Column('text') mediaType: string;
  @Column('integer') size: number;
  /** a message has named it */
  @Column('timestamptz', { nullable: true }) namedAt: Date | null;
  @Index('visitor_files_created_at')
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
