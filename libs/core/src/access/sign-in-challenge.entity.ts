import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from './agent.entity.js';

/** `code`: asks for a code · `setup`: has to set the second step up first. */
export type ChallengeKind = 'code' | 'setup';

/** Somebody who knew the password and has not shown the second step yet. Only the hash of its secret is kept. */
@Entity('sign_in_challenges')
export class SignInChallenge {
  @PrimaryColumn('uuid') id: string;
  @Index('sign_in_challenges_agent_id')
  @ForeignKey(() => Agent, { onDelete: 'CASCADE' })
  @Column('uuid')
  agentId: string;
  @Column('text', { unique: true }) tokenHash: string;
  @Column('text') kind: ChallengeKind;
  @Column('timestamptz') expiresAt: Date;
}
