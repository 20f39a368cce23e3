import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The profile of a person. */
@Entity('customers')
@Index('customers_name_trgm', { synchronize: false })
export class Customer {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { nullable: true }) name: string | null;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt: Date;
}
