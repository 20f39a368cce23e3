import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { EventType } from '@loket/contracts/events.js';

/**
 * What changed, written in the transaction of the change (DESIGN §6). Read in the order (tx, id) and only below the
 * snapshot's xmin: then a transaction that commits late can never slip in behind a reader.
 */
@Entity('events')
@Index('events_log', ['tx', 'id'])
@Index('events_case', ['caseId', 'id'])
export class Event {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  /** 64-bit transaction id of the writer, or of the case's last event when that is higher (EventLog) */
  @Column('bigint', { default: () => 'current_tx()' }) tx: string;
  @Column('text') type: EventType;
  @Column('uuid', { nullable: true }) caseId: string | null;
  /** the case's version after this event */
  @Column('integer', { nullable: true }) version: number | null;
  @Column('uuid', { nullable: true }) actorId: string | null;
  @Column('jsonb') data: Record<string, unknown>;
  @Column('timestamptz', { default: () => 'now()' }) at: Date;
}
