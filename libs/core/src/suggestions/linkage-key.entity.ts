import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Customer } from '../customers/customer.entity.js';

/** Customers who share a key may be one person and are compared; everybody else never is (blocking). */
@Entity('linkage_keys')
export class LinkageKey {
  @PrimaryColumn('text') key: string;
  @Index('linkage_keys_customer_id')
  @ForeignKey(() => Customer, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  customerId: string;
}
