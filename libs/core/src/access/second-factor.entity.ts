import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Agent } from './agent.entity.js';

/** A person's authenticator app. Whether it counts stands with the agent: before its first code it does not. */
@Entity('second_factors')
export class SecondFactor {
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  agentId: string;
  /** sealed; null when an admin took it away */
  @Column('text', { nullable: true }) secret: string | null;
  /** the half minute of the last code that was accepted; that one and earlier ones count no more */
  @Column('integer', { default: 0 }) lastStep: number;
  /** codes tried since the last right one, until when they count together */
  @Column('integer', { default: 0 }) guesses: number;
  @Column('timestamptz', { nullable: true }) guessesUntil: Date | null;
  /** its first code was right */
  @Column('timestamptz', { nullable: true }) confirmedAt: Date | null;
  @Column('timestamptz', { nullable: true }) resetAt: Date | null;
  @ForeignKey(() => Agent)
  @Column('uuid', { nullable: true })
  resetBy: string | null;
}
