import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What admins decide for the whole workspace, one row a subject; the shape of `value` stands in contracts. */
@Entity('settings')
export class Setting {
  @PrimaryColumn('text') key: string;
  @Column('jsonb') value: unknown;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt: Date;
}
