import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a background reader has worked through the event log. */
@Entity('consumer_cursors')
export class ConsumerCursor {
  @PrimaryColumn('text') name: string;
  @Column('bigint') tx: string;
  @Column('bigint') id: string;
}
