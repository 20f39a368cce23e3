import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A company or institution, known by the domain of its mail addresses. Public mail domains make none. */
@Entity('organizations')
export class Organization {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text', { unique: true }) domain: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
