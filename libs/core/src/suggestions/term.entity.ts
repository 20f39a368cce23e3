import { Column, Entity, PrimaryColumn } from 'typeorm';

/** In how many messages of this workspace a word stands: what everybody writes says little. */
@Entity('terms')
export class Term {
  @PrimaryColumn('text') term: string;
  @Column('integer') documents: number;
}
