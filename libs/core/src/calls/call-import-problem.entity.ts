import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { CallImportProblem as Told } from '@loket/contracts/call-imports.js';
import { CallImportRow } from './call-import.entity.js';

/** What was wrong in one row of a file of calls. */
@Entity('call_import_problems')
@Unique('call_import_problems_same', ['importId', 'line', 'place'])
export class CallImportProblem {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => CallImportRow, { onDelete: 'CASCADE' })
  @Column('uuid')
  importId: string;
  @Column('integer') line: number;
  /** what makes it another problem of the same line */
  @Column('text') place: string;
  @Column('jsonb') problem: Told;
}
