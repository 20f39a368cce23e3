import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from './organization.entity.js';

/** The profile of a person. */
@Entity('customers')
@Index('customers_name_trgm', { synchronize: false })
@Index('customers_merged_into', { synchronize: false })
@Check('customers_not_into_itself', `merged_into_id <> id`)
export class Customer {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { nullable: true }) name: string | null;
  /** by the domain of his mail address */
  @Index('customers_organization_id')
  @ForeignKey(() => Organization)
  @Column('uuid', { nullable: true })
  organizationId: string | null;
  /** in which he mostly writes */
  @Column('text', { nullable: true }) language: 'id' | 'en' | null;
  /** the profile that stands for this one, never one that is merged itself; the row stays, so that its id leads there */
  @ForeignKey(() => Customer)
  @Column('uuid', { nullable: true })
  mergedIntoId: string | null;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt: Date;
}
