import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Operation } from './operation.entity.js';

/**
 * Something that an operation did, exactly enough to take it back. `set`: the column of these rows had `before` and got
 * `after` · `create`: these rows are new · `remove`: this row is gone and stood as `before` says.
 */
@Entity('operation_moves')
@Check('operation_moves_action', `action IN ('set', 'create', 'remove')`)
export class OperationMove {
  @ForeignKey(() => Operation)
  @PrimaryColumn('uuid')
  operationId: string;
  @PrimaryColumn('integer') position: number;
  @Column('text') action: 'set' | 'create' | 'remove';
  @Column('text') tableName: string;
  @Column('text', { nullable: true }) columnName: string | null;
  @Column('uuid', { array: true }) ids: string[];
  @Column('jsonb', { nullable: true }) before: unknown;
  @Column('jsonb', { nullable: true }) after: unknown;
}
