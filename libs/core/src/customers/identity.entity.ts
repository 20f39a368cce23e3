import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { IdentityKind, Proof } from '@loket/contracts/inbound.js';
import { Customer } from './customer.entity.js';

/**
 * One address of a customer. Of all rows with the same kind and value at most one `resolves`, that is, decides whose a
 * message from that address is (partial unique index). The others are claims: typed in a form, found in a signature,
 * or used by somebody whom the domain disowns (DMARC fail).
 */
@Entity('identities')
@Check('identities_proof', `proof IN ('verified', 'claimed')`)
@Index('identities_kind_value', ['kind', 'value'])
@Index('identities_resolves', { synchronize: false })
@Index('identities_value_trgm', { synchronize: false })
@Index('identities_number_starts', { synchronize: false })
@Index('identities_number_ends', { synchronize: false })
export class Identity {
  @PrimaryColumn('uuid') id: string;
  @Index('identities_customer_id')
  @ForeignKey(() => Customer)
  @Column('uuid')
  customerId: string;
  @Column('text') kind: IdentityKind;
  @Column('text') value: string;
  @Column('text') verbatim: string;
  /** the name last given with it */
  @Column('text', { nullable: true }) name: string | null;
  @Column('text') proof: Proof;
  @Column('boolean', { default: true }) resolves: boolean;
  /** a role address, or one that several people use: no evidence for who somebody is */
  @Column('boolean', { default: false }) shared: boolean;
  @Column('text') source: string;
  @Column('text', { array: true, default: () => `'{}'` }) evidence: string[];
  @Column('timestamptz', { nullable: true }) undeliverableAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
