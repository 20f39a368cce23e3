import { Column, Entity, ForeignKey, Generated, Index, PrimaryColumn } from 'typeorm';
import type { Evidence } from '@loket/contracts/inbound.js';
import type { OperationKind } from '@loket/contracts/operations.js';
import { Agent } from '../access/agent.entity.js';

/** One line of the ledger of merges, splits and links: who, what, why. What it moved stands in OperationMove. */
@Entity('operations')
@Index('operations_list', ['createdAt', 'id'])
@Index('operations_case_ids', { synchronize: false })
@Index('operations_customer_ids', { synchronize: false })
export class Operation {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: OperationKind;
  /** null: the desk by itself */
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  actorId: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('jsonb', { default: () => `'[]'` }) evidence: Evidence[];
  @Column('uuid', { nullable: true }) suggestionId: string | null;
  /** the case or customer that things were taken from, and the one that they went to */
  @Column('uuid', { nullable: true }) fromId: string | null;
  @Column('uuid', { nullable: true }) intoId: string | null;
  /** every case and customer of which something changed, for histories and locks */
  @Column('uuid', { array: true, default: () => `'{}'` }) caseIds: string[];
  @Column('uuid', { array: true, default: () => `'{}'` }) customerIds: string[];
  /** how much moved: `{messages: 12, threads: 2}` */
  @Column('jsonb', { default: () => `'{}'` }) moved: Record<string, number>;
  /** grows with every operation, so that "later" is certain even within one instant */
  @Generated('increment')
  @Column('bigint', { unique: true, transformer: { to: (v?: number) => v, from: Number } })
  position: number;
  @Column('timestamptz', { nullable: true }) undoneAt: Date | null;
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  undoneById: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
