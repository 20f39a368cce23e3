import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '@loket/contracts/access.js';
import type { CannedAnswer as CannedAnswerView } from '@loket/contracts/canned-answers.js';
import { Agent } from '../access/agent.entity.js';
import { Team } from '../teams/team.entity.js';

/** An answer that is given often. */
@Entity('canned_answers')
@Check(
  'canned_answers_scope',
  `scope IN ('mine', 'team', 'all') AND (scope = 'team') = (team_id IS NOT NULL)`,
)
@Index('canned_answers_shortcut', { synchronize: false })
export class CannedAnswer {
  @PrimaryColumn('uuid') id: string;
  /** lower case; unique among those that one person can see of one scope */
  @Column('text') shortcut: string;
  @Column('text') title: string;
  @Column('jsonb') texts: Partial<Record<Locale, string>>;
  @Column('jsonb', { default: () => `'[]'` }) attachments: CannedAnswerView['attachments'];
  @Column('text') scope: CannedAnswerView['scope'];
  @ForeignKey(() => Team)
  @Column('uuid', { nullable: true })
  teamId: string | null;
  @ForeignKey(() => Agent)
  @Column('uuid')
  ownerId: string;
  @Column('timestamptz') updatedAt: Date;
  @Column('integer', { default: 1 }) version: number;
}
