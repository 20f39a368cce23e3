import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RoutingSettings } from '@loket/contracts/teams.js';

/** People who work off the same cases. Closed rather than deleted, since history names it. */
@Entity('teams')
export class Team {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { unique: true }) name: string;
  @Column('jsonb') routing: RoutingSettings;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  @Column('integer', { default: 1 }) version: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
